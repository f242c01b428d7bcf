"""Answers of forces and letters to them, as public pages know it: the edition carries both.

A response that answers only stories that nobody can read any more isn't shown, and a letter about such stories isn't
either. Of a story none is named but a live one that names this very force itself: an answer beside a story that shows
only its region would say which force it was.
"""

from dataclasses import dataclass
from datetime import date
from itertools import starmap
from typing import Any, TypeVar

from django.db.models import Prefetch

from stories.core import addresses, rendering, snapshot
from stories.core.named_lists import NamedLists
from stories.models import Letter, Response, Story
from stories.reading import ask_progress
from stories.reading.ask_progress import PublicAsk

T = TypeVar("T")
# One of them as the snapshot holds it, in what JSON has.
Row = dict[str, Any]
_COLUMNS = ("slug", "words", "context", "about_year", "source", "owner", "ask")
_WEB = ("https://", "http://")


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
    def its_ask(self) -> PublicAsk | None:
        return ask_progress.asks_by_slug().get(self.ask) if self.ask else None

    def is_about(self, story: str) -> bool:
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


def get_responses() -> list[PublicResponse]:
    """Every response that is shown, the newest month first."""
    return _public(PublicResponse, "responses")


def get_letters() -> list[PublicLetter]:
    return _public(PublicLetter, "letters")


def responses_by(force_id: str) -> list[PublicResponse]:
    return [each for each in get_responses() if each.force == force_id]


def letters_to(force_id: str) -> list[PublicLetter]:
    return [each for each in get_letters() if each.force == force_id]


def responses_to_story(slug: str, force_id: str) -> list[PublicResponse]:
    return [each for each in responses_by(force_id) if each.is_about(slug)]


def slugs_to(story: Story) -> list[str]:
    # Most stories have none, and then nothing is read of the edition: a file may hold them all.
    if not story.is_answered or not story.force_id:
        return []
    return [each.slug for each in responses_to_story(story.slug, story.force_id)]


def answers_to_ask(slug: str, names: NamedLists) -> list[dict[str, object]]:
    found = [each for each in get_responses() if slug and each.ask == slug]
    return [{"force": names.forces[each.force], "response": each} for each in found if each.force in names.forces]


def _public(kind: type[T], name: str) -> list[T]:
    def read() -> tuple[T, ...]:
        rows = (snapshot.get_built("responses") or build_responses())[name]
        return tuple(snapshot.from_row(kind, row, stories=tuple(starmap(Answered, row["stories"]))) for row in rows)

    return list(snapshot.cached(("responses", name), read))


def build_responses() -> dict[str, list[Row]]:
    """Everything that may be shown of both, as the database has it now."""
    about = Prefetch("stories", Story.objects.only("slug", "title", "status", "force_id"))
    responses, letters = list[Row](), list[Row]()
    for answer in Response.public.prefetch_related(about):
        if (stories := _named(answer)) is None:
            continue
        row: Row = {name: getattr(answer, name) for name in _COLUMNS}
        dated = {"month": answer.month, "due_on": answer.due_on}
        row |= {name: day.isoformat() if day else None for name, day in dated.items()}
        # An address that isn't the web's would run in the reader's browser.
        links = {"source_url": answer.source_url, "evidence_url": answer.evidence_url}
        row |= {name: url if url.startswith(_WEB) else "" for name, url in links.items()}
        responses.append(row | {"force": answer.force_id, "kind_slug": answer.kind, "stories": stories})
    drafts = list(Response.objects.filter(live=False, is_entered=True))
    for letter in Letter.objects.select_related("answer").prefetch_related(about).order_by("-month", "force", "pk"):
        if (stories := _named(letter)) is None:
            continue
        row = {"force": letter.force_id, "month": letter.month.isoformat(), "role": letter.role, "ask": letter.ask}
        answered = _answered(letter, {slug for slug, _title in stories}, responses)
        if answered is None and any(draft.speaks_to(letter) for draft in drafts):
            # It waits for its second person: nobody can read it yet, and yet the force isn't silent.
            answered = ""
        letters.append(row | {"stories": stories, "is_answered": answered is not None, "answered": answered})
    return {"responses": responses, "letters": letters}


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


def _named(row: Response | Letter) -> list[list[str]] | None:
    """Slug and title of the live stories of its force that it is about; None where it speaks of gone ones alone."""
    about = row.stories.all()
    live = (story for story in about if story.status == Story.Status.LIVE and story.force_id == row.force_id)
    named = sorted([story.slug, story.title] for story in live)
    return named if named or row.ask or not about else None
