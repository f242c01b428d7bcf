"""What goes out of a story and of a figure: the one list behind every file, its description and the page about it.

Whatever stands in no list here goes nowhere: a test holds the columns of the tables against it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from stories import below_the_text
from stories.models import Letter, ReleasedAnswers, ReleasedFigures, Response, Story, TakeDownRequest
from stories.public import facts, responses
from stories.public.facets import BY_NAME
from stories.public.named_lists import NamedLists
from stories.public.open_data import links, terms

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Kind(StrEnum):
    """What may stand in a field."""

    TEXT = "text"
    SLUG = "slug"
    SLUGS = "slugs"
    MONTH = "month"
    ADDRESS = "address"
    NUMBER = "number"
    DAY = "day"
    IDS = "ids"


WORDS_OF_KINDS = {
    Kind.TEXT: _("text"),
    Kind.SLUG: _("one of a list"),
    Kind.SLUGS: _("any of a list"),
    Kind.MONTH: _("month"),
    Kind.ADDRESS: _("address"),
    Kind.NUMBER: _("whole number"),
    Kind.DAY: _("day"),
    Kind.IDS: _("any number of ids"),
}


@dataclass(frozen=True)
class Field:
    """One field; of a story, `columns` are what it is made of, and it is either a facet or the words of a column."""

    name: str
    kind: Kind
    about: "StrPromise"
    columns: tuple[str, ...] = ()
    words: Callable[[Any], str | list[str]] = lambda story: ""
    # What stands in every row alike.
    same: Callable[[], str] | None = None
    facet: str = ""
    choices: Mapping[str, "StrPromise"] = field(default_factory=dict)
    may_be_empty: bool = True
    # Somebody's own words, which have terms of their own.
    is_told: bool = False
    # A feed is kept by its readers for good, so it carries the first lines alone; the files carry the whole.
    is_in_files: bool = True
    is_in_feed: bool = True

    def options(self, names: NamedLists) -> Mapping[str, str]:
        """What it may be, in words by slug; empty where that is no list."""
        if self.facet:
            return BY_NAME[self.facet].options(names)
        return {slug: str(words) for slug, words in self.choices.items()}


STORY = (
    Field(
        "id",
        Kind.TEXT,
        _("Twelve letters and digits that name the story for good. They say nothing about it."),
        columns=("slug",),
        words=lambda story: story.slug,
        may_be_empty=False,
    ),
    Field(
        "url",
        Kind.ADDRESS,
        _("The permanent link to the story: what to cite, and where to see if it is still up."),
        columns=("slug",),
        words=lambda story: links.of_story(story.slug),
        may_be_empty=False,
    ),
    Field(
        "month",
        Kind.MONTH,
        _("The month it went up here. Nothing finer is public."),
        columns=("month",),
        words=lambda story: f"{story.month:%Y-%m}" if story.month else "",
        may_be_empty=False,
    ),
    Field(
        "corrected",
        Kind.MONTH,
        _("The month of its last correction, if it has had one."),
        columns=("edited_month",),
        words=lambda story: f"{story.edited_month:%Y-%m}" if story.edited_month else "",
    ),
    Field(
        "title",
        Kind.TEXT,
        _("Its title."),
        columns=("title",),
        words=lambda story: story.title,
        is_told=True,
    ),
    Field(
        "opening",
        Kind.TEXT,
        _("Its first lines."),
        columns=("text",),
        words=lambda story: story.opening,
        is_told=True,
        may_be_empty=False,
        is_in_files=False,
    ),
    Field(
        "text",
        Kind.TEXT,
        _("The whole story, as two moderators agreed on it. A blank line parts its paragraphs."),
        columns=("text",),
        words=lambda story: story.text,
        is_told=True,
        may_be_empty=False,
        is_in_feed=False,
    ),
    Field(
        "differently",
        Kind.TEXT,
        _("What its contributor says the police should have done differently."),
        columns=("differently",),
        words=lambda story: story.differently,
        is_told=True,
        is_in_feed=False,
    ),
    Field(
        "well",
        Kind.TEXT,
        _("What its contributor says was done well."),
        columns=("well",),
        words=lambda story: story.well,
        is_told=True,
        is_in_feed=False,
    ),
    Field(
        "place_shown",
        Kind.SLUG,
        _("How much about where its contributor chose to show."),
        columns=("place_shown",),
        words=lambda story: story.place_shown or "nothing",
        choices={
            "force": _("The force"),
            "region": _("Only the region"),
            "nation": _("Only the nation"),
            "nothing": _("Nothing"),
        },
        may_be_empty=False,
        is_in_feed=False,
    ),
    Field("force", Kind.SLUG, _("The police force, where it is shown."), columns=("force",), facet="force"),
    Field(
        "region",
        Kind.SLUG,
        _("The region, where it is shown: that of the force, where a force is."),
        columns=("region", "force"),
        facet="region",
    ),
    Field(
        "nation",
        Kind.SLUG,
        _("The nation, where it is shown."),
        columns=("nation", "force"),
        facet="nation",
    ),
    Field("year", Kind.SLUG, _("The year they first told the police."), columns=("year",), facet="year"),
    Field("outcome", Kind.SLUG, _("What came of the report."), columns=("outcome",), facet="outcome"),
    Field("themes", Kind.SLUGS, _("What the story is about."), columns=("themes",), facet="theme"),
    Field(
        "content_notes",
        Kind.SLUGS,
        _("What it mentions, so that a reader can choose."),
        columns=("content_notes",),
        facet="without",
    ),
    Field(
        "says",
        Kind.SLUGS,
        _("Which of the two it says beside its text: what should have been done differently, what was done well."),
        columns=below_the_text.NAMES,
        facet="says",
    ),
    Field(
        "responded",
        Kind.SLUGS,
        _("Whether the force that it names answered it, has said something in public, or was asked."),
        columns=("force", "is_answered"),
        facet="responded",
    ),
    Field(
        "responses",
        Kind.IDS,
        _("The answers of its force to this very story, by their ids in responses.csv."),
        columns=("is_answered", "force", "slug"),
        words=responses.slugs_to,
        is_in_feed=False,
    ),
    Field(
        "uses",
        Kind.SLUGS,
        _("What its contributor said yes to, besides that it stands here."),
        columns=("may_quote", "may_train"),
        words=facts.uses,
        choices=facts.USES,
        is_in_feed=False,
    ),
    Field(
        "terms",
        Kind.TEXT,
        _("How it may be used, and what it is not: in every row, so that a row keeps it."),
        same=terms.in_a_row,
        may_be_empty=False,
        is_in_feed=False,
    ),
)
IN_FILES = tuple(each for each in STORY if each.is_in_files)
IN_FEED = tuple(each for each in STORY if each.is_in_feed)

# One cell of a released table to a row: tables of every shape lie in one file, and none can lose its caution.
FIGURE = (
    Field("release", Kind.TEXT, _("The quarter whose release it is of, such as 2026-Q4."), may_be_empty=False),
    Field("since", Kind.TEXT, _("The release that these numbers were first shown in; empty if none was yet.")),
    Field("table", Kind.TEXT, _("The short name of its table."), may_be_empty=False),
    Field("about", Kind.TEXT, _("What the table says, in words."), may_be_empty=False),
    Field("row", Kind.TEXT, _("The short name of its row; empty for the total of all rows.")),
    Field("row_words", Kind.TEXT, _("The row, in words."), may_be_empty=False),
    Field("column", Kind.TEXT, _("The short name of its column, in a table that has columns; empty for their total.")),
    Field("column_words", Kind.TEXT, _("The column, in words.")),
    Field("number", Kind.NUMBER, _("The number as it was made public; empty where it is hidden.")),
    Field(
        "shown_as",
        Kind.SLUG,
        _("How the number is to be read."),
        choices={
            "nearest-5": _("People, to the nearest five"),
            "fewer-than-10": _("Hidden: fewer than ten people, which may be none"),
            "not-shown": _("Hidden, so that another hidden number can’t be worked out"),
            "whole": _("A whole number, as it is"),
            "percent": _("A percentage"),
            "under": _("A percentage under this one"),
            "over": _("A percentage over this one"),
        },
        may_be_empty=False,
    ),
    Field("terms", Kind.TEXT, _("How it may be used, and what it is not."), may_be_empty=False),
)

# What pages show and no file holds: the place in the order (an address has it as a code), whether a gone story’s
# address names a legal reason, and of a force’s objection that it was withheld for what that says.
_ON_PAGES_ALONE: dict[type[Model], set[str]] = {
    Story: {"sequence", "is_withheld"},
    TakeDownRequest: {"story", "force", "ground", "settled_on", "is_upheld"},
    ReleasedAnswers: {"checksum"},
}
_IN_FIGURES: dict[type[Model], set[str]] = {
    ReleasedAnswers: {"release", "tables"},
    # Rounded and hidden before they were stored.
    ReleasedFigures: {"quarter", "figures"},
}


# What `record_fields` makes its rows of; the stories that both name stand in tables of their own.
_IN_RECORDS: dict[type[Model], set[str]] = {
    Response: {
        *("slug", "force", "kind", "words", "context", "about_year", "month", "source", "source_url", "owner"),
        *("due_on", "evidence_url", "ask"),
    },
    Letter: {"force", "month", "role", "ask", "answer", "is_answered"},
}


def columns_of(fields: Iterable[Field]) -> set[str]:
    """What has to be read of a story for these fields, and for its place in the order."""
    return {column for each in fields for column in each.columns} | {"sequence"}


def outward() -> dict[type[Model], set[str]]:
    """Every column that goes out in any way, by table."""
    in_files = {Story: {column for each in STORY for column in each.columns}} | _IN_FIGURES | _IN_RECORDS
    tables = {*in_files, *_ON_PAGES_ALONE}
    return {table: in_files.get(table, set()) | _ON_PAGES_ALONE.get(table, set()) for table in tables}
