"""Every field that goes out of the site: the one list behind the files, their descriptions and the page about them.

A column that is in no list here goes nowhere: a test holds the columns of the tables against it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from stories.core import story_sections
from stories.core.dates import Quarter
from stories.core.named_lists import NamedLists
from stories.models import Letter, ReleasedAnswers, ReleasedFigures, Response, Story, TakeDownRequest
from stories.reading import ask_progress, facets, offences, responses, story_facts
from stories.reading.ask_progress import PublicAsk
from stories.reading.export import terms

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Value = str | int | list[str] | None


class Kind(StrEnum):
    """What may be in a field."""

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
    """One field of a row, which is its attribute of the same name unless `value` says otherwise.

    A `facet` of a story comes from the story's marks, unless it has a `value`. `is_told` marks somebody's own
    words, which have terms of their own.
    """

    name: str
    kind: Kind
    about: "StrPromise"
    value: str | Callable[[Any], Any] = ""
    facet: str = ""
    choices: Mapping[str, "StrPromise"] = field(default_factory=dict)
    is_required: bool = False
    is_told: bool = False

    def options(self, names: NamedLists) -> Mapping[str, str]:
        """What it may be, in words by slug; empty where that is no list."""
        if self.facet:
            return facets.BY_NAME[self.facet].options(names)
        return {slug: str(words) for slug, words in self.choices.items()}

    def value_of(self, row: Any) -> Value:
        """The value in JSON; None where nothing is known."""
        found = self.value(row) if callable(self.value) else getattr(row, self.value or self.name)
        if isinstance(found, date):
            return f"{found:%Y-%m}" if self.kind is Kind.MONTH else found.isoformat()
        return found if isinstance(found, list) else found or None


class Rows:
    """Rows of some fields, as values for JSON and as cells for a spreadsheet.

    What a story is sorted by comes from its marks, as the counts and the lists do: a file can be counted, and gives
    the numbers of the pages.
    """

    def __init__(self, fields: Sequence[Field], names: NamedLists) -> None:
        self.fields, self._names = fields, names
        self.header = [field.name for field in fields]
        self._slugs = {field.facet: self._slugs_by_mark(field.facet) for field in fields if _is_marked(field)}

    def values(self, row: Any) -> dict[str, Value]:
        """Every field by name; None where nothing is known."""
        marks = list(facets.story_marks(row, self._names)) if self._slugs else []
        return {
            field.name: self._marked(field, marks) if _is_marked(field) else field.value_of(row)
            for field in self.fields
        }

    def cells(self, row: Any) -> list[str]:
        """The same as texts; a list is written with spaces, which no slug and no id has."""
        return [
            " ".join(value) if isinstance(value, list) else str("" if value is None else value)
            for value in self.values(row).values()
        ]

    def table(self, rows: Iterable[Any]) -> Iterator[list[str]]:
        """The header, then the cells of each row."""
        yield self.header
        yield from map(self.cells, rows)

    def _marked(self, field: Field, marks: list[str]) -> Value:
        found = [slug for mark in marks for slug in self._slugs[field.facet].get(mark, ())]
        return found if field.kind is Kind.SLUGS else next(iter(found), None)

    def _slugs_by_mark(self, name: str) -> Mapping[str, list[str]]:
        """One mark can stand for several choices: a force that has spoken may still owe an answer."""
        facet, found = facets.BY_NAME[name], dict[str, list[str]]()
        for slug in facet.options(self._names):
            for mark in facet.marks(self._names, slug):
                found.setdefault(mark, []).append(slug)
        return found


def _is_marked(field: Field) -> bool:
    return bool(field.facet and not field.value)


def _history(ask: PublicAsk) -> str:
    """The updates of an ask, the oldest first, each on a line of its own."""
    lines = (
        (f"{each.on}", each.state, each.words, each.missing, each.who_says, each.source_url) for each in ask.updates
    )
    return "\n".join(" · ".join(filter(None, line)) for line in sorted(lines))


def _slugs(rows: Iterable[Any]) -> list[str]:
    return [each.slug for each in rows]


STORY = (
    Field(
        "id",
        Kind.TEXT,
        _("Twelve letters and digits that name the story for good. They say nothing about it."),
        "slug",
        is_required=True,
    ),
    Field(
        "url",
        Kind.ADDRESS,
        _("The permanent link to the story: what to cite, and where to see if it is still up."),
        lambda story: terms.story_url(story.slug),
        is_required=True,
    ),
    Field("month", Kind.MONTH, _("The month it went up here. Nothing finer is public."), is_required=True),
    Field("corrected", Kind.MONTH, _("The month of its last correction, if it has had one."), "edited_month"),
    Field("title", Kind.TEXT, _("Its title."), is_told=True),
    Field(
        "text",
        Kind.TEXT,
        _("The whole story, as two moderators agreed on it. A blank line parts its paragraphs."),
        is_required=True,
        is_told=True,
    ),
    Field(
        "differently", Kind.TEXT, _("What its contributor says the police should have done differently."), is_told=True
    ),
    Field("well", Kind.TEXT, _("What its contributor says was done well."), is_told=True),
    Field(
        "place_shown",
        Kind.SLUG,
        _("How much about where its contributor chose to show."),
        lambda story: story.place_shown or "nothing",
        choices={
            "force": _("The force"),
            "region": _("Only the region"),
            "nation": _("Only the nation"),
            "nothing": _("Nothing"),
        },
        is_required=True,
    ),
    Field("force", Kind.SLUG, _("The police force, where it is shown."), facet="force"),
    Field(
        "region", Kind.SLUG, _("The region, where it is shown: that of the force, where a force is."), facet="region"
    ),
    Field("nation", Kind.SLUG, _("The nation, where it is shown."), facet="nation"),
    Field("year", Kind.SLUG, _("The year they first told the police."), facet="year"),
    Field("outcome", Kind.SLUG, _("What came of the report."), facet="outcome"),
    Field("themes", Kind.SLUGS, _("What the story is about."), facet="theme"),
    Field("content_notes", Kind.SLUGS, _("What it mentions, so that a reader can choose."), facet="without"),
    Field(
        "says",
        Kind.SLUGS,
        _("Which of the two it says beside its text: what should have been done differently, what was done well."),
        facet="says",
    ),
    Field(
        "responded",
        Kind.SLUGS,
        _("Whether the force that it names answered it, has said something in public, or was asked."),
        facet="responded",
    ),
    Field(
        "responses",
        Kind.IDS,
        _("The answers of its force to this very story, by their ids in responses.csv."),
        responses.slugs_to,
    ),
    Field(
        "uses",
        Kind.SLUGS,
        _("What its contributor said yes to, besides that it stands here."),
        story_facts.uses_allowed,
        choices=story_facts.USES,
    ),
    Field(
        "terms",
        Kind.TEXT,
        _("How it may be used, and what it is not: in every row, so that a row keeps it."),
        lambda _story: terms.story_terms(),
        is_required=True,
    ),
)

# One cell of a released table to a row: tables of every shape fit in one file, and none can lose its caution.
FIGURE = (
    Field("release", Kind.TEXT, _("The quarter whose release it is of, such as 2026-Q4."), is_required=True),
    Field("since", Kind.TEXT, _("The release that these numbers were first shown in; empty if none was yet.")),
    Field("table", Kind.TEXT, _("The short name of its table."), is_required=True),
    Field("about", Kind.TEXT, _("What the table says, in words."), is_required=True),
    Field("row", Kind.TEXT, _("The short name of its row; empty for the total of all rows.")),
    Field("row_words", Kind.TEXT, _("The row, in words."), is_required=True),
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
        is_required=True,
    ),
    Field("terms", Kind.TEXT, _("How it may be used, and what it is not."), is_required=True),
)

_TERMS = Field("terms", Kind.TEXT, _("How it may be used."), lambda _row: terms.record_terms(), is_required=True)
_FORCE = Field("force", Kind.SLUG, _("The police force."), "force", facet="force")
_ITS_STORIES = Field(
    "stories",
    Kind.IDS,
    _("The stories it is about that are up, by their ids in stories.csv. Empty where it is about no single story."),
    lambda row: _slugs(row.stories),
)
_ITS_ASK = Field("ask", Kind.TEXT, _("The ask it is about, by its id in asks.csv."))

RESPONSE = (
    Field("id", Kind.TEXT, _("Twelve letters and digits that name it for good."), "slug", is_required=True),
    Field(
        "url",
        Kind.ADDRESS,
        _("The page on which it stands."),
        lambda row: f"{settings.BASE_URL}/forces/{row.force}/#said",
        is_required=True,
    ),
    _FORCE,
    Field(
        "kind",
        Kind.SLUG,
        _("What kind of answer it is. Each is a reply; a change is what stands behind “made”."),
        "kind_slug",
        choices=dict(Response.Kind.choices),
        is_required=True,
    ),
    Field("month", Kind.MONTH, _("The month it was said; empty where that isn’t known.")),
    Field("words", Kind.TEXT, _("Its exact words."), is_required=True),
    Field("context", Kind.TEXT, _("What it is about, in our words.")),
    Field("about_year", Kind.NUMBER, _("The year of the report it is about.")),
    Field("owner", Kind.TEXT, _("Of a planned change: the office that will make it.")),
    Field("due", Kind.DAY, _("Of a planned change: by when."), "due_on"),
    Field("evidence", Kind.ADDRESS, _("Of a change that was made: what shows it."), "evidence_url"),
    Field("source", Kind.TEXT, _("Where it said so."), is_required=True),
    Field("source_url", Kind.ADDRESS, _("The link to that.")),
    _ITS_STORIES,
    _ITS_ASK,
    _TERMS,
)
LETTER = (
    _FORCE,
    Field("month", Kind.MONTH, _("The month we asked."), is_required=True),
    Field("role", Kind.TEXT, _("The office we wrote to."), is_required=True),
    _ITS_STORIES,
    _ITS_ASK,
    Field(
        "answered",
        Kind.SLUG,
        _("Whether it has an answer that we know of."),
        lambda row: "yes" if row.is_answered else "no",
        choices={"yes": _("Answered"), "no": _("No answer since")},
        is_required=True,
    ),
    Field("answered_month", Kind.MONTH, _("The month of its answer, where that is known."), "answered"),
    _TERMS,
)
ASK = (
    Field("id", Kind.TEXT, _("The end of its address."), "slug", is_required=True),
    Field("url", Kind.ADDRESS, _("Its page."), lambda row: f"{settings.BASE_URL}/asks/{row.slug}/", is_required=True),
    Field("sentence", Kind.TEXT, _("What is asked."), is_required=True),
    Field("whom", Kind.TEXT, _("Of whom."), is_required=True),
    Field("whom_kind", Kind.TEXT, _("What kind of addressee that is."), is_required=True),
    _FORCE,
    Field("state", Kind.SLUG, _("Where it stands."), choices=ask_progress.STATE_WORDS, is_required=True),
    Field("since", Kind.DAY, _("The day on which it was first asked."), is_required=True),
    Field("due", Kind.DAY, _("Of a promise: by when.")),
    Field("what_it_took", Kind.TEXT, _("What it took.")),
    Field("history", Kind.TEXT, _("What happened: a line for each day, with who says so and where."), _history),
    _TERMS,
)
OFFENCE = (
    Field("id", Kind.TEXT, _("Its short name."), "slug", is_required=True),
    Field("name", Kind.TEXT, _("Its name in plain words."), is_required=True),
    Field("name_cy", Kind.TEXT, _("The same in Welsh.")),
    Field("covers", Kind.TEXT, _("What it covers.")),
    Field("covers_cy", Kind.TEXT, _("The same in Welsh.")),
    Field("jurisdiction", Kind.TEXT, _("Where it is law."), is_required=True),
    Field("since", Kind.DAY, _("The first day it was in force."), is_required=True),
    Field("until", Kind.DAY, _("The last day it was in force; empty while it is.")),
    Field("statute", Kind.TEXT, _("The statute."), is_required=True),
    Field("statute_url", Kind.ADDRESS, _("Its text on legislation.gov.uk.")),
    Field("greatest_sentence", Kind.TEXT, _("The greatest sentence.")),
    Field(
        "anonymity",
        Kind.SLUG,
        _("Whether whoever reports it has anonymity for life."),
        choices={"yes": _("Yes"), "no": _("No"), "unsure": _("Not sure")},
    ),
    Field("anonymity_words", Kind.TEXT, _("More about that.")),
    Field("source", Kind.TEXT, _("Where we have it from.")),
    Field("source_url", Kind.ADDRESS, _("The link to that.")),
    Field("last_checked", Kind.DAY, _("When it was last checked.")),
    Field("checked_by", Kind.TEXT, _("By whom, as a role.")),
    _TERMS,
)


@dataclass(frozen=True)
class Record:
    """A kind of record that has files of its own; `read` gives every row of the edition."""

    name: str
    title: "StrPromise"
    about: "StrPromise"
    fields: tuple[Field, ...]
    read: Callable[[], Iterable[Any]]
    # What programs call one row.
    schema: str
    # True where a quarter's zip holds those of its months alone, and not all of them as they stand now.
    is_dated: bool = False

    def rows_in(self, quarter: Quarter) -> list[Any]:
        """The rows in the zip of a quarter."""
        rows = list(self.read())
        return [row for row in rows if row.month and Quarter.of(row.month) == quarter] if self.is_dated else rows


RECORDS = {
    record.name: record
    for record in (
        Record(
            "responses",
            _("What forces said"),
            _("Every answer of a force, in its exact words."),
            RESPONSE,
            responses.get_responses,
            "Response",
            is_dated=True,
        ),
        Record(
            "letters",
            _("What forces were asked"),
            _("Every letter in which we asked a force, and whether it has an answer."),
            LETTER,
            responses.get_letters,
            "Letter",
            is_dated=True,
        ),
        Record(
            "asks",
            _("What the campaign asks"),
            _("Every ask, of whom, and where it stands."),
            ASK,
            ask_progress.get_asks,
            "Ask",
        ),
        Record(
            "offences",
            _("The law"),
            _("Every offence that the site explains, with where and when it was law."),
            OFFENCE,
            offences.all_offences,
            "Offence",
        ),
    )
}

# What is read of a story for its files, beside its place in the order.
STORY_COLUMNS = {
    *(
        "slug",
        "month",
        "edited_month",
        "title",
        "text",
        *story_sections.NAMES,
        "place_shown",
        "force",
        "region",
        "nation",
    ),
    *("year", "outcome", "themes", "content_notes", "is_answered", "may_quote", "may_train"),
}
# What pages show and no file holds: the place in the order (an address has it as a code), whether a gone story’s
# address names a legal reason, and of a force’s objection that it was withheld for what that says.
_ON_PAGES_ALONE: dict[type[Model], set[str]] = {
    Story: {"sequence", "is_withheld"},
    TakeDownRequest: {"story", "force", "ground", "settled_on", "is_upheld"},
    ReleasedAnswers: {"checksum"},
}
# Figures were rounded and hidden before they were stored; the stories of a response or a letter have tables of their
# own.
_IN_FILES: dict[type[Model], set[str]] = {
    Story: STORY_COLUMNS,
    ReleasedAnswers: {"release", "tables"},
    ReleasedFigures: {"quarter", "figures"},
    Response: {
        *("slug", "force", "kind", "words", "context", "about_year", "month", "source", "source_url", "owner"),
        *("due_on", "evidence_url", "ask"),
    },
    Letter: {"force", "month", "role", "ask", "answer", "is_answered"},
}


def outward() -> dict[type[Model], set[str]]:
    """Every column that goes out in any way, by table."""
    tables = {*_IN_FILES, *_ON_PAGES_ALONE}
    return {table: _IN_FILES.get(table, set()) | _ON_PAGES_ALONE.get(table, set()) for table in tables}
