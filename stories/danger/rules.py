"""Danger in sentences of one spelling: to a life, with what softens a cue, and of somebody under 18 today."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stories.danger import weighing
from stories.danger.weighing import Weighed
from stories.pii.rule_files import RuleFile

_DATA = Path(__file__).parent / "data"
_AROUND = RuleFile("around", _DATA)


def _cues_of(name: str) -> dict[str, re.Pattern[str]]:
    """Return one pattern for each section: any of its phrases, each from the start of a word to the end of one."""
    rules = RuleFile(name, _DATA)
    return {heading: re.compile(rf"\b(?:{'|'.join(rules.lines(heading))})\b") for heading in rules.sections}


# --- What softens a cue -----------------------------------------------------------------------

_SOFTENING = _cues_of("softening")
_BEFORE, _AFTER = 90, 80  # characters that are looked at on either side

_DENIED = _AROUND.pattern("denied")
_DENIED_BUT = _AROUND.pattern("denied but")

_TENSE = _AROUND.pattern("tense")


def around(sentence: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a cue, a dozen words or so of each."""
    return sentence[max(0, start - _BEFORE) : start], sentence[end : end + _AFTER]


def is_denied(before: str, cue: str, after: str) -> bool:
    """ "I am not suicidal", "no thoughts of …", unless "but I am" follows."""
    return not _HAS_ITS_SUBJECT.match(cue) and _DENIED.search(before) is not None and _DENIED_BUT.search(after) is None


def is_asked_by_others(before: str) -> bool:
    """ "They asked if I was suicidal", "the leaflet said if you feel …"."""
    return _SOFTENING["asked"].search(before) is not None


def is_a_charge(before: str, after: str) -> bool:
    """ "He was convicted of threatening to kill me"."""
    return _SOFTENING["law"].search(before) is not None or _SOFTENING["law"].search(after) is not None


def is_a_figure(cue: str, before: str, after: str) -> bool:
    """ "He will kill me when he sees the bill", "the waiting is killing me"."""
    said = f"{before}{cue}{after}"
    return _SOFTENING["figure"].search(said) is not None and _SOFTENING["serious"].search(said) is None


def is_of_this_hour(before: str, cue: str, after: str) -> bool:
    """ "An hour ago", "tonight", "right now"."""
    return _SOFTENING["this hour"].search(f"{before}{cue}{after}") is not None


_FRAMED = _AROUND.pattern("framed")
_HAS_ITS_SUBJECT = _AROUND.pattern("has its subject")
_IT_WAS = _AROUND.pattern("it was")


def is_framed_as_past(before: str, cue: str) -> bool:
    """ "I felt like there was no point": for cues of now that do not say who and when themselves."""
    return _HAS_ITS_SUBJECT.match(cue) is None and _FRAMED.search(before) is not None


def is_long_ago(before: str, after: str) -> bool:
    """ "Three years ago", "at the time", "in 2019"."""
    return _SOFTENING["long ago"].search(after) is not None or _SOFTENING["long ago"].search(before) is not None


def is_present(before: str, cue: str) -> bool:
    """Say whether the last verb that has a time is one of now: of somebody at the door nothing less will do."""
    tenses = [match.lastgroup for match in _TENSE.finditer(before + cue)]
    return bool(tenses) and tenses[-1] == "present"


def is_over(before: str, cue: str, after: str, next_sentence: str) -> bool:
    """Say whether what has no time of its own is told as past: by its verbs first, then by the times around it."""
    tenses = [match.lastgroup for match in _TENSE.finditer(before + cue)]
    if tenses and tenses[-1] == "past":
        return True
    if _SOFTENING["long ago"].search(after) is not None or _IT_WAS.match(next_sentence) is not None:
        return True
    return (
        not tenses and _SOFTENING["long ago"].search(before) is not None and _SOFTENING["still"].search(after) is None
    )


# --- Danger to life ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Cue:
    """A pattern; `tense` is "now", "then" or "either". A threat may be a charge; a near one is somebody at the door."""

    pattern: re.Pattern[str]
    tense: str
    is_threat: bool = False
    is_near: bool = False
    may_be_denied: bool = True


