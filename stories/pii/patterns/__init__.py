"""Details that can be told by their shape alone, or by their shape beside a word such as "ref"."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from stories.pii.finding import Finding
from stories.pii.kinds import make_finding


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern whose group `it` is the detail; `check` may still refuse a match."""

    kind: str
    pattern: re.Pattern[str]
    sure: bool = True
    check: Callable[[re.Match[str]], bool] | None = None


def shape(
    kind: str,
    pattern: str,
    *,
    sure: bool = True,
    check: Callable[[re.Match[str]], bool] | None = None,
    exact_case: bool = False,
) -> Shape:
    """Compile a verbose pattern, blind to case unless `exact_case`."""
    flags = re.VERBOSE if exact_case else re.VERBOSE | re.IGNORECASE
    return Shape(kind, re.compile(pattern, flags), sure, check)


def search(text: str, shapes: Iterable[Shape]) -> Iterator[Finding]:
    """Every match of every shape that its check lets through."""
    for each in shapes:
        for match in each.pattern.finditer(text):
            if each.check is None or each.check(match):
                yield make_finding(match.span("it"), each.kind, sure=each.sure)
