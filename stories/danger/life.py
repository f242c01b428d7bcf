"""Danger to life in sentences of one spelling: which cues are met, and what softens them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stories.danger import softening, weighing
from stories.danger.cues import cues_of
from stories.danger.weighing import Weighed


@dataclass(frozen=True)
class Life:
    """Whether danger to life is spoken of as now, as past, and whether somebody is near."""

    is_now: bool = False
    is_past: bool = False
    is_near: bool = False


@dataclass(frozen=True)
class Cue:
    """A pattern; `tense` is "now", "then" or "either". A threat may be a charge; a near one is somebody at the door."""

    pattern: re.Pattern[str]
    tense: str
    is_threat: bool = False
    is_near: bool = False
    may_be_denied: bool = True


_PATTERNS = cues_of("life")
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


def spoken_of(sentences: Sequence[str], weighed: Weighed) -> Life:
    """Return what these sentences speak of."""
    found = [each for at in range(len(sentences)) for each in _borne_out(sentences, at, weighed)]
    found += [("now", weighing.is_of_somebody_near(window)) for window in weighed.heavy("life")]
    is_now = any(tense == "now" for tense, _ in found)
    is_spoken_of = bool(found) or any(weighed.heavy("either"))
    return Life(is_now, is_spoken_of, any(is_near for tense, is_near in found if tense == "now"))


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
    before, after = softening.around(match.string, match.start(), match.end())
    if softening.is_asked_by_others(before) or softening.is_a_figure(match[0], before, after):
        return ""
    if cue.may_be_denied and softening.is_denied(before, match[0], after):
        return ""
    if cue.is_threat and softening.is_a_charge(before, after):
        return ""
    if softening.is_of_this_hour(before, match[0], after):
        return "now"
    if cue.is_near:
        return "now" if softening.is_present(before, match[0]) and not softening.is_long_ago(before, after) else ""
    return "past" if _is_past(cue, match[0], before, after, next_sentence) else "now"


def _is_past(cue: Cue, said: str, before: str, after: str, next_sentence: str) -> bool:
    if cue.tense == "now":
        return softening.is_framed_as_past(before, said)
    return cue.tense == "then" or softening.is_over(before, said, after, next_sentence)
