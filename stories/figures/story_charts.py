"""The charts of published stories, which anybody can count: where, what came of it, what about, when."""

import json
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories.core.named_lists import NamedLists
from stories.figures import charts, counts, svg_drawing
from stories.figures.charts import Chart
from stories.figures.counts import StoryCount
from stories.figures.disclosure_control import SMALLEST_SHOWN
from stories.figures.svg_drawing import Line

_DATA = Path(__file__).resolve().parent.parent / "data"
# Three letters for each police force, no two alike, for a square of the map; its whole name stands beside it.
_FORCE_CODES: dict[str, str] = {
    force["id"]: force["code"] for force in json.loads((_DATA / "forces.json").read_text(encoding="utf-8"))
}


def force_code(force_id: str) -> str:
    """The letters of a force; of one that is newer than this list, the first of its id."""
    return _FORCE_CODES.get(force_id, force_id[:3].title())


# The themes that say what happened; the others say only what a story is about, and make no headline.
FINDINGS = frozenset(
    {
        *(
            "knew-the-law",
            "did-not-know-the-law",
            "believed",
            "not-believed",
            "evidence-lost",
            "evidence-kept",
            "blame",
        ),
        *("informed", "left-without-news", "told-civil-matter"),
    }
)


def story_charts(names: NamedLists) -> list[Chart]:
    """Each chart, in the order of the page."""
    return [
        force_map(names),
        _bars(names, "outcome", _("What came of it"), _("How many stories tell of each outcome.")),
        _bars(names, "theme", _("What stories are about"), _("A story can be about several things, or none of these.")),
        _bars(names, "year", _("Year they told the police"), _("The year somebody first told the police.")),
    ]


def force_map(names: NamedLists, *, to_pages: bool = False) -> Chart:
    """A map of squares, one for each force: where they lie, and never which has most.

    A square leads to the stories that name the force, or to the force's own page.
    """
    found = [(force, counts.count_stories(names, force.name, force=force.id)) for force in names.forces.values()]
    lines = [_line(each, url=force.url if to_pages else each.url) for force, each in found]
    placed = [
        (line, force_code(force.id), force.column, force.row) for line, (force, _each) in zip(lines, found, strict=True)
    ]
    by_name = sorted(lines, key=lambda line: line.words)
    return Chart(
        name="forces",
        title=_("Where it happened"),
        sentence=_("Every police force has a page here, whether anybody wrote about it or not.")
        if to_pages
        else _how_many([each for _force, each in found]),
        about=_("A map of squares, one for each police force. Forces are never ranked: a force that more people write"
                " about isn’t worse than one that fewer do."),
        kind="map",
        drawing=svg_drawing.draw_tiles(placed),
        head=[_("Police force"), _("Stories")],
        rows=[[line.words, line.value] for line in by_name],
        on_paper=_listed(by_name),
    )  # fmt: skip


def _listed(lines: list[Line]) -> str:
    """The forces whose number is shown, for paper, which has no room for all."""
    shown = [f"{line.words} ({line.value})" for line in lines if line.level != "hidden"]
    if not shown:
        return _("Every police force is named in fewer than 10 stories.")
    said = _("In alphabetical order, with their stories: %(forces)s. Every other force is named in fewer than 10.")
    return said % {"forces": charts.joined_words(shown)}


def _how_many(found: list[StoryCount]) -> str:
    """Of the forces no sentence names one: the first of a list is the top of a ranking."""
    shown = sum(each.stories >= SMALLEST_SHOWN for each in found)
    if not shown:
        return _("No police force is named in 10 stories or more yet.")
    said = ngettext(
        "One police force is named in 10 stories or more.",
        "%(number)d police forces are named in 10 stories or more.",
        shown,
    )
    return said % {"number": shown}


def _bars(names: NamedLists, facet: str, title: str, about: str) -> Chart:
    found = counts.counts_by_facet(facet, names)
    most = max((each.stories for each in found), default=0)
    lines = [_line(each, most=most) for each in found]
    # A topic that is told most often would read as what happened most often.
    said = [each for each in found if facet != "theme" or each.slug in FINDINGS]
    return charts.bar_chart(
        f"stories-by-{facet}", title, lines, counted=_("Stories"), sentence=_first(said), about=about
    )


def _line(each: StoryCount, *, most: int = 0, url: str = "") -> Line:
    percent = 100 * each.stories / most if most and each.stories >= SMALLEST_SHOWN else 0
    return Line(
        words=each.words,
        value=counts.story_count(each.stories),
        percent=percent,
        level=charts.fill_level(each.stories),
        url=url or each.url,
    )


def _first(found: list[StoryCount]) -> str:
    """What most stories say, where enough say it."""
    most = charts.most_counted((charts.quoted_words(each.words), each.stories) for each in found)
    if not most.number:
        return _("There are too few stories yet to say what most of them tell.")
    return most.sentence(
        one=_("Told most often: %(words)s, in %(number)s stories."),
        equal=_("Told most often: %(words)s, in %(number)s stories each."),
        none=_("None of these stands out: several are told equally often, in %(number)s stories each."),
        number=counts.story_count(most.number),
    )