_PATTERNS = _cues_of("life")
CUES = (
    Cue(_PATTERNS["own life now"], "now"),
    Cue(_PATTERNS["means now"], "now"),
    Cue(_PATTERNS["means taken"], "either"),
    Cue(_PATTERNS["own life either"], "either"),
    Cue(_PATTERNS["own life then"], "then", may_be_denied=False),
    Cue(_PATTERNS["others near"], "either", is_threat=True, is_near=True),
    Cue(_PATTERNS["others threat"], "either", is_threat=True),
    Cue(_PATTERNS["others then"], "then", is_threat=True),
    Cue(_PATTERNS["welsh own life"], "either"),
    Cue(_PATTERNS["welsh near"], "either", is_threat=True, is_near=True),
    Cue(_PATTERNS["welsh threat"], "either", is_threat=True),
    Cue(_PATTERNS["welsh then"], "then"),
)


def life_spoken_of(sentences: Sequence[str], weighed: Weighed) -> tuple[str, bool]:
    """Return whether danger to life is spoken of as "now", "past" or not at all (""), and whether somebody is near."""
    found = [each for at in range(len(sentences)) for each in _borne_out(sentences, at, weighed)]
    found += [("now", weighing.is_of_somebody_near(window)) for window in weighed.heavy("life")]
    if any(tense == "now" for tense, _ in found):
        return "now", any(is_near for tense, is_near in found if tense == "now")
    return "past" if found or any(weighed.heavy("either")) else "", False


def _borne_out(sentences: Sequence[str], at: int, weighed: Weighed) -> set[tuple[str, bool]]:
    """What this sentence says; what its other words don't bear out gets the help, and isn't read before all else."""
    said = set(_said_in(sentences, at))
    if any(tense == "now" for tense, _ in said) and not weighed.bears_out(at, "life"):
        return {("past", is_near) for _, is_near in said}
    return said


def _said_in(sentences: Sequence[str], at: int) -> Iterator[tuple[str, bool]]:
    after_it = sentences[at + 1] if at + 1 < len(sentences) else ""
    for cue in CUES:
        for match in cue.pattern.finditer(sentences[at]):
            if tense := _tense(cue, match, after_it):
                yield tense, cue.is_near


def _tense(cue: Cue, match: re.Match[str], next_sentence: str) -> str:
    """Return "now" or "past"; nothing where nobody means it."""
    before, after = around(match.string, match.start(), match.end())
    if is_asked_by_others(before) or is_a_figure(match[0], before, after):
        return ""
    if cue.may_be_denied and is_denied(before, match[0], after):
        return ""
    if cue.is_threat and is_a_charge(before, after):
        return ""
    if is_of_this_hour(before, match[0], after):
        return "now"
    if cue.is_near:
        return "now" if is_present(before, match[0]) and not is_long_ago(before, after) else ""
    return "past" if _is_past(cue, match[0], before, after, next_sentence) else "now"


def _is_past(cue: Cue, said: str, before: str, after: str, next_sentence: str) -> bool:
    if cue.tense == "now":
        return is_framed_as_past(before, said)
    return cue.tense == "then" or is_over(before, said, after, next_sentence)


# --- A child ----------------------------------------------------------------------------------

_CHILD_CUES = _cues_of("child")
_LEAST_ALONE = 10  # years; a younger child is mostly one who is only there
_REACH = 40  # characters before a cue that may tell of long ago
_TOLD = _AROUND.pattern("told")
_IS_A_GROWN_UP = _AROUND.pattern("is a grown up")
_PARENT_TELLS = _AROUND.pattern("parent tells")
_RECALLED = _AROUND.pattern("recalled")
_GROWN_WRITER = _AROUND.pattern("grown writer")
_GROWN_CHILD = _AROUND.pattern("grown child")


