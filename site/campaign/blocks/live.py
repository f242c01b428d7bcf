"""Blocks that fill themselves from what is kept elsewhere: help lines, the law, and figures that nobody types."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from campaign import help_lines, law, site_chrome
from campaign.blocks.words import TextBlock, WithContext, block_meta
from campaign.editing import LABELS
from stories.core import lifecycle, rendering, tables
from stories.figures import counts, transparency
from stories.intake.other_languages import languages_read

AUDIENCES = [("all", "Everybody"), ("adults", "Adults"), ("under-18", "Under 18s")]


class HelpLinesBlock(WithContext, blocks.StructBlock):
    """The help lines for somebody, with those that are open marked: a few in the open, the others folded by where."""

    audience = blocks.ChoiceBlock(choices=AUDIENCES, default="all", label="For whom")

    Meta = block_meta("help_lines")

    def extra_context(self, value: blocks.StructValue, around: dict[str, object]) -> dict[str, object]:
        shown, folds = help_lines.help_lines_in_folds(site_chrome.lines_for(value["audience"]))
        return {"shown": shown, "folds": folds}


class HelpLineBlock(WithContext, blocks.StructBlock):
    """One help line with its number of today, after a sentence; nothing where it isn't shown any more."""

    words = blocks.CharBlock(max_length=300, **LABELS["HelpLineBlock.words"])
    line = blocks.ChoiceBlock(choices=site_chrome.line_names, label="Help line")

    Meta = block_meta("help_line")

    def extra_context(self, value: blocks.StructValue, around: dict[str, object]) -> dict[str, object]:
        return {"line": site_chrome.line_named(value["line"])}


class LanguageReadBlock(WithContext, blocks.StructBlock):
    """What becomes of an account in the page's language: which of two sentences is true is never typed."""

    read = TextBlock(**LABELS["LanguageReadBlock.read"])
    unread = TextBlock(**LABELS["LanguageReadBlock.unread"])

    Meta = block_meta("language_read")

    def extra_context(self, value: blocks.StructValue, around: dict[str, object]) -> dict[str, object]:
        is_read = getattr(around.get("page"), "language", "") in languages_read()
        return {"value": value["read" if is_read else "unread"]}


class LanguagesBlock(blocks.StaticBlock):
    """The pages in other languages, each by its own name."""

    Meta = block_meta("languages")


class LawBlock(WithContext, blocks.StaticBlock):
    """A form for a day and a nation, and under it the offences of then and there; of today where nothing is asked."""

    Meta = block_meta("law")

    def extra_context(self, value: object, around: dict[str, object]) -> dict[str, object]:
        choice = law.law_choice(getattr(around.get("request"), "GET", {}), lifecycle.today())
        places = law.law_by_place(choice.first, choice.last, where=choice.where)
        nations = [(slug, name, slug == choice.where) for slug, name in law.PLACES.items()]
        return {"choice": choice, "nations": nations, "places": places}


class FiguresBlock(WithContext, blocks.StaticBlock):
    """The course of the work, quarter by quarter; the numbers come from what was released, and nobody types one."""

    Meta = block_meta("figures")

    def extra_context(self, value: object, around: dict[str, object]) -> dict[str, object]:
        return {"quarters": transparency.shown_figures()}


class NamedFigureBlock(WithContext, blocks.StructBlock):
    """One figure of the published stories, as it stands on the day the page is read."""

    figure = blocks.ChoiceBlock(choices=counts.figure_choices, **LABELS["NamedFigureBlock.figure"])

    Meta = block_meta("named_figure")

    def extra_context(self, value: blocks.StructValue, around: dict[str, object]) -> dict[str, object]:
        # None where a list lost what the figure is of: then the block shows nothing.
        return {"figure": counts.named_figure(value.get("figure") or "")}


# What fits on one side of A5 beside the offences of every nation, as the print style sets it.
MOST_LETTERS = 1400


class LinesBlock(blocks.StructBlock):
    """A part of the card: what to do, one line for each deed."""

    heading = blocks.CharBlock(label="Heading", max_length=50)
    lines = blocks.ListBlock(blocks.CharBlock(label="Line", max_length=160), label="Lines", max_num=8)

    Meta = block_meta("lines")


class SayingBlock(blocks.StructBlock):
    say = blocks.ListBlock(blocks.CharBlock(max_length=120), label="Say", max_num=6)
    never = blocks.ListBlock(blocks.CharBlock(max_length=120), label="Never say", max_num=6)

    Meta = block_meta("saying")


class OffencesBlock(WithContext, blocks.StaticBlock):
    Meta = block_meta("offences")

    def extra_context(self, value: object, around: dict[str, object]) -> dict[str, object]:
        today = lifecycle.today()
        return {"places": law.law_by_place(today, today, where=str(around.get("where", "")))}


class CardBody(blocks.StreamBlock):
    part = LinesBlock()
    offences = OffencesBlock()
    saying = SayingBlock()

    class Meta:
        block_counts = {"offences": {"min_num": 1, "max_num": 1}, "saying": {"max_num": 1}, "part": {"max_num": 6}}

    def clean(self, value: object) -> object:
        cleaned = super().clean(value)
        over = sum(map(len, rendering.words_within(cleaned))) - MOST_LETTERS
        if over > 0:
            said = f"The card has to fit on one side of A5. Take out about {over} letters."
            raise StreamBlockValidationError(non_block_errors=[ValidationError(said)])
        return cleaned


# By its number: `name`, `level`, `state`, and where it is about something `checked` and `says`.
CRITERIA: dict[str, dict[str, Any]] = tables.read(__file__, "wcag.toml")
_STATES = {"met": _("Met"), "partly": _("Met in part"), "not": _("Not met"), "nothing": _("Not about anything here")}
_CHECKED = {
    "machine": _("by machine"),
    "keyboard": _("by keyboard"),
    "transcript": _("by transcript"),
    "nobody": _("by nobody yet"),
}


class CriteriaBlock(WithContext, blocks.StaticBlock):
    """The 55 criteria of WCAG 2.2, levels A and AA: which are met, and who looked. From `wcag.toml`."""

    Meta = block_meta("criteria")

    def extra_context(self, value: object, around: dict[str, object]) -> dict[str, object]:
        rows = [row | {"number": number} for number, row in CRITERIA.items()]
        counts = {state: sum(row["state"] == state for row in rows) for state in _STATES}
        told = [row | {"how": _joined(row), "result": _STATES[row["state"]]} for row in rows if "checked" in row]
        rest = [row for row in rows if row["state"] == "nothing"]
        return {"counts": counts, "told": told, "rest": rest, "all": len(rows)}


def _joined(row: Mapping[str, Sequence[str]]) -> str:
    return ", ".join(str(_CHECKED[how]) for how in row["checked"])
