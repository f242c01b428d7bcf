"""A chart: the sentence it makes, the drawing, and the table of the same numbers, which is its CSV too.

Those of published stories, which anybody can count: where, what came of it, what about, when. Those of answers are of
the newest release alone, rounded and hidden before they came here.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from stories.core import snapshot
from stories.core.named_lists import NamedLists
from stories.figures import counts, svg_drawing, table_spec
from stories.figures.counts import StoryCount
from stories.figures.disclosure_control import SMALLEST_SHOWN, UNSHOWN, Cell, publishable_percentage
from stories.figures.svg_drawing import Drawing, Line
from stories.figures.table_spec import Numbers, Question, Release, Table
from stories.models import ReleasedAnswers
from stories.reading.facets import BY_NAME

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
    rows: Sequence[Sequence[object]]
    note: str = ""
    # What paper says instead of a table that is too long for it.
    on_paper: str = ""
    # Of a crossed table: what the numbers over its columns stand for.
    key: Sequence[str] = ()

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
    """The filling of a number: in three steps that don’t change with the numbers, and hatched where it is hidden."""
    if isinstance(number, str) or number < SMALLEST_SHOWN:
        return "hidden"
    return "few" if number < 30 else "some" if number < 100 else "many"


def most_counted(
    counted: Iterable[tuple[str, Cell]], *, one: str, equal: str, none: str, few: str, read: Callable[[int], str]
) -> str:
    """A sentence that names what was counted most often, or two or three that are equal; of more it is `none`.

    It has %(words)s, and the number as `read` tells it as %(number)s. Hidden numbers are passed over: `few` where none
    is left, or `read` has no words for it.
    """
    shown = [(words, number) for words, number in counted if isinstance(number, int) and number >= SMALLEST_SHOWN]
    most = max((number for _words, number in shown), default=0)
    said = read(most) if most else ""
    if not said:
        return few
    named = [words for words, number in shown if number == most]
    template = one if len(named) == 1 else equal if len(named) <= _MOST_NAMED else none
    return capfirst(template % {"words": joined_words(named), "number": said, "share": said})


def quoted_words(words: str) -> str:
    """The words in quotation marks; in one pair, where they are somebody's words already."""
    return _("“%(words)s”") % {"words": words.strip("“”")}


def joined_words(words: Sequence[str]) -> str:
    """“A”, “B” and “C”, as the page’s language joins them."""
    return get_text_list(list(words), _("and"))


_DATA = Path(__file__).resolve().parent.parent / "data"
# Three letters for each police force, no two alike, for a square of the map; its whole name stands beside it. A force
# that is newer than this list has the first of its id.
_FORCE_CODES: dict[str, str] = {
    force["id"]: force["code"] for force in json.loads((_DATA / "forces.json").read_text(encoding="utf-8"))
}


# The themes that say what happened; the others say only what a story is about, and make no headline.
FINDINGS = frozenset((
    "knew-the-law", "did-not-know-the-law", "believed", "not-believed", "evidence-lost", "evidence-kept", "blame",
    "informed", "left-without-news", "told-civil-matter",
))  # fmt: skip


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
    found = [(force, counts.count_stories(names, force.name, force=force.id)) for force in names.real_forces]
    placed = []
    for force, each in found:
        code = _FORCE_CODES.get(force.id, force.id[:3].title())
        placed.append((_line(each, url=force.url if to_pages else each.url), code, force.column, force.row))
    by_name = sorted((line for line, *_place in placed), key=lambda line: line.words)
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
    return said % {"forces": joined_words(shown)}


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
    options = BY_NAME[facet].options(names)
    found = [counts.count_stories(names, words, **{facet: slug}) for slug, words in options.items()]
    highest = max((each.stories for each in found), default=0)
    lines = [_line(each, most=highest) for each in found]
    # A topic that is told most often would read as what happened most often.
    named = (each for each in found if facet != "theme" or each.slug in FINDINGS)
    said = most_counted(
        ((quoted_words(each.words), each.stories) for each in named),
        one=_("Told most often: %(words)s, in %(number)s stories."),
        equal=_("Told most often: %(words)s, in %(number)s stories each."),
        none=_("None of these stands out: several are told equally often, in %(number)s stories each."),
        few=_("There are too few stories yet to say what most of them tell."),
        read=counts.whole_number,
    )
    return bar_chart(f"stories-by-{facet}", title, lines, counted=_("Stories"), sentence=said, about=about)


def _line(each: StoryCount, *, most: int = 0, url: str = "") -> Line:
    percent = 100 * each.stories / most if most and each.stories >= SMALLEST_SHOWN else 0
    return Line(each.words, each.value, percent, fill_level(each.stories), url or each.url)


# What an answer was about, in a sentence that sets it beside the answer to another question.
_SUBJECTS = {
    "knew_law": gettext_lazy("about the law"),
    "dignity": gettext_lazy("about dignity"),
    "outcome": gettext_lazy("about what came of it"),
    "stopped_why": gettext_lazy("about why they stopped"),
}


def make_newest_release() -> Release | None:
    """The newest release, for each edition."""
    return ReleasedAnswers.objects.order_by("-release").values_list("tables", flat=True).first()


def newest_release() -> Release | None:
    """The last release, from the edition; None before the first."""
    found: Release | None = snapshot.get_built("answers")
    return found


