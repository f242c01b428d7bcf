"""A chart: the sentence it makes, the drawing, and the table of the same numbers, which is its CSV too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from stories.figures import counts, svg_drawing
from stories.figures.disclosure_control import SMALLEST_SHOWN, Cell
from stories.figures.svg_drawing import Drawing, Line

# As many equal answers a sentence names; of more it says that none stands out.
_MOST_NAMED = 3


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
    # What paper says instead of a table that is too long for it.
    on_paper: str = ""
    # Of a crossed table: what the numbers over its columns stand for.
    key: Sequence[str] = ()

    @property
    def csv_name(self) -> str:
        return f"{self.name}.csv"

    @property
    def caution(self) -> str:
        return counts.caution_words()


def bar_chart(name: str, title: str, lines: Sequence[Line], *, counted: str, sentence: str, about: str) -> Chart:
    """A chart of one bar for each line; `counted` heads the column of numbers."""
    has_share = any(line.share for line in lines)
    head = [title, counted, *([_("Part of those who answered")] if has_share else [])]
    rows = [[line.words, line.value, *([line.share] if has_share else [])] for line in lines]
    return Chart(name, title, sentence, about, "bars", svg_drawing.draw_bars(lines), head, rows)


def fill_level(number: int | str) -> str:
    """How a number is filled: in three steps that don’t change with the numbers, and hatched where it is hidden."""
    if isinstance(number, str) or number < SMALLEST_SHOWN:
        return "hidden"
    return "few" if number < 30 else "some" if number < 100 else "many"


@dataclass(frozen=True)
class Most:
    """What was counted most often: all that are equal, and how often each was; 0 where no number is shown."""

    words: Sequence[str]
    number: int

    def sentence(self, *, one: str, equal: str, none: str, **said: str) -> str:
        """Name the one, or two or three that are equal, as %(words)s; of more say `none`. `said` fills in the rest."""
        template = one if len(self.words) == 1 else equal if len(self.words) <= _MOST_NAMED else none
        return capfirst(template % {"words": joined_words(self.words), **said})


def most_counted(counted: Iterable[tuple[str, Cell]]) -> Most:
    """The one rule by which a sentence picks what it names. Hidden numbers are passed over."""
    shown = [(words, number) for words, number in counted if isinstance(number, int) and number >= SMALLEST_SHOWN]
    number = max((number for _words, number in shown), default=0)
    return Most([words for words, each in shown if each == number], number)


def quoted_words(words: str) -> str:
    """The words in quotation marks; in one pair, where they are somebody's words already."""
    return _("“%(words)s”") % {"words": words.strip("“”")}


def joined_words(words: Sequence[str]) -> str:
    """“A”, “B” and “C”, as the page’s language joins them."""
    return get_text_list(list(words), _("and"))
