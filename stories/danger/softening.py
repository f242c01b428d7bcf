"""What softens a cue: that it is over, denied, asked by others, a charge, or a figure of speech."""

import re

from stories.danger.cues import cues_of

_CUES = cues_of("softening")
_BEFORE, _AFTER = 90, 80  # characters that are looked at on either side

_DENIED = re.compile(
    r"\b(?:not|never|isnt|wasnt|arent|werent|without|wouldnt|didnt|doesnt|dont|wont|nobody|nothing|"
    r"no (?:thoughts?|plans?|"
    r"intention|wish|threats?|danger|sign|one|man)|neither|nor|havent|hasnt|hadnt|stopped|ddim|dim|erioed|byth|"
    r"neb|nid)"
    r"(?! (?:know|care|think|sure|mind|understand|believe me|just|only|leave|help|trust|stop))(?: \w+){0,3} ?\Z"
)
_DENIED_BUT = re.compile(
    r"\b(?:but|although|though|except|ond)\b(?: \w+){0,3} (?:am|im|i do|lied|lying|now|it is|true)\b"
)

_PAST_WORD = (
    r"was|were|wasnt|werent|had|hed|shed|theyd|used|tried|attempted|nearly|almost|wanted|thought|felt|kept|came|"
    r"started|"
    r"did|didnt|could|couldnt|would|planned|considered|went|began|became|stood|sat|came|knocked|parked|pushed|"
    r"drove|followed|grabbed|pulled|kicked|banged|"
    r"threatened|attacked|punched|strangled|smashed|locked|dragged|hit|waved|lived|happened|"
    r"waited|hid|once|walked|spent|believed|knew|wished|"
    r"oeddwn|roeddwn|oedd|roedd|on i|oni|oedden|buodd|bu|bues|ceisiais|ceisio|driais|meddyliais|daeth|"
    r"dywedodd|bygythiodd|cymerais|collais|arfer|dyna|lladdodd|es|gaeon|ges|fues|doeddwn|doedd|don i|collodd|ceisiodd"
)
_PRESENT_WORD = (
    r"im|ive|ill|i am|is|are|am|keep|keeps|still|hes|shes|theyre|theyve|now|i want|want|wants|says|say|saying|"
    r"will|i think|"
    r"again|today|have|has|its|theres|someones|dwi|dw|rwyn|rwy|rydw|mae|maen|dwin|ma|rwyf"
)
# "He's threatened" is of now, as "he is" would be.
_TENSE = re.compile(
    rf"\b(?:(?P<past>{_PAST_WORD})|(?P<present>(?:{_PRESENT_WORD})(?: just| been| all)?(?: (?:{_PAST_WORD}))?))\b"
)


def around(sentence: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a cue, a dozen words or so of each."""
    return sentence[max(0, start - _BEFORE) : start], sentence[end : end + _AFTER]


def is_denied(before: str, cue: str, after: str) -> bool:
    """ "I am not suicidal", "no thoughts of …", unless "but I am" follows."""
    return not _HAS_ITS_SUBJECT.match(cue) and _DENIED.search(before) is not None and _DENIED_BUT.search(after) is None


def is_asked_by_others(before: str) -> bool:
    """ "They asked if I was suicidal", "the leaflet said if you feel …"."""
    return _CUES["asked"].search(before) is not None


def is_a_charge(before: str, after: str) -> bool:
    """ "He was convicted of threatening to kill me"."""
    return _CUES["law"].search(before) is not None or _CUES["law"].search(after) is not None


def is_a_figure(cue: str, before: str, after: str) -> bool:
    """ "He will kill me when he sees the bill", "the waiting is killing me"."""
    said = f"{before}{cue}{after}"
    return _CUES["figure"].search(said) is not None and _CUES["serious"].search(said) is None


def is_of_this_hour(before: str, cue: str, after: str) -> bool:
    """ "An hour ago", "tonight", "right now"."""
    return _CUES["this hour"].search(f"{before}{cue}{after}") is not None


_FRAMED = re.compile(
    r"\b(?:was|were|wasnt|had|id been|used|felt|kept|started|thought|made|wanted|did|didnt|became|roeddwn|"
    r"oeddwn|roedd|oedd|"
    r"on i|bues|fues|doedd|doeddwn)\b(?: \w+){0,4} ?\Z"
)
_HAS_ITS_SUBJECT = re.compile(
    r"(?:i|im|ive|id|ill|shes?|hes?|they|theyre|this|these|by|when|if|once|tell|theres|my|look|just|tonights?|"
    r"dwi|dw|rwyn?|rydw|"
    r"mae|maen|alla|fydda|fyddai|does|who)\b"
)
_IT_WAS = re.compile(r"(?:that|this|it|all|those) (?:was|were|all happened|happened|is (?:\w+ ){0,3}(?:ago|behind))\b")


def is_framed_as_past(before: str, cue: str) -> bool:
    """ "I felt like there was no point": for cues of now that do not say who and when themselves."""
    return _HAS_ITS_SUBJECT.match(cue) is None and _FRAMED.search(before) is not None


def is_long_ago(before: str, after: str) -> bool:
    """ "Three years ago", "at the time", "in 2019"."""
    return _CUES["long ago"].search(after) is not None or _CUES["long ago"].search(before) is not None


def is_present(before: str, cue: str) -> bool:
    """Say whether the last verb that has a time is one of now: of somebody at the door nothing less will do."""
    tenses = [match.lastgroup for match in _TENSE.finditer(before + cue)]
    return bool(tenses) and tenses[-1] == "present"


def is_over(before: str, cue: str, after: str, next_sentence: str) -> bool:
    """Say whether what has no time of its own is told as past: by its verbs first, then by the times around it."""
    tenses = [match.lastgroup for match in _TENSE.finditer(before + cue)]
    if tenses and tenses[-1] == "past":
        return True
    if _CUES["long ago"].search(after) is not None or _IT_WAS.match(next_sentence) is not None:
        return True
    return not tenses and _CUES["long ago"].search(before) is not None and _CUES["still"].search(after) is None