def release_charts(release: Release | None, names: NamedLists) -> list[Chart]:
    """The charts of a release: of the tables of one question by another, then of each question by itself."""
    if release is None:
        return []
    said = _("As it was released for %(months)s: too few people were added since to show other numbers.")
    found = []
    for table in sorted(table_spec.released_tables(), key=lambda table: not table.is_pair):
        draw, kept = _crossed if table.is_pair else _one_way, release["numbers"].get(table.name, {})
        chart = draw(table, {name: kept.get(name, UNSHOWN) for name in table.names}, names)
        since = release["since"].get(table.name, "")
        if since not in ("", release["release"]):
            # It repeats an earlier one.
            chart = replace(chart, about=f"{chart.about} {said % {'months': counts.quarter_months(since)}}")
        found.append(chart)
    return found


def _answers(question: Question, names: NamedLists) -> dict[str, str]:
    """The answers of a question in the language of the page, by slug."""
    listed: Mapping[str, str] = names.outcomes if question.name == "outcome" else {}
    return {slug: listed.get(slug) or _(words) for slug, words in question.answers}


def _one_way(table: Table, numbers: Numbers, names: NamedLists) -> Chart:
    question, base = table.questions[0], numbers[table.name]
    words = _answers(question, names)
    counted = [(words[slug], numbers[cell]) for slug, cell in zip(question.slugs, table.lines[0], strict=True)]
    about = _("Of %(number)s people who answered this question.") % {"number": counts.cell_words(base)}
    if question.takes_many:
        about += " " + _("One person could tick several answers.")
    name, lines = (
        f"answers-{table.name.replace('_', '-')}",
        [_answer_line(said, shown, base) for said, shown in counted],
    )
    sentence = most_counted(
        ((quoted_words(said), shown) for said, shown in counted),
        one=_("%(share)s of those who answered chose %(words)s."),
        equal=_("%(words)s were chosen most often, each by %(share)s of those who answered."),
        none=_("No answer stands out: several were chosen equally often, each by %(share)s of those who answered."),
        few=_("Too few people have answered this yet for a sentence about them."),
        read=lambda most: _share(most, base),
    )
    made = bar_chart(name, _(question.words), lines, counted=_("People"), sentence=sentence, about=about)
    return replace(made, note=_note(numbers))


def _answer_line(words: str, shown: Cell, base: Cell = UNSHOWN) -> Line:
    """A number, as a part of its base where it has one."""
    width = 100 * shown / base if isinstance(shown, int) and isinstance(base, int) and base else 0
    return Line(words, counts.cell_words(shown), min(width, 100), fill_level(shown), share=_share(shown, base))


def _share(shown: Cell, base: Cell) -> str:
    return counts.percentage_words(publishable_percentage(shown, base))


def _note(numbers: Numbers) -> str:
    said = _("“Not shown” hides a number so that none beside it can be worked out.")
    return said if UNSHOWN in numbers.values() else ""


def _crossed(table: Table, numbers: Numbers, names: NamedLists) -> Chart:
    """A square for each pair of answers. The question with fewer answers lies across."""
    cells = {(row, at): numbers[f"{row} {at}"] for row, at in (cell.split(" ") for cell in table.cells)}
    down, across = table.questions
    if len(across.slugs) > len(down.slugs):
        down, across = across, down
        cells = {(column, row): shown for (row, column), shown in cells.items()}
    rows = {f"{down.name}.{slug}": words for slug, words in _answers(down, names).items()}
    columns = {f"{across.name}.{slug}": words for slug, words in _answers(across, names).items()}
    if table.name == "knew_law dignity":
        why = _(
            "A force that later said sorry had treated somebody with dignity, and its officers did not know the law. "
            "People can get one without the other, so we ask for both."
        )
    else:
        why = _("People stop for reasons, and some of these the police can change.")
    drawn = [
        (said, [_answer_line(f"{said}: {words}", cells[row, at]) for at, words in columns.items()])
        for row, said in rows.items()
    ]
    about = _("Each square is how many people gave both answers. Of %(number)s who answered both questions.")
    return Chart(
        name=f"answers-{table.name.replace(' ', '-by-').replace('_', '-')}",
        title=_("“%(first)s” beside “%(second)s”") % {"first": _(down.words), "second": _(across.words)},
        sentence=_most_often(
            down, across, [(rows[row], columns[at], cells[row, at]) for row in rows for at in columns]
        ),
        about=f"{why} " + about % {"number": counts.cell_words(numbers[table.name])},
        kind="crossed",
        drawing=svg_drawing.draw_crossed(drawn),
        head=["", *columns.values()],
        rows=[[said, *(counts.cell_words(cells[row, at]) for at in columns)] for row, said in rows.items()],
        note=_note(numbers),
        key=list(columns.values()),
    )


def _most_often(down: Question, across: Question, cells: Sequence[tuple[str, str, Cell]]) -> str:
    """The two answers that were given together most often, each with what it was asked about."""
    said = _("“%(row)s” %(row_about)s came with “%(column)s” %(column_about)s")
    # As in "“Some did” about the law"; of a question that has no short name, its own words.
    row_about, column_about = (_SUBJECTS.get(each.name) or f"({_(each.words)})" for each in (down, across))
    about = {"row_about": row_about, "column_about": column_about}
    return most_counted(
        ((said % {**about, "row": row, "column": at}, shown) for row, at, shown in cells),
        one=_("Most often, %(words)s: about %(number)s people gave both answers."),
        equal=_("Most often, %(words)s: about %(number)s people gave each of these pairs of answers."),
        none=_("No pair of answers stands out: several were given equally often, each by about %(number)s people."),
        few=_("Too few people have answered both questions yet for a sentence about them."),
        read=counts.whole_number,
    )
