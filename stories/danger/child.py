"""A child in sentences of one spelling: the writer, or the person it happened to, is under 18 today."""

import re
from collections.abc import Sequence

from stories.danger.cues import cues_of
from stories.danger.weighing import Weighed

_CUES = cues_of("child")
_LEAST_ALONE = 10  # years; a younger child is mostly one who is only there
_REACH = 40  # characters before a cue that may tell of long ago
_TOLD = re.compile(r"\b(?:was|were|when|had been|roedd|oedd|pan|roeddwn|oeddwn)\b")
_IS_A_GROWN_UP = re.compile(
    r"\b(?:i was|was i|im|i am|dwin|dwi n|rwyn|oin|on in|roeddwn in) (?:now |then |only )?(?:18|19|[2-9]\d)"
    r"(?! (?:in|next|yet|soon|on|this|or|plus|and i|but|minutes|hours|weeks|days|percent))\b"
    r"|\b(?:university|uni|years ago|when i was|flynedd yn ol)\b"
)
_PARENT_TELLS = re.compile(
    r"\b(?:my|our|fy|ein) (?:\w+ )?(?:sons?|daughters?|boys?|girls?|child|kids?|merch|mab|mhlentyn)\b"
)
# An adult tells of being a child.
_RECALLED = re.compile(
    r"\b(?:when i|when we|i was|we were|was|back in|back when|used to|did|had|went|went to|were|id|i had|attended|"
    r"since|left|from when)(?: \w+){0,3} ?\Z"
)
_WELSH_RECALLED = re.compile(
    r"\b(?:roeddwn|oeddwn|on i|oni|pan|roedd|oedd|es|nes|ers|dysgu|gweithio|athrawes|athro|fues|bues|"
    r"llynedd)(?: \w+){0,4} ?\Z"
)
_GROWN_WRITER = re.compile(
    r"\b(?:im|i am|am|dwin|rwyn|dw in|ydw in|rydw in) (?:now |a |an |nearly |almost )?(?P<age>18|19|[2-9]\d)"
    r"(?! (?:weeks?|months?|miles?|minutes?|hours?|days?|pounds?|times?|percent|next|in|soon|yet|calls|on|this|so))\b"
)
_GROWN_CHILD = re.compile(
    r"\b(?:shes|hes|is|turned|theyre|she is|he is|who is|whos) (?:now )?(?P<age>18|19|[2-9]\d)"
    r"(?! (?:weeks?|months?|miles?|minutes?|hours?|days?|pounds?|times?|percent))\b|\b(?P<grown>grown up|"
    r"adult now|all grown)\b"
)


def is_spoken_of(sentences: Sequence[str], weighed: Weighed) -> bool:
    """Say whether somebody under 18 is the one it happened to, as far as rules can tell."""
    if not any(_IS_A_GROWN_UP.search(each) for each in sentences) and any(weighed.heavy("child")):
        return True
    is_grown = any(_GROWN_WRITER.search(each) or _CUES["grew"].search(each) for each in sentences)
    return any(
        (_is_the_writer(sentence, is_grown=is_grown) or _is_somebody_else(sentences, at))
        and weighed.bears_out(at, "child")
        for at, sentence in enumerate(sentences)
    )


def _is_the_writer(sentence: str, *, is_grown: bool) -> bool:
    if any(not _is_reported(match) for each in _both("writer") for match in each.finditer(sentence)):
        return not (is_grown and _CUES["long ago"].search(sentence))
    if is_grown or _CUES["teaches"].search(sentence) or _CUES["long ago"].search(sentence):
        return False
    found = (match for each in _both("school days") for match in each.finditer(sentence))
    return any(not _is_recalled(match) for match in found)


def _both(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The cues of that name, in English and in Welsh."""
    return _CUES[name], _CUES[f"welsh {name}"]


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _REACH) : match.start()]


def _is_reported(match: re.Match[str]) -> bool:
    """ "When I was …", "he felt like I'm 12"."""
    return re.search(r"\b(?:i was|when i|like|as if|felt) \Z", _before(match)) is not None


def _is_recalled(match: re.Match[str]) -> bool:
    before = _before(match)
    return _RECALLED.search(before) is not None or _WELSH_RECALLED.search(before) is not None


def _is_somebody_else(sentences: Sequence[str], at: int) -> bool:
    sentence, beside = sentences[at], " ".join(sentences[max(0, at - 1) : at + 2])
    is_harmed = _is_harmed(beside)
    is_grown = bool(_GROWN_CHILD.search(beside) or _CUES["long ago"].search(sentence))
    ages = (match for each in _both("theirs") for match in each.finditer(sentence))
    if any(_is_age_of_today(match, beside, is_harmed=is_harmed, is_grown=is_grown) for match in ages):
        return True
    if is_grown:
        return False
    if any(not _TOLD.search(f"{_before(match)[-10:]} {match[0]}") for match in _CUES["minor"].finditer(sentence)):
        return is_harmed or not _CUES["only there"].search(sentence)
    by_name = _CUES["child by name"].search(sentence) or _CUES["welsh child by name"].search(sentence)
    return bool(_CUES["groomed"].search(sentence)) or (is_harmed and by_name is not None and _is_young(beside))


def _is_harmed(beside: str) -> bool:
    """Say whether something was done to the child; pictures count unless they are the writer's own."""
    if _CUES["harm to child"].search(beside) or _CUES["welsh harm to child"].search(beside):
        return True
    return _CUES["online"].search(beside) is not None and _CUES["own story"].search(beside) is None


def _is_young(beside: str) -> bool:
    """ "My daughter" may be forty: something about them has to be a child's."""
    return _CUES["young"].search(beside) is not None or _CUES["welsh young"].search(beside) is not None


def _is_age_of_today(match: re.Match[str], beside: str, *, is_harmed: bool, is_grown: bool) -> bool:
    """Weigh an age that is somebody else's: whether it is of today, and of the one it happened to."""
    age = next(int(found) for found in match.groupdict().values() if found)
    near = _before(match)[-25:]
    if (
        _CUES["not a person"].search(" ".join(near.split()[-1:]))
        or _CUES["not a person"].search(match[0])
        or re.search(r"\bi (?:was|were|turned) (?:\w+ )?\Z", near)
    ):
        return False
    if _TOLD.search(f"{near[-5:]} {match[0]}"):
        return is_harmed and not is_grown and _PARENT_TELLS.search(beside) is not None
    if is_harmed:
        return True
    return age >= _LEAST_ALONE and not _CUES["only there"].search(match.string)
