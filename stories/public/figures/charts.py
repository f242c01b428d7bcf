"""A chart: the sentence it makes, the drawing, and the table of the same numbers, which is its CSV too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from stories.public.figures import drawing, in_words
from stories.public.figures.drawing import Drawing, Line


@dataclass(frozen=True)
class Chart:
    """One figure of the page. `kind` is bars, map or crossed; `rows` are those of its table, under `head`."""

    name: str
    title: str
    sentence: str
    about: str
    kind: str
    drawing: Drawing
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]
    note: str = ""
    # Of a crossed table: what the numbers over its columns stand for.
    key: Sequence[str] = ()

    @property
    def csv_name(self) -> str:
        return f"{self.name}.csv"

    @property
    def caution(self) -> str:
        return in_words.caution()


def of_bars(name: str, title: str, lines: Sequence[Line], *, counted: str, sentence: str, about: str) -> Chart:
    """A chart of one bar for each line; `counted` heads the column of numbers."""
    has_share = any(line.share for line in lines)
    head = [title, counted, *([_("Part of those who answered")] if has_share else [])]
    rows = [[line.words, line.value, *([line.share] if has_share else [])] for line in lines]
    return Chart(name, title, sentence, about, "bars", drawing.bars(lines), head, rows)


def level(number: int | str) -> str:
    """How a number is filled: in three steps that don’t change with the numbers, and hatched where it is hidden."""
    if isinstance(number, str) or number < 10:
        return "hidden"
    return "few" if number < 30 else "some" if number < 100 else "many"
