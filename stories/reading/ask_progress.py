"""Asks as the public pages of stories and forces know them: `campaign` puts them into the snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from stories.core import addresses, lifecycle, snapshot

NAME = "asks"
# As readers are told them, in the order in which an ask goes through them; the last is apart.
STATE_WORDS: dict[str, StrPromise] = {
    "asked": _("Asked"),
    "promised": _("Promised"),
    "partly": _("Partly done"),
    "done": _("Done"),
    "checked": _("Done and checked"),
    "refused": _("Refused"),
}


@dataclass(frozen=True)
class Update:
    """One dated line of an ask's history: what happened, who says so, and where that can be read."""

    on: date
    words: str
    # Empty where the ask only moved on in words.
    state: str
    who_says: str
    source_url: str
    # Of a promise: the day by which it was promised.
    due: date | None = None
    # Of what was done in part: what is still missing.
    missing: str = ""

    @property
    def state_words(self) -> str:
        return str(STATE_WORDS[self.state]) if self.state else ""


@dataclass(frozen=True)
class PublicAsk:
    """An ask in one sentence, of whom, and where it stands; `whom_kind` as in `campaign.models.Addressee.kind`."""

    slug: str
    sentence: str
    whom: str
    whom_kind: str
    # The force's id where it is asked of one force; empty where it is asked of all, or of somebody else.
    force: str
    state: str
    since: date
    due: date | None
    what_it_took: str
    updates: tuple[Update, ...]
    # The slugs of what people say should change that it answers.
    demands: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The sentence as a page is called by it."""
        return self.sentence.rstrip(".")

    @property
    def url(self) -> str:
        return addresses.path_in_language(f"/asks/{self.slug}/")

    @property
    def state_words(self) -> str:
        return str(STATE_WORDS[self.state])

    @property
    def is_open(self) -> bool:
        """True until all of it is done, or it is refused."""
        return self.state in ("asked", "promised", "partly")

    @property
    def is_late(self) -> bool:
        """True from the day by which it was promised, until it is done."""
        return self.state == "promised" and self.due is not None and lifecycle.today() >= self.due

    def is_of(self, force_id: str) -> bool:
        """True where a force is meant: by name, or because all of them are."""
        return self.force == force_id or self.whom_kind == "forces"


def get_asks() -> list[PublicAsk]:
    """Every public ask of the edition now, the newest first; none before there is an edition."""
    return list(snapshot.cached(NAME, lambda: tuple(ask_of_row(row) for row in snapshot.get_built(NAME) or [])))


def asks_by_slug() -> dict[str, PublicAsk]:
    """The same by slug."""
    return {ask.slug: ask for ask in get_asks()}


def asks_by_demand() -> dict[str, PublicAsk]:
    """The newest public ask that each demand feeds, by the demand's slug."""
    return {demand: ask for ask in reversed(get_asks()) for demand in ask.demands}


def asked_now(slug: str) -> PublicAsk | None:
    """The ask of that slug while it is public and open."""
    ask = asks_by_slug().get(slug)
    return ask if ask and ask.is_open else None


def asks_by_state() -> list[tuple[str, list[PublicAsk]]]:
    """Every state that an ask is in, in words, with its asks."""
    every = get_asks()
    groups = [(str(STATE_WORDS[state]), [ask for ask in every if ask.state == state]) for state in STATE_WORDS]
    return [(words, asks) for words, asks in groups if asks]


def ask_of_row(row: Mapping[str, Any]) -> PublicAsk:
    """An ask from what the snapshot holds of it."""
    updates = tuple(snapshot.from_row(Update, each) for each in row["updates"])
    return snapshot.from_row(PublicAsk, row, updates=updates, demands=tuple(row["demands"]))
