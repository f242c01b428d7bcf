"""The charts of published stories, which anybody can count: where, what came of it, what about, when."""

import re

from django.utils.translation import gettext as _

from stories.public.figures import charts, drawing, in_words, told
from stories.public.figures.charts import Chart
from stories.public.figures.drawing import Line
from stories.public.figures.told import Told
from stories.public.named_lists import NamedForce, NamedLists
from stories.public.small_numbers import SMALLEST_SHOWN

_NO_PART = re.compile(r"\b(Police|Constabulary|Service|of|and|the|Force)\b|&", re.IGNORECASE)


def all_charts(names: NamedLists) -> list[Chart]:
    """Each chart, in the order of the page."""
    return [
        of_forces(names),
        _bars(names, "outcome", _("What came of the report"), _("How many stories tell of each outcome.")),
        _bars(names, "theme", _("What stories are about"), _("A story can be about several things, or none of these.")),
        _bars(names, "year", _("When they told the police"), _("The year somebody first told the police.")),
    ]


def of_forces(names: NamedLists) -> Chart:
    """A map of squares, one for each force, each a link to its page: where they lie, and never which has most."""
    title = _("Where it happened")
    found = [(force, told.told(names, force.name, force=force.id)) for force in names.forces.values()]
    lines = [_line(each, url=force.url) for force, each in found]
    placed = [(line, label(force), force.column, force.row) for line, (force, _each) in zip(lines, found, strict=True)]
    rows = [[line.words, line.value] for line in sorted(lines, key=lambda line: line.words)]
    return Chart(
        name="forces",
        title=title,
        sentence=_("Every police force has a page here, whether anybody wrote about it or not."),
        about=_("A map of squares, one for each police force. Forces are never ranked: a force that more people write"
                " about isn’t worse than one that fewer do."),
        kind="map",
        drawing=drawing.tiles(placed),
        head=[_("Police force"), _("Stories")],
        rows=rows,
    )  # fmt: skip


def label(force: NamedForce) -> str:
    """A force in three letters or fewer: initials, or the beginning of its one word."""
    words = _NO_PART.sub(" ", force.name).replace("-", " ").split()
    return "".join(word[0] for word in words)[:3] if len(words) > 1 else "".join(words)[:3]


def _bars(names: NamedLists, facet: str, title: str, about: str) -> Chart:
    found = told.by(facet, names)
    most = max((each.stories for each in found), default=0)
    lines = [_line(each, most=most) for each in found]
    return charts.of_bars(
        f"stories-by-{facet}", title, lines, counted=_("Stories"), sentence=_first(found), about=about
    )


def _line(each: Told, *, most: int = 0, url: str = "") -> Line:
    percent = 100 * each.stories / most if most and each.stories >= SMALLEST_SHOWN else 0
    return Line(
        words=each.words,
        value=in_words.told(each.stories),
        percent=percent,
        level=charts.level(each.stories),
        url=url or each.url,
    )


def _first(found: list[Told]) -> str:
    """What most stories say, where enough say it."""
    most = max(found, key=lambda each: each.stories, default=None)
    if most is None or most.stories < SMALLEST_SHOWN:
        return _("There are too few stories yet to say what most of them tell.")
    said = _("Told most often: “%(words)s”, in %(number)s stories.")
    return said % {"words": most.words, "number": in_words.told(most.stories)}
