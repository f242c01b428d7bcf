"""A chart: its lines, each with its number, and how they are drawn, whether on its page, in a picture or as a CSV.

Those of published stories, which anybody can count, are exact: one dot a story, and each number leads to exactly its
list. Those of answers are of the newest release alone, rounded and hidden before they came here.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from django.utils.translation import gettext as _

from stories.core import addresses, snapshot
from stories.core.named_lists import NamedLists
from stories.figures import counts, sentences, table_spec
from stories.figures.disclosure_control import UNSHOWN, Cell, publishable_percentage
from stories.figures.table_spec import Numbers, Release, Table
from stories.models import ReleasedAnswers
from stories.reading import marked_sets, patterns, story_queries
from stories.reading.facets import BY_NAME
from stories.reading.filters import StoryFilter
from stories.reading.story_queries import MOST_DOTS

# As many dots as a square of the map has room for; beyond, its number stands there alone.
MOST_IN_A_SQUARE = 9


@dataclass(frozen=True)
class Line:
    """One thing that is counted: its number as it may be published, and of how many it is.

    `percent` is the length of its bar. `url` leads to exactly what is counted; empty for answers. `page` is one about
    the same thing.
    """

    slug: str
    words: str
    count: Cell
    base: Cell
    percent: float = 0
    url: str = ""
    page: str = ""
    dots: Collection[str] = ()
    code: str = ""
    column: int = 0
    row: int = 0

    @property
    def is_hidden(self) -> bool:
        return isinstance(self.count, str)

    @property
    def share(self) -> str:
        """Its percentage without a sign; empty where none may be told."""
        return publishable_percentage(self.count, self.base)

    @property
    def value(self) -> str:
        """Its number in words, and of answers its part too."""
        said, share = counts.cell_words(self.count), "" if self.url else counts.percentage_words(self.share)
        return f"{said} ({share})" if share else said


@dataclass(frozen=True)
class Chart:
    """One figure. `kind` is dots (one a story), tiles (the same, on a map) or bars."""

    name: str
    title: str
    about: str
    kind: str
    lines: Sequence[Line]
    note: str = ""

    @cached_property
    def said(self) -> sentences.Said | None:
        return sentences.said_of(self.name, self.lines)

    @property
    def sentence(self) -> str:
        """What a person wrote of it, with the numbers of now; empty where they are hidden."""
        return self.said.words if self.said else ""

    @property
    def is_told(self) -> bool:
        """False for a chart of which half is hidden or more: it would show what it hides."""
        return 2 * sum(not line.is_hidden for line in self.lines) > len(self.lines)

    @property
    def has_empty(self) -> bool:
        return not all(line.count for line in self.lines)

    @property
    def url(self) -> str:
        return addresses.path_in_language(f"/what-we-hear/{self.name}/")

    @property
    def caution(self) -> str:
        return counts.caution_words()


_DATA = Path(__file__).resolve().parent.parent / "data"
# Three letters for each police force, no two alike, for a square of the map; its whole name stands beside it. A force
# that is newer than this list has the first of its id.
_FORCE_CODES: dict[str, str] = {
    force["id"]: force["code"] for force in json.loads((_DATA / "forces.json").read_text(encoding="utf-8"))
}
Dots = Mapping[int, str]


def story_dots() -> Dots:
    """A dot for each live story by its place in the order, in one query; none where there are too many."""
    return story_queries.dots_of(marked_sets.current_sets().everything)


def story_charts(names: NamedLists, dots: Dots) -> list[Chart]:
    said = {
        "outcome": (_("What came of it"), _("Each story is sorted by one outcome, or none.")),
        "year": (_("Year they told the police"), _("The year somebody first told the police.")),
        "theme": (_("What stories are about"), _("A story can be about several things, or none of these.")),
    }
    return [force_map(names, dots), *(_of_stories(names, dots, facet, *words) for facet, words in said.items())]


def force_map(names: NamedLists, dots: Dots, *, to_pages: bool = False) -> Chart:
    """A map of squares, one for each force: where it is, and never which has most.

    A square leads to the stories that name the force, or to the force's own page.
    """
    lines = []
    for force in sorted(names.real_forces, key=lambda force: force.name):
        code = sentences.force_code(force.id) or _FORCE_CODES.get(force.id, force.id[:3].title())
        line = _line(names, dots, "force", force.id, force.name)
        url = force.url if to_pages else line.url
        dots_here = line.dots if len(line.dots) <= MOST_IN_A_SQUARE else ()
        lines.append(replace(line, url=url, dots=dots_here, code=code, column=force.column, row=force.row))
    about = _("Forces are never ranked: a force that more people write about isn’t worse than one that fewer do.")
    return Chart("forces", _("Where it happened"), about, "tiles", lines)


def _of_stories(names: NamedLists, dots: Dots, facet: str, title: str, about: str) -> Chart:
    lines = [_line(names, dots, facet, slug, words) for slug, words in BY_NAME[facet].options(names).items()]
    if facet == "year":
        # Years in which nobody told the police say nothing before the first that has a story.
        while len(lines) > 1 and not lines[-1].count:
            lines.pop()
    most = max((line.count for line in lines if isinstance(line.count, int)), default=0) or 1
    lines = [replace(line, percent=0 if isinstance(line.count, str) else 100 * line.count / most) for line in lines]
    return Chart(f"stories-by-{facet}", title, about, "dots" if has_dots() else "bars", lines)


def has_dots() -> bool:
    return marked_sets.current_sets().everything.bit_count() <= MOST_DOTS


def _line(names: NamedLists, dots: Dots, facet: str, slug: str, words: str) -> Line:
    wanted = StoryFilter.of(names, **{facet: slug})
    found, every = wanted.matching(), marked_sets.current_sets().everything.bit_count()
    places = marked_sets.newest_places(found, most=MOST_DOTS) if dots else []
    its_dots = [dots[place] for place in places if place in dots]
    pattern = patterns.pattern_of(slug) if facet == "theme" else None
    page = pattern.url if pattern else ""
    return Line(slug, words, found.bit_count(), every, url=wanted.url(), page=page, dots=its_dots)


def make_newest_release() -> Release | None:
    return ReleasedAnswers.objects.order_by("-release").values_list("tables", flat=True).first()


def newest_release() -> Release | None:
    found: Release | None = snapshot.get_built("answers")
    return found


def release_charts(release: Release | None, names: NamedLists) -> list[Chart]:
    """The charts of a release, one for each question; tables of two questions are in its files alone."""
    if release is None:
        return []
    said = _("As it was released for %(months)s: too few people were added since to show other numbers.")
    found = []
    for table in (table for table in table_spec.released_tables() if not table.is_pair):
        kept = release["numbers"].get(table.name, {})
        chart = _of_answers(table, {name: kept.get(name, UNSHOWN) for name in table.names}, names)
        since = release["since"].get(table.name, "")
        if since not in ("", release["release"]):
            # It repeats an earlier one.
            chart = replace(chart, about=f"{chart.about} {said % {'months': counts.quarter_months(since)}}")
        found.append(chart)
    return found


def _of_answers(table: Table, numbers: Numbers, names: NamedLists) -> Chart:
    question, base = table.questions[0], numbers[table.name]
    listed: Mapping[str, str] = names.outcomes if question.name == "outcome" else {}
    words = {slug: listed.get(slug) or _(said) for slug, said in question.answers}
    lines = []
    for slug, cell in zip(question.slugs, table.cells, strict=True):
        shown = numbers[cell]
        percent = 100 * shown / base if isinstance(shown, int) and isinstance(base, int) and base else 0
        lines.append(Line(slug, words[slug], shown, base, min(percent, 100)))
    about = _("Of %(number)s people who answered this question.") % {"number": counts.cell_words(base)}
    if question.takes_many:
        about += " " + _("One person could tick several answers.")
    note = _("“Not shown” hides a number so that none beside it can be worked out.")
    is_noted = UNSHOWN in numbers.values()
    name = f"answers-{table.name.replace('_', '-')}"
    return Chart(name, _(question.words), about, "bars", lines, note if is_noted else "")
