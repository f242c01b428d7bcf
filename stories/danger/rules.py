"""Danger in sentences of one spelling: to a life, with what softens a cue, and of somebody under 18 today."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from stories.danger import weighing
from stories.danger.weighing import Weighed
from stories.pii.rule_files import RuleFile

_DATA = Path(__file__).parent / "data"
_AROUND = RuleFile("around", _DATA)
# Each phrase from the start of a word to the end of one; sentences are in small letters.
_PHRASES = r"(?-i:\b(?:{})\b)"

_SOFTENING = RuleFile("softening", _DATA, _PHRASES)
_BEFORE, _AFTER = 90, 80  # characters that are looked at on either side

_LIFE = RuleFile("life", _DATA, _PHRASES)
# Each with its marks: "now", "then" or "either"; a "threat" may be a charge, and "near" is somebody at the door.
_CUES = [(_LIFE[name], marks) for name, *marks in (re.split(" = |, ", line) for line in _LIFE.lines("cues:"))]


def life_spoken_of(sentences: Sequence[str], weighed: Weighed) -> tuple[str, bool]:
    """Return whether danger to life is spoken of as "now", "past" or not at all (""), and whether somebody is near."""
    found = [each for at in range(len(sentences)) for each in _borne_out(sentences, at, weighed)]
    found += [("now", weighing.is_of_somebody_near(window)) for window in weighed.heavy("life")]
    if any(tense == "now" for tense, _ in found):
        return "now", any(is_near for tense, is_near in found if tense == "now")
    return "past" if found or any(weighed.heavy("either")) else "", False


def _borne_out(sentences: Sequence[str], at: int, weighed: Weighed) -> set[tuple[str, bool]]:
    """The tenses of its cues; what its other words don't bear out gets the help, and isn't read before all else."""
    after_it = sentences[at + 1] if at + 1 < len(sentences) else ""
    matches = ((marks, match) for pattern, marks in _CUES for match in pattern.finditer(sentences[at]))
    said = {(tense, "near" in marks) for marks, match in matches if (tense := _tense(marks, match, after_it))}
    if any(tense == "now" for tense, _ in said) and not weighed.bears_out(at, "life"):
        return {("past", is_near) for _, is_near in said}
    return said


def _tense(marks: Sequence[str], match: re.Match[str], next_sentence: str) -> str:
    said, start, end = match[0], match.start(), match.end()
    before, after = match.string[max(0, start - _BEFORE) : start], match.string[end : end + _AFTER]
    if not _is_meant(marks, said, before, after):
        return ""
    if _SOFTENING["this hour"].search(before + said + after):
        return "now"
    if "near" in marks:
        # Of somebody at the door nothing less will do than a verb of now.
        is_long_ago = _SOFTENING["long ago"].search(after) or _SOFTENING["long ago"].search(before)
        return "now" if _last_tense(before + said) == "present" and not is_long_ago else ""
    if "now" in marks:
        # "I felt like there was no point": for cues that do not say who and when themselves.
        return "past" if not _AROUND["has its subject"].match(said) and _AROUND["framed"].search(before) else "now"
    return "past" if "then" in marks or _is_over(before, said, after, next_sentence) else "now"


def _is_meant(marks: Sequence[str], said: str, before: str, after: str) -> bool:
    """Say whether it is no question of others, no leaflet, figure of speech or charge, and not denied."""
    if _SOFTENING["asked"].search(before):
        return False
    # "He will kill me when he sees the bill", "the waiting is killing me".
    if _SOFTENING["figure"].search(before + said + after) and not _SOFTENING["serious"].search(before + said + after):
        return False
    # "I am not suicidal", "no thoughts of …", unless "but I am" follows.
    is_denied = (
        not _AROUND["has its subject"].match(said)
        and _AROUND["denied"].search(before)
        and not _AROUND["denied but"].search(after)
    )
    if is_denied and "undeniable" not in marks:
        return False
    # "He was convicted of threatening to kill me".
    return not ("threat" in marks and (_SOFTENING["law"].search(before) or _SOFTENING["law"].search(after)))


def _last_tense(words: str) -> str | None:
    """Return "past" or "present" of the last verb that has a time."""
    tenses = [match.lastgroup for match in _AROUND["tense"].finditer(words)]
    return tenses[-1] if tenses else None


def _is_over(before: str, cue: str, after: str, next_sentence: str) -> bool:
    """Say whether what has no time of its own is told as past: by its verbs first, then by the times around it."""
    tense = _last_tense(before + cue)
    if tense == "past" or _SOFTENING["long ago"].search(after) or _AROUND["it was"].match(next_sentence):
        return True
    return bool(not tense and _SOFTENING["long ago"].search(before) and not _SOFTENING["still"].search(after))


_CHILD_CUES = RuleFile("child", _DATA, _PHRASES)
_LEAST_ALONE = 10  # years; a younger child is mostly one who is only there
_REACH = 40  # characters before a cue that may tell of long ago


def is_child_spoken_of(sentences: Sequence[str], weighed: Weighed) -> bool:
    """Say whether somebody under 18 is the one it happened to, as far as rules can tell."""
    if not any(_AROUND["is a grown up"].search(each) for each in sentences) and any(weighed.heavy("child")):
        return True
    is_grown = any(_AROUND["grown writer"].search(each) or _CHILD_CUES["grew"].search(each) for each in sentences)
    return any(
        (_is_the_writer(sentence, is_grown=is_grown) or _is_somebody_else(sentences, at))
        and weighed.bears_out(at, "child")
        for at, sentence in enumerate(sentences)
    )


def _is_the_writer(sentence: str, *, is_grown: bool) -> bool:
    # Not "when I was …", "he felt like I'm 12".
    befores = map(_just_before, _said("writer", sentence))
    if not all(re.search(r"\b(?:i was|when i|like|as if|felt) \Z", before) for before in befores):
        return not (is_grown and _CHILD_CUES["long ago"].search(sentence))
    if is_grown or _CHILD_CUES["teaches"].search(sentence) or _CHILD_CUES["long ago"].search(sentence):
        return False
    return any(not _AROUND["recalled"].search(_just_before(match)) for match in _said("school days", sentence))


def _said(name: str, sentence: str) -> Iterator[re.Match[str]]:
    return chain(_CHILD_CUES[name].finditer(sentence), _CHILD_CUES[f"welsh {name}"].finditer(sentence))


def _just_before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _REACH) : match.start()]


def _is_somebody_else(sentences: Sequence[str], at: int) -> bool:
    sentence, beside = sentences[at], " ".join(sentences[max(0, at - 1) : at + 2])
    # Pictures count unless they are the writer's own.
    is_of_pictures = _CHILD_CUES["online"].search(beside) and not _CHILD_CUES["own story"].search(beside)
    is_harmed = bool(is_of_pictures or _CHILD_CUES["harm to child"].search(beside))
    is_grown = bool(_AROUND["grown child"].search(beside) or _CHILD_CUES["long ago"].search(sentence))
    ages = _said("theirs", sentence)
    if any(_is_age_of_today(match, beside, is_harmed=is_harmed, is_grown=is_grown) for match in ages):
        return True
    if is_grown:
        return False
    if any(
        not _AROUND["told"].search(f"{_just_before(match)[-10:]} {match[0]}")
        for match in _CHILD_CUES["minor"].finditer(sentence)
    ):
        return is_harmed or not _CHILD_CUES["only there"].search(sentence)
    # "My daughter" may be forty: something about them has to be a child's.
    by_name = _CHILD_CUES["child by name"].search(sentence) and _CHILD_CUES["young"].search(beside)
    return bool(_CHILD_CUES["groomed"].search(sentence)) or (is_harmed and by_name is not None)


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
    if _AROUND["told"].search(f"{near[-5:]} {match[0]}"):
        return is_harmed and not is_grown and _AROUND["parent tells"].search(beside) is not None
    if is_harmed:
        return True
    return age >= _LEAST_ALONE and not _CHILD_CUES["only there"].search(match.string)
