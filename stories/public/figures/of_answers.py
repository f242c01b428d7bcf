"""The charts of what people answered, from the newest release alone: rounded and hidden before they came here."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from stories.models import ReleasedAnswers
from stories.public import edition, small_numbers
from stories.public.figures import answer_words, asked, charts, drawing, in_words
from stories.public.figures.asked import Table
from stories.public.figures.charts import Chart
from stories.public.figures.drawing import Line
from stories.public.figures.tables import Numbers
from stories.public.named_lists import NamedLists
from stories.public.small_numbers import UNSHOWN, Cell

NAME = "answers"


def make() -> dict[str, Any] | None:
    """The newest release, for each edition."""
    newest = ReleasedAnswers.objects.order_by("-release").first()
    return newest.tables if newest else None


def newest() -> dict[str, Any] | None:
    """What was released last, from the edition; None before the first release."""
    found: dict[str, Any] | None = edition.made(NAME)
    return found


def people(release: Mapping[str, Any] | None) -> str:
    """How many people a release is of, in words."""
    return in_words.cell(release["people"] if release else small_numbers.FEW)


def months(release: Mapping[str, Any] | None) -> str:
    """The months that a release closes with, in words; empty before the first."""
    return in_words.quarter(release["release"]) if release else ""


def headline_charts(release: Mapping[str, Any], names: NamedLists) -> list[Chart]:
    """The two tables of one question by another."""
    pairs = (table for table in asked.tables() if table.is_pair)
    return [_dated(_crossed(table, _numbers(release, table), names), release, table) for table in pairs]


def one_way_charts(release: Mapping[str, Any], names: NamedLists) -> list[Chart]:
    """One chart for each question that is counted."""
    alone = (table for table in asked.tables() if not table.is_pair)
    return [_dated(_one_way(table, _numbers(release, table), names), release, table) for table in alone]


def _dated(chart: Chart, release: Mapping[str, Any], table: Table) -> Chart:
    """Say of a table that repeats an earlier release from which one it is."""
    since = release["since"].get(table.name, "")
    if since in ("", release["release"]):
        return chart
    said = _("As it was released for %(months)s: too few people were added since to show other numbers.")
    return replace(chart, about=f"{chart.about} {said % {'months': in_words.quarter(since)}}")


def _numbers(release: Mapping[str, Any], table: Table) -> Numbers:
    found: Numbers = release["numbers"].get(table.name, {})
    return {name: found.get(name, UNSHOWN) for name in (table.name, *table.cells)}


# --- One question ---------------------------------------------------------------------------


def _one_way(table: Table, numbers: Numbers, names: NamedLists) -> Chart:
    question, base = table.questions[0], numbers[table.name]
    words = answer_words.of(question, names)
    lines = [_line(words[slug], numbers[cell], base) for slug, cell in zip(question.slugs, table.lines[0], strict=True)]
    about = _("Of %(number)s people who answered this question.") % {"number": in_words.cell(base)}
    if question.takes_many:
        about += " " + _("One person could tick several answers.")
    made = charts.of_bars(
        f"answers-{table.name.replace('_', '-')}",
        _(question.words),
        lines,
        counted=_("People"),
        sentence=_first(lines),
        about=about,
    )
    return replace(made, note=_as_shown(numbers))


def _line(words: str, shown: Cell, base: Cell) -> Line:
    percent = small_numbers.percentage(shown, base)
    width = 100 * shown / base if isinstance(shown, int) and isinstance(base, int) and base else 0
    return Line(words, in_words.cell(shown), min(width, 100), charts.level(shown), share=in_words.percentage(percent))


def _first(lines: list[Line]) -> str:
    """What most people answered; of two answers that look alike, both."""
    most = max((line.percent for line in lines), default=0)
    first = [line for line in lines if line.percent == most]
    if not first or not first[0].share:
        return _("Too few people have answered this yet for a sentence about them.")
    said = {"share": first[0].share, "words": first[0].words, "other": first[-1].words}
    if len(first) == 2:
        return _("%(share)s of those who answered chose “%(words)s”, and as many “%(other)s”.") % said
    return _("%(share)s of those who answered chose “%(words)s”.") % said


def _as_shown(numbers: Numbers) -> str:
    if UNSHOWN not in numbers.values():
        return ""
    return _("“Not shown” hides a number so that none beside it can be worked out.")


# --- One question by another ----------------------------------------------------------------


def _crossed(table: Table, numbers: Numbers, names: NamedLists) -> Chart:
    """A square for each pair of answers; the question with fewer answers lies across."""
    down, across = table.questions
    cells = {
        (row, column): numbers[cell]
        for row, line in zip(down.slugs, table.lines, strict=True)
        for column, cell in zip(across.slugs, line, strict=True)
    }
    if len(across.slugs) > len(down.slugs):
        down, across = across, down
        cells = {(column, row): shown for (row, column), shown in cells.items()}
    rows, columns = answer_words.of(down, names), answer_words.of(across, names)
    return Chart(
        name=f"answers-{table.name.replace(' ', '-by-').replace('_', '-')}",
        title=_("“%(first)s” beside “%(second)s”") % {"first": _(down.words), "second": _(across.words)},
        sentence=_most_often(cells, rows, columns),
        about=_why(table)
        + _("Each square is how many people gave both answers. Of %(number)s who answered both questions.")
        % {"number": in_words.cell(numbers[table.name])},
        kind="crossed",
        drawing=drawing.crossed(_squares(cells, rows, columns)),
        head=["", *columns.values()],
        rows=[[words, *(in_words.cell(cells[row, column]) for column in columns)] for row, words in rows.items()],
        note=_as_shown(numbers),
        key=list(columns.values()),
    )


def _why(table: Table) -> str:
    """Why these two questions stand beside each other."""
    if table.name == "knew_law dignity":
        said = _(
            "A force that later said sorry had treated somebody with dignity, and its officers did not know the law. "
            "People can get one without the other, so we ask for both."
        )
    else:
        said = _("People stop for reasons, and some of these the police can change.")
    return f"{said} "


def _squares(
    cells: Mapping[tuple[str, str], Cell], rows: Mapping[str, str], columns: Mapping[str, str]
) -> list[tuple[str, list[Line]]]:
    return [
        (
            words,
            [
                Line(
                    f"{words}: {columns[column]}",
                    in_words.cell(cells[row, column]),
                    0,
                    charts.level(cells[row, column]),
                )
                for column in columns
            ],
        )
        for row, words in rows.items()
    ]


def _most_often(cells: Mapping[tuple[str, str], Cell], rows: Mapping[str, str], columns: Mapping[str, str]) -> str:
    shown = {place: cell for place, cell in cells.items() if isinstance(cell, int)}
    if not shown:
        return _("Too few people have answered both questions yet for a sentence about them.")
    row, column = max(shown, key=lambda place: shown[place])
    said = _("Given together most often: “%(row)s” with “%(column)s”, by about %(number)s people.")
    return said % {"row": rows[row], "column": columns[column], "number": in_words.cell(shown[row, column])}
