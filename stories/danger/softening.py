"""What softens a cue: that it is over, denied, asked by others, a charge, or a figure of speech."""

import re

from stories.danger.cues import compiled

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
_ASKED = compiled(r"""
(?:asked?|asks|asking|checked|checks|wanted to know|wondered|enquired|questions?) (?:GAP5)?(?:if|whether|about|was i|
    am i|are you|did i|do you|were you|was|had|i was|i felt)
(?:if|whether|when) (?:you|youre|youve|anyone|people|callers|anybody) (?:GAP3)?
(?:website|page|leaflet|form|poster|sign|recorded message|advert|helpline|guidance|course|training|operator|email|
    letter|website) (?:GAP3)?(?:says?|said|asks?|asked|about|on|with|for|reads?|tells?|told|was)
(?:police|officer|officers|pc|sergeant|detective|gp|doctor|nurse|they) (?:GAP2)?(?:wrote|recorded|noted|thought|
    decided|assumed|put|claimed|told me (?:i|that)|said (?:i|there|that there|she|it|that i)|reckoned|worried|
    feared) (?:GAP3)?
(?:gofynnodd|gofyn|gofynnwyd|holodd|ofynnodd) (?:GAP5)?
(?:volunteer|work|worked|trained|qualified|train) (?:GAP3)?(?:with|for|in|as)
""")
_LAW = compiled(r"""
charged|charge|charges|convicted|conviction|pleaded|pled|guilty|sentenced|sentence|offences?|counts? of|indictment|
    indicted|arrested (?:for|on)|on trial|prosecuted|acquitted|crime of|statement said|allegations? of|accused of|
    cautioned for|found guilty|remanded
cyhuddo|gyhuddo|cyhuddwyd|euog|euogfarn|pledio|plediodd|trosedd|ddedfryd\w*|dedfryd\w*
""")
# "Kill" where nobody means it: what one says of a bill, a boss or a late night.
_FIGURE = compiled(r"""
(?:mum|dad|boss|manager|gaffer|nan|nana|landlord|mate|wife|teacher|sister|sister in law|husband|he|she|partner|
    solicitor|editor) (?:is |are |was |s )?(?:GAP2)?(?:going to|will|would|ll|d|hell|shell|hed|
    shed)? ?(?:GAP2)?(?:kill|murder|strangle|shoot) (?:me|us) (?:if|when|for|once|because) (?:he|she|i|they|the|
    we) (?:GAP2)?(?:sees? the|see the|saw|knew (?:how|i|what (?:i|time))|take|took|miss|missed|lost|lose|spent|spend|
    was late|am late|forgot|forget|dont|ring|cancel\w*|gets? the|reads? the (?:bill|spelling)|another|spelling|state|
    mess|dinner|time|im late|had|ate|broke|break|dented|scratched|crash\w*|buy|bought|use|used)
(?:would|hed|shed) kill me if (?:GAP2)?(?:knew|saw|heard|i|she|they)
(?:kill|murder|strangle|shoot) (?:me|us) (?:GAP5)?(?:bill|mess|receipt|haircut|carpet|late home|dinner|parking ticket|
    the state of)
(?:till|until) (?:the day )?i die|over my dead body
figure of speech|so to speak|as they say|in a manner of speaking|metaphorically
(?:aros|disgwyl) (?:\w+ ){0,3}(?:fy )?lladd|lladd i (?:\w+ ){0,3}(?:bil|traed)
(?:waiting|wait|heat|heels|shoes|feet|back|hill|stairs|queue|suspense|delay|headache|not knowing|paperwork|cough|
    hold music|admin|boredom) (?:is |are |was |were |has |nearly |almost )?(?:GAP3)?(?:going to |will |
    would )?(?:killing|kill|killed|finish|finished) (?:me|us)
""")
_SERIOUS = compiled(r"""
means? it|serious|not joking|will do it|hit me|hurt me|honou?r|shame|knife|gun|dead|violent|before|again|scared|
    terrified|found out|finds out|go back|wrote this|sees this
""")

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
_LONG_AGO = compiled(r"""
(?:years?|months?|ages|summers?|winters?|decades?|long time|long|while|weeks|few weeks) (?:ago|back|since|earlier|
    on i)
(?:years|months) (?:later|on|after|before)(?! me)
back then|at the time|at that time|at that point|by then|until then|in those days|those days|in the past|looking back|
    when i was|when he was|when she was|when we were
that (?:night|year|summer|winter|autumn|spring|christmas|week|month|time|evening|whole year|afternoon)
(?:in|since|of|until|during|by|feb|march|april|may|june|july|august|september|october|november|december|january|
    through|around|all through) (?:19|20)\d\d
(?:19|20)\d\d
last (?:year|summer|winter|spring|autumn|christmas|january|february|march|april|may|june|july|august)
(?:2|two|3|4) (?:summers|winters|christmases) ago
at my lowest|in my (?:darkest|teens|20s|30s|20|30)|lowest point|darkest (?:days|time|moment)|rock bottom
at (?:1|one) (?:point|time|stage)|there was a (?:time|point|night|day|moment)
during lockdown|in lockdown|in (?:my )?(?:first|second|final) year
the (?:year|week|summer|day|night|month|winter|autumn|spring|first months?) (?:after|it|he|they|before|i|that|of|when)
first months?|used to|before the trial|behind me|through it(?= |$)|it is over|its over|not anymore|im (?:ok|okay|well|
    fine|better|happy|safe|free) now|ok now|well now|better now|fine now|doing well|i dont now|not now|
    dont feel (?:like )?that
survived|recovered|found in time|stopped at|moved away|pumped|counsellor|therapist|hospital|a and e|found me|ended up|
    woke up in|so bad i|intensive care|ambulance came|rushed to
(?:yn ol)(?= |$)(?<!dod yn ol)|blynyddoedd|mlynedd|flynedd|blynedd|flynyddoedd|bryd hynny|ar y pryd|adeg honno|
    flwyddyn honno|honno|hwnnw|llynedd|erstalwm|ers talwm|arferai|arfer|yn (?:19|20)\d\d
""")
_THIS_HOUR = compiled(r"""
tonight|right now|this (?:minute|second|moment|morning|afternoon|evening|instant)|as i (?:type|write)|as im (?:typing|
    writing)|typing this|writing this|earlier today|just now|a minute ago|moments ago
(?:an|1|half an|one|two|2|3|\d|a few|few|couple of|20|10|30|15|ten|twenty) (?:hours?|minutes?|seconds) (?:ago|back)
(?:hour|minutes|hours) ago|last night|yesterday|today|since (?:monday|tuesday|wednesday|thursday|friday|saturday|
    sunday|this)
heno|rwan|nawr|nawn|newydd|awr yn ol|munud yn ol|neithiwr|heddiw|bore ma|y funud ma|ar hyn o bryd
""")
_STILL = compiled(r"""
again|still|every (?:day|night|time|single)|getting (?:worse|stronger)|now|last week|these days|lately|recently|
    keeps?|dal
""")


