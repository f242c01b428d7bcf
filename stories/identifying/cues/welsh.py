"""Towns in Welsh, whose first letter changes after some words: "yng Nghaernarfon", "i Fangor"."""

import re
from collections.abc import Iterator

from stories.identifying import vetoes
from stories.identifying.cues import places
from stories.identifying.finding import Finding
from stories.identifying.kinds import finding
from stories.identifying.tokens import Words

# No English word is one of these; the others take a Welsh sentence around them.
_PLAINLY_WELSH = r"yn|yng|ym|[gn]?orsaf|gorsaf|swyddfa[ ]heddlu|heddlu|nhref|tref"
_AFTER = re.compile(
    rf"\b(?:(?P<plain>{_PLAINLY_WELSH})|i|o|am|ar|at|dros|trwy|drwy|wrth|hyd|ger|a|ac)[ ](?=(?-i:[A-Z])\w)",
    re.IGNORECASE,
)
_HARD = (
    *(("ngh", "c"), ("mh", "p"), ("nh", "t"), ("ng", "g"), ("dd", "d"), ("m", "b"), ("n", "d")),
    *(("g", "c"), ("b", "p"), ("d", "t"), ("f", "b"), ("f", "m"), ("l", "ll"), ("r", "rh"), ("", "g")),
)


def find(text: Words) -> Iterator[Finding]:
    """Towns of our lists after a small Welsh word, as they are or with another first letter."""
    welsh = vetoes.welsh_tokens(text)
    for match in _AFTER.finditer(text.text):
        at = text.starting(match.end())
        if at is None or not (match["plain"] or at in welsh):
            continue
        if is_a_town(text.tokens[at].low):
            yield finding(text.span(at, at), "PLACE", sure=False)


def is_a_town(low: str) -> bool:
    """True for "caernarfon", "gaernarfon" and "nghaernarfon"."""
    return places.is_listed(low) or any(
        low.startswith(soft) and places.is_listed(hard + low[len(soft) :]) for soft, hard in _HARD
    )
