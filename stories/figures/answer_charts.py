"""The charts of what people answered, from the newest release alone: rounded and hidden before they came here."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _, gettext_lazy

from stories.core import snapshot
from stories.core.named_lists import NamedLists
from stories.figures import charts, counts, disclosure_control, svg_drawing, table_spec
from stories.figures.charts import Chart
from stories.figures.disclosure_control import UNSHOWN, Cell
from stories.figures.svg_drawing import Line
from stories.figures.table_spec import Numbers, Question, Release, Table
from stories.models import ReleasedAnswers

NAME = "answers"
# What an answer was about, in a sentence that sets it beside the answer to another question.
_SUBJECTS = {
    "knew_law": gettext_lazy("about the law"),
    "dignity": gettext_lazy("about dignity"),
    "outcome": gettext_lazy("about what came of it"),
    "stopped_why": gettext_lazy("about why they stopped"),
}


def make_newest_release() -> Release | None:
    """The newest release, for each edition."""
    newest = ReleasedAnswers.objects.order_by("-release").first()
    return newest.tables if newest else None


def newest_release() -> Release | None:
    """The last release, from the edition; None before the first."""
    found: Release | None = snapshot.get_built(NAME)
    return found


def release_charts(release: Release | None, names: NamedLists, *, of_pairs: bool) -> list[Chart]:
    """The charts of a release: of the tables of one question by another, or of each question by itself."""
    if release is None:
        return []
    draw = _crossed if of_pairs else _one_way
    said = _("As it was released for %(months)s: too few people were added since to show other numbers.")
    found = []
    for table in (table for table in table_spec.released_tables() if table.is_pair == of_pairs):
        kept: Numbers = release["numbers"].get(table.name, {})
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
    name, lines = f"answers-{table.name.replace('_', '-')}", [_line(said, shown, base) for said, shown in counted]
    sentence = charts.most_counted(
        ((charts.quoted_words(said), shown) for said, shown in counted),
        one=_("%(share)s of those who answered chose %(words)s."),
        equal=_("%(words)s were chosen most often, each by %(share)s of those who answered."),
        none=_("No answer stands out: several were chosen equally often, each by %(share)s of those who answered."),
        few=_("Too few people have answered this yet for a sentence about them."),
        read=lambda most: _share(most, base),
    )
    made = charts.bar_chart(name, _(question.words), lines, counted=_("People"), sentence=sentence, about=about)
    return replace(made, note=_note(numbers))


def _line(words: str, shown: Cell, base: Cell = UNSHOWN) -> Line:
    """A number, as a part of its base where it has one."""
    width = 100 * shown / base if isinstance(shown, int) and isinstance(base, int) and base else 0
    return Line(words, counts.cell_words(shown), min(width, 100), charts.fill_level(shown), share=_share(shown, base))


def _share(shown: Cell, base: Cell) -> str:
    return counts.percentage_words(disclosure_control.publishable_percentage(shown, base))


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
        (said, [_line(f"{said}: {words}", cells[row, at]) for at, words in columns.items()])
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
    return charts.most_counted(
        ((said % {**about, "row": row, "column": at}, shown) for row, at, shown in cells),
        one=_("Most often, %(words)s: about %(number)s people gave both answers."),
        equal=_("Most often, %(words)s: about %(number)s people gave each of these pairs of answers."),
        none=_("No pair of answers stands out: several were given equally often, each by about %(number)s people."),
        few=_("Too few people have answered both questions yet for a sentence about them."),
        read=counts.whole_number,
    )
