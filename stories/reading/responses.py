"""Answers of forces and letters to them, as public pages know it: the edition carries both.

A response that answers only stories that nobody can read any more isn't shown, and a letter about such stories isn't
either. Of a story none is named but a live one that names this very force itself: an answer beside a story that shows
only its region would say which force it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import starmap
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q

from stories.core import addresses, rendering, snapshot
from stories.models import Letter, Response, Story
from stories.reading import ask_progress, story_facts
from stories.reading.ask_progress import PublicAsk

NAME = "responses"
T = TypeVar("T")
# One of them as the snapshot holds it, in what JSON has.
Row = dict[str, Any]
_COLUMNS = (
    *("pk", "slug", "force_id", "kind", "words", "context", "about_year", "month", "source", "source_url", "owner"),
    *("due_on", "evidence_url", "ask"),
)
# Slug, title and force of a story, by its id.
_Shown = dict[UUID, tuple[str, str, str]]
_DATES, _WEB = ("month", "due_on"), ("https://", "http://")


@dataclass(frozen=True)
class Answered:
    """A live story that a response answers, or that a letter is about."""

    slug: str
    title: str

    @property
    def url(self) -> str:
        return addresses.path_in_language(f"/stories/{self.slug}/")


@dataclass(frozen=True)
class _Correspondence:
    """A letter to a force or an answer of one: `month` is the first day of its month, None where nobody knows it."""

    force: str
    month: date | None
    ask: str
    stories: tuple[Answered, ...]

    @property
    def in_month(self) -> str:
        return story_facts.month_words(self.month)

    @property
    def its_ask(self) -> PublicAsk | None:
        """The public ask that it is about, if it is about one."""
        return ask_progress.asks_by_slug().get(self.ask) if self.ask else None

    def is_about(self, story: str) -> bool:
        """True where it answers, or asked about, the story of that slug."""
        return any(each.slug == story for each in self.stories)


@dataclass(frozen=True)
class PublicResponse(_Correspondence):
    """One response, in exactly the words that two people agreed to."""

    slug: str
    kind_slug: str
    words: str
    context: str
    about_year: int | None
    source: str
    source_url: str
    owner: str
    due_on: date | None
    evidence_url: str

    @property
    def kind(self) -> str:
        return str(Response.Kind(self.kind_slug).label)

    @property
    def quote(self) -> str:
        """Safe HTML of the force's own words, in quotation marks."""
        return rendering.text_as_html(f"“{self.words.strip()}”")


@dataclass(frozen=True)
class PublicLetter(_Correspondence):
    """A letter that asked a force; `answered` is the month of its answer, where there is one and that is known."""

    role: str
    is_answered: bool
    answered: date | None

    @property
    def answered_in(self) -> str:
        return story_facts.month_words(self.answered)


def get_responses() -> list[PublicResponse]:
    """Every response that is shown, the newest month first."""
    return list(snapshot.cached(f"{NAME}: said", lambda: _public(PublicResponse, _made()["responses"])))


def get_letters() -> list[PublicLetter]:
    """Every letter that is shown, the newest month first."""
    return list(snapshot.cached(f"{NAME}: asked", lambda: _public(PublicLetter, _made()["letters"])))


def responses_by(force_id: str) -> list[PublicResponse]:
    """The responses of one force."""
    return [each for each in get_responses() if each.force == force_id]


def letters_to(force_id: str) -> list[PublicLetter]:
    """The letters to one force."""
    return [each for each in get_letters() if each.force == force_id]


def responses_to_story(slug: str, force_id: str) -> list[PublicResponse]:
    """The responses of its force to one story."""
    return [each for each in responses_by(force_id) if each.is_about(slug)]


def slugs_to(story: Story) -> list[str]:
    """The slugs of the answers to a live story, in the order of its page."""
    # Most stories have none, and then nothing is read of the edition: a file may hold them all.
    if not story.is_answered or not story.force_id:
        return []
    return [each.slug for each in responses_to_story(story.slug, story.force_id)]


def responses_to_ask(slug: str) -> list[PublicResponse]:
    """The responses of any force to an ask, by the slug of its page."""
    return [each for each in get_responses() if slug and each.ask == slug]