def around(sentence: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a cue, a dozen words or so of each."""
    return sentence[max(0, start - _BEFORE) : start], sentence[end : end + _AFTER]


def is_denied(before: str, cue: str, after: str) -> bool:
    """ "I am not suicidal", "no thoughts of …", unless "but I am" follows."""
    return not _HAS_ITS_SUBJECT.match(cue) and _DENIED.search(before) is not None and _DENIED_BUT.search(after) is None


def is_asked_by_others(before: str) -> bool:
    """ "They asked if I was suicidal", "the leaflet said if you feel …"."""
    return _ASKED.search(before) is not None


def is_a_charge(before: str, after: str) -> bool:
    """ "He was convicted of threatening to kill me"."""
    return _LAW.search(before) is not None or _LAW.search(after) is not None


def is_a_figure(cue: str, before: str, after: str) -> bool:
    """ "He will kill me when he sees the bill", "the waiting is killing me"."""
    said = f"{before}{cue}{after}"
    return _FIGURE.search(said) is not None and _SERIOUS.search(said) is None


def is_of_this_hour(before: str, cue: str, after: str) -> bool:
    """ "An hour ago", "tonight", "right now"."""
    return _THIS_HOUR.search(f"{before}{cue}{after}") is not None


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
    return _LONG_AGO.search(after) is not None or _LONG_AGO.search(before) is not None


def is_present(before: str, cue: str) -> bool:
    """Say whether the last verb that has a time is one of now: of somebody at the door nothing less will do."""
    tenses = [match.lastgroup for match in _TENSE.finditer(before + cue)]
    return bool(tenses) and tenses[-1] == "present"


def is_over(before: str, cue: str, after: str, next_sentence: str) -> bool:
    """Say whether what has no time of its own is told as past: by its verbs first, then by the times around it."""
    tenses = [match.lastgroup for match in _TENSE.finditer(before + cue)]
    if tenses and tenses[-1] == "past":
        return True
    if _LONG_AGO.search(after) is not None or _IT_WAS.match(next_sentence) is not None:
        return True
    return not tenses and _LONG_AGO.search(before) is not None and _STILL.search(after) is None