def is_child_spoken_of(sentences: Sequence[str], weighed: Weighed) -> bool:
    """Say whether somebody under 18 is the one it happened to, as far as rules can tell."""
    if not any(_IS_A_GROWN_UP.search(each) for each in sentences) and any(weighed.heavy("child")):
        return True
    is_grown = any(_GROWN_WRITER.search(each) or _CHILD_CUES["grew"].search(each) for each in sentences)
    return any(
        (_is_the_writer(sentence, is_grown=is_grown) or _is_somebody_else(sentences, at))
        and weighed.bears_out(at, "child")
        for at, sentence in enumerate(sentences)
    )


def _is_the_writer(sentence: str, *, is_grown: bool) -> bool:
    if any(not _is_reported(match) for each in _both("writer") for match in each.finditer(sentence)):
        return not (is_grown and _CHILD_CUES["long ago"].search(sentence))
    if is_grown or _CHILD_CUES["teaches"].search(sentence) or _CHILD_CUES["long ago"].search(sentence):
        return False
    found = (match for each in _both("school days") for match in each.finditer(sentence))
    return any(not _RECALLED.search(_just_before(match)) for match in found)


def _both(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The cues of that name, in English and in Welsh."""
    return _CHILD_CUES[name], _CHILD_CUES[f"welsh {name}"]


def _just_before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _REACH) : match.start()]


def _is_reported(match: re.Match[str]) -> bool:
    """ "When I was …", "he felt like I'm 12"."""
    return re.search(r"\b(?:i was|when i|like|as if|felt) \Z", _just_before(match)) is not None


def _is_somebody_else(sentences: Sequence[str], at: int) -> bool:
    sentence, beside = sentences[at], " ".join(sentences[max(0, at - 1) : at + 2])
    is_harmed = _is_harmed(beside)
    is_grown = bool(_GROWN_CHILD.search(beside) or _CHILD_CUES["long ago"].search(sentence))
    ages = (match for each in _both("theirs") for match in each.finditer(sentence))
    if any(_is_age_of_today(match, beside, is_harmed=is_harmed, is_grown=is_grown) for match in ages):
        return True
    if is_grown:
        return False
    if any(
        not _TOLD.search(f"{_just_before(match)[-10:]} {match[0]}") for match in _CHILD_CUES["minor"].finditer(sentence)
    ):
        return is_harmed or not _CHILD_CUES["only there"].search(sentence)
    by_name = _CHILD_CUES["child by name"].search(sentence) or _CHILD_CUES["welsh child by name"].search(sentence)
    return bool(_CHILD_CUES["groomed"].search(sentence)) or (is_harmed and by_name is not None and _is_young(beside))


def _is_harmed(beside: str) -> bool:
    """Say whether something was done to the child; pictures count unless they are the writer's own."""
    if _CHILD_CUES["harm to child"].search(beside) or _CHILD_CUES["welsh harm to child"].search(beside):
        return True
    return _CHILD_CUES["online"].search(beside) is not None and _CHILD_CUES["own story"].search(beside) is None


def _is_young(beside: str) -> bool:
    """ "My daughter" may be forty: something about them has to be a child's."""
    return _CHILD_CUES["young"].search(beside) is not None or _CHILD_CUES["welsh young"].search(beside) is not None


def _is_age_of_today(match: re.Match[str], beside: str, *, is_harmed: bool, is_grown: bool) -> bool:
    """Weigh an age that is somebody else's: whether it is of today, and of the one it happened to."""
    age = next(int(found) for found in match.groupdict().values() if found)
    near = _just_before(match)[-25:]
    if (
        _CHILD_CUES["not a person"].search(" ".join(near.split()[-1:]))
        or _CHILD_CUES["not a person"].search(match[0])
        or re.search(r"\bi (?:was|were|turned) (?:\w+ )?\Z", near)
    ):
        return False
    if _TOLD.search(f"{near[-5:]} {match[0]}"):
        return is_harmed and not is_grown and _PARENT_TELLS.search(beside) is not None
    if is_harmed:
        return True
    return age >= _LEAST_ALONE and not _CHILD_CUES["only there"].search(match.string)
