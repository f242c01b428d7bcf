"""What goes out of a response, of a letter, of an ask and of an offence: the one list behind each of their files."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from stories.dates import Quarter
from stories.models import Response
from stories.public import asks, offences, responses
from stories.public.asks import PublicAsk
from stories.public.open_data import terms
from stories.public.open_data.fields import Field, Kind

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_TERMS = Field("terms", Kind.TEXT, _("How it may be used."), same=terms.in_a_record, may_be_empty=False)
_FORCE = Field("force", Kind.SLUG, _("The police force."), words=lambda row: row.force, facet="force")
_ITS_STORIES = Field(
    "stories",
    Kind.IDS,
    _("The stories it is about that are up, by their ids in stories.csv. Empty where it is about no single story."),
    words=lambda row: [each.slug for each in row.stories],
)
_ITS_ASK = Field("ask", Kind.TEXT, _("The ask it is about, by its id in asks.csv."), words=lambda row: row.ask)

RESPONSE = (
    Field(
        "id",
        Kind.TEXT,
        _("Twelve letters and digits that name it for good."),
        words=lambda row: row.slug,
        may_be_empty=False,
    ),
    Field(
        "url",
        Kind.ADDRESS,
        _("The page on which it stands."),
        words=lambda row: _page(f"/forces/{row.force}/#said"),
        may_be_empty=False,
    ),
    _FORCE,
    Field(
        "kind",
        Kind.SLUG,
        _("What kind of answer it is. Each is a reply; a change is what stands behind “made”."),
        words=lambda row: row.kind_slug,
        choices=dict(Response.Kind.choices),
        may_be_empty=False,
    ),
    Field(
        "month",
        Kind.MONTH,
        _("The month it was said; empty where that isn’t known."),
        words=lambda row: _month(row.month),
    ),
    Field("words", Kind.TEXT, _("Its exact words."), words=lambda row: row.words, may_be_empty=False),
    Field("context", Kind.TEXT, _("What it is about, in our words."), words=lambda row: row.context),
    Field(
        "about_year",
        Kind.NUMBER,
        _("The year of the report it is about."),
        words=lambda row: str(row.about_year or ""),
    ),
    Field("owner", Kind.TEXT, _("Of a planned change: the office that will make it."), words=lambda row: row.owner),
    Field("due", Kind.DAY, _("Of a planned change: by when."), words=lambda row: _day(row.due_on)),
    Field("evidence", Kind.ADDRESS, _("Of a change that was made: what shows it."), words=lambda row: row.evidence_url),
    Field("source", Kind.TEXT, _("Where it said so."), words=lambda row: row.source, may_be_empty=False),
    Field("source_url", Kind.ADDRESS, _("The link to that."), words=lambda row: row.source_url),
    _ITS_STORIES,
    _ITS_ASK,
    _TERMS,
)
LETTER = (
    _FORCE,
    Field("month", Kind.MONTH, _("The month we asked."), words=lambda row: _month(row.month), may_be_empty=False),
    Field("role", Kind.TEXT, _("The office we wrote to."), words=lambda row: row.role, may_be_empty=False),
    _ITS_STORIES,
    _ITS_ASK,
    Field(
        "answered",
        Kind.SLUG,
        _("Whether it has an answer that we know of."),
        words=lambda row: "yes" if row.is_answered else "no",
        choices={"yes": _("Answered"), "no": _("No answer since")},
        may_be_empty=False,
    ),
    Field(
        "answered_month",
        Kind.MONTH,
        _("The month of its answer, where that is known."),
        words=lambda row: _month(row.answered),
    ),
    _TERMS,
)
ASK = (
    Field("id", Kind.TEXT, _("The end of its address."), words=lambda row: row.slug, may_be_empty=False),
    Field("url", Kind.ADDRESS, _("Its page."), words=lambda row: _page(f"/asks/{row.slug}/"), may_be_empty=False),
    Field("sentence", Kind.TEXT, _("What is asked."), words=lambda row: row.sentence, may_be_empty=False),
    Field("whom", Kind.TEXT, _("Of whom."), words=lambda row: row.whom, may_be_empty=False),
    Field(
        "whom_kind",
        Kind.TEXT,
        _("What kind of addressee that is."),
        words=lambda row: row.whom_kind,
        may_be_empty=False,
    ),
    _FORCE,
    Field(
        "state",
        Kind.SLUG,
        _("Where it stands."),
        words=lambda row: row.state,
        choices=asks.STATE_WORDS,
        may_be_empty=False,
    ),
    Field(
        "since",
        Kind.DAY,
        _("The day on which it was first asked."),
        words=lambda row: _day(row.since),
        may_be_empty=False,
    ),
    Field("due", Kind.DAY, _("Of a promise: by when."), words=lambda row: _day(row.due)),
    Field("what_it_took", Kind.TEXT, _("What it took."), words=lambda row: row.what_it_took),
    Field(
        "history",
        Kind.TEXT,
        _("What happened: a line for each day, with who says so and where."),
        words=lambda row: _history(row),
    ),
    _TERMS,
)
OFFENCE = (
    Field("id", Kind.TEXT, _("Its short name."), words=lambda row: row.slug, may_be_empty=False),
    Field("name", Kind.TEXT, _("Its name in plain words."), words=lambda row: row.name, may_be_empty=False),
    Field("name_cy", Kind.TEXT, _("The same in Welsh."), words=lambda row: row.name_cy),
    Field("covers", Kind.TEXT, _("What it covers."), words=lambda row: row.covers),
    Field("covers_cy", Kind.TEXT, _("The same in Welsh."), words=lambda row: row.covers_cy),
    Field("jurisdiction", Kind.TEXT, _("Where it is law."), words=lambda row: row.jurisdiction, may_be_empty=False),
    Field(
        "since", Kind.DAY, _("The first day it was in force."), words=lambda row: _day(row.since), may_be_empty=False
    ),
    Field("until", Kind.DAY, _("The last day it was in force; empty while it is."), words=lambda row: _day(row.until)),
    Field("statute", Kind.TEXT, _("The statute."), words=lambda row: row.statute, may_be_empty=False),
    Field("statute_url", Kind.ADDRESS, _("Its text on legislation.gov.uk."), words=lambda row: row.statute_url),
    Field("greatest_sentence", Kind.TEXT, _("The greatest sentence."), words=lambda row: row.greatest_sentence),
    Field(
        "anonymity",
        Kind.SLUG,
        _("Whether whoever reports it has anonymity for life."),
        words=lambda row: row.anonymity,
        choices={"yes": _("Yes"), "no": _("No"), "unsure": _("Not sure")},
    ),
    Field("anonymity_words", Kind.TEXT, _("More about that."), words=lambda row: row.anonymity_words),
    Field("source", Kind.TEXT, _("Where we have it from."), words=lambda row: row.source),
    Field("source_url", Kind.ADDRESS, _("The link to that."), words=lambda row: row.source_url),
    Field("last_checked", Kind.DAY, _("When it was last checked."), words=lambda row: _day(row.last_checked)),
    Field("checked_by", Kind.TEXT, _("By whom, as a role."), words=lambda row: row.checked_by),
    _TERMS,
)


@dataclass(frozen=True)
class Record:
    """One kind of record: its file's name, what it is, its fields, and what reads every row of the edition."""

    name: str
    title: "StrPromise"
    about: "StrPromise"
    fields: tuple[Field, ...]
    read: Callable[[], Iterable[Any]]
    # What programs call one row.
    schema: str
    # True where a quarter's zip holds those of its months alone, and not all of them as they stand now.
    is_dated: bool = False

    def of(self, quarter: Quarter) -> list[Any]:
        """What the zip of a quarter holds of it."""
        rows = list(self.read())
        return [row for row in rows if row.month and Quarter.of(row.month) == quarter] if self.is_dated else rows


RECORDS = (
    Record(
        "responses",
        _("What forces said"),
        _("Every answer of a force, in its exact words."),
        RESPONSE,
        responses.read,
        "Response",
        is_dated=True,
    ),
    Record(
        "letters",
        _("What forces were asked"),
        _("Every letter in which we asked a force, and whether it has an answer."),
        LETTER,
        responses.letters,
        "Letter",
        is_dated=True,
    ),
    Record(
        "asks",
        _("What the campaign asks"),
        _("Every ask, of whom, and where it stands."),
        ASK,
        asks.read,
        "Ask",
    ),
    Record(
        "offences",
        _("The law"),
        _("Every offence that the site explains, with where and when it was law."),
        OFFENCE,
        offences.read,
        "Offence",
    ),
)
BY_NAME = {record.name: record for record in RECORDS}


def _page(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def _month(month: date | None) -> str:
    return f"{month:%Y-%m}" if month else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _history(ask: PublicAsk) -> str:
    """Its updates, the oldest first, each on a line of its own."""
    lines = (
        (_day(each.on), each.state, each.words, each.missing, each.who_says, each.source_url) for each in ask.updates
    )
    return "\n".join(" · ".join(filter(None, line)) for line in sorted(lines))
