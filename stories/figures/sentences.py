"""Sentences that a person wrote of each figure, `figures.toml`, in English and Welsh, with the numbers of now."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import get_language

from stories.core import tables
from stories.figures.counts import whole_number
from stories.figures.disclosure_control import publishable_percentage

if TYPE_CHECKING:
    from stories.figures.charts import Chart, Line

_WRITTEN: dict[str, Any] = tables.read(__file__, "figures.toml")
# How many percent beside a tenth still are that tenth, and still are about it.
_PLAIN, _ABOUT = 1, 3
# Below, nobody thinks in tenths; above, it is nearly all.
_LEAST, _MOST = 8, 95
FINDINGS = 3


class Said(NamedTuple):
    """The sentence of a figure, the numbers that it tells, and their part of 100."""

    words: str
    number: str
    base: str
    percent: str


def said_of(name: str, lines: "Sequence[Line]") -> Said | None:
    """What a figure says; None where one of its numbers is hidden, nobody's, or of too few."""
    written = _WRITTEN["sentences"].get(name)
    counted = [line for line in lines if written and line.slug in written["of"]]
    number, base = sum(line.count for line in counted if isinstance(line.count, int)), counted and counted[0].base
    if not number or not isinstance(base, int) or any(line.is_hidden for line in counted):
        return None
    template, share = written[_language()], publishable_percentage(number, base)
    if "%(part)s" in template and not share:
        return None
    numbers = {"number": whole_number(number), "base": whole_number(base)}
    words = template % {**numbers, "part": part_words(int(share)) if share else ""}
    return Said(capfirst(words), **numbers, percent=share or str(round(100 * number / base)))


def part_words(percent: int) -> str:
    """A percentage in words, as near as rounded numbers are: "seven in ten", "about half", "more than six in ten"."""
    words, tenth = _WRITTEN["parts"][_language()], (percent + 5) // 10
    if percent < _LEAST:
        return str(words["hundred"] % {"percent": percent})
    if percent >= _MOST:
        return str(words["all"] if percent == 100 else words["nearly"])
    off = abs(percent - 10 * tenth)
    kind = "plain" if off <= _PLAIN else "about" if off <= _ABOUT or not percent // 10 else "above"
    return str(words[kind][(percent // 10 if kind == "above" else tenth) - 1])


def findings(charts: "Sequence[Chart]") -> "list[Chart]":
    """The charts whose sentences stand first on the page."""
    by_name = {chart.name: chart for chart in charts}
    found = (by_name[name] for name in _WRITTEN["first"] if name in by_name)
    return [chart for chart in found if chart.said][:FINDINGS]


def by_subject(charts: "Sequence[Chart]") -> "list[tuple[str, list[Chart]]]":
    """The charts under the words of their subjects; what no subject names stands under the last."""
    subjects = _WRITTEN["subjects"]
    place = {name: (at, order) for at, each in enumerate(subjects) for order, name in enumerate(each["figures"])}
    last = (len(subjects) - 1, len(place))
    ordered = sorted(charts, key=lambda chart: place.get(chart.name, last))
    groups = [
        (each[_language()], [chart for chart in ordered if place.get(chart.name, last)[0] == at])
        for at, each in enumerate(subjects)
    ]
    return [group for group in groups if group[1]]


def force_code(force: str) -> str:
    return str(_WRITTEN["codes"].get(_language(), {}).get(force, ""))


def _language() -> str:
    found = (get_language() or "en")[:2]
    return found if found in _WRITTEN["parts"] else "en"