def _made() -> dict[str, list[Row]]:
    made = snapshot.get_built(NAME)
    return build_responses() if made is None else made


def _public(kind: type[T], rows: Iterable[Row]) -> tuple[T, ...]:
    return tuple(snapshot.from_row(kind, row, stories=tuple(starmap(Answered, row["stories"]))) for row in rows)


def build_responses() -> dict[str, list[Row]]:
    """Everything that may be shown of both, as the database has it now."""
    shown, said = _live(), list(Response.public.values(*_COLUMNS))
    about = _about(Response)
    rows = [_response_row(row, shown, about.get(row["pk"], [])) for row in said]
    responses = [row for row in rows if row is not None]
    return {"responses": responses, "letters": _letter_rows(shown, responses)}


def _response_row(row: Row, shown: _Shown, about: list[UUID]) -> Row | None:
    stories = _named(about, shown, row["force_id"])
    if about and not stories and not row["ask"]:
        return None
    kept = {name: row[name] for name in _COLUMNS if name not in ("pk", "force_id", "kind", *_DATES)}
    dated = {name: row[name].isoformat() if row[name] else None for name in _DATES}
    # An address that isn't the web's would run in the reader's browser.
    links = {name: row[name] if row[name].startswith(_WEB) else "" for name in ("source_url", "evidence_url")}
    return {**kept, **dated, **links, "force": row["force_id"], "kind_slug": row["kind"], "stories": stories}


def _letter_rows(shown: _Shown, responses: list[Row]) -> list[Row]:
    about, drafts = _about(Letter), list(Response.objects.filter(live=False, is_entered=True))
    made: list[Row] = []
    for letter in Letter.objects.select_related("answer").order_by("-month", "force", "pk"):
        stories = _named(about.get(letter.pk, []), shown, letter.force_id)
        if letter.pk in about and not stories and not letter.ask:
            continue
        row: Row = {"force": letter.force_id, "month": letter.month.isoformat(), "role": letter.role, "ask": letter.ask}
        answered = _answered(letter, {slug for slug, _title in stories}, responses)
        if answered is None and any(draft.speaks_to(letter) for draft in drafts):
            # It waits for its second person: nobody can read it yet, and yet the force isn't silent.
            answered = ""
        made.append(row | {"stories": stories, "is_answered": answered is not None, "answered": answered})
    return made


def _answered(letter: Letter, stories: set[str], responses: list[Row]) -> str | None:
    """The month of its answer: the one that a coordinator named, or else the first that speaks of the same since.

    Empty where that isn't known, and None where there is none.
    """
    if letter.answer:
        return letter.answer.month.isoformat() if letter.answer.month else ""
    by_force = [row for row in responses if row["force"] == letter.force_id]
    # One whose month nobody knows may have come before the letter; but it speaks of the same, so nobody is silent.
    since = [row for row in by_force if not row["month"] or row["month"] >= letter.month.isoformat()]
    speaks = (
        row["month"] or ""
        for row in since
        if (letter.ask and row["ask"] == letter.ask) or stories & {slug for slug, _title in row["stories"]}
    )
    # Entered already, and still with its second person, or taken down since.
    return min(speaks, default="" if letter.is_answered else None)


def _live() -> _Shown:
    """Slug, title and force of each live story that shows its force and is answered or asked about."""
    answered, asked = (model.stories.through.objects.values("story_id") for model in (Response, Letter))
    rows = Story.live.filter(Q(pk__in=answered) | Q(pk__in=asked)).exclude(force=None)
    return {pk: (slug, title, force) for pk, slug, title, force in rows.values_list("pk", "slug", "title", "force_id")}


def _named(about: Iterable[UUID], shown: _Shown, force_id: str) -> list[list[str]]:
    found = [shown[pk] for pk in about if pk in shown]
    return sorted([slug, title] for slug, title, force in found if force == force_id)


def _about(model: type[Response] | type[Letter]) -> dict[UUID, list[UUID]]:
    """The ids of the stories that each row answers or asks about, whatever became of them."""
    found: dict[UUID, list[UUID]] = {}
    for row, story in model.stories.through.objects.values_list(f"{model._meta.model_name}_id", "story_id"):
        found.setdefault(row, []).append(story)
    return found
