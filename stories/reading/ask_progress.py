"""Asks and the actions that press them, as public pages know both: `campaign` puts them into the snapshot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _, ngettext
from django_stubs_ext import StrPromise

from stories.core import addresses, lifecycle, snapshot

NAME, ACTIONS = "asks", "actions"
# As readers are told them, in the order in which an ask goes through them; the last is apart.
STATE_WORDS: dict[str, StrPromise] = {
    "asked": _("Asked"),
    "promised": _("Promised"),
    "partly": _("Partly done"),
    "done": _("Done"),
    "checked": _("Done and checked"),
    "refused": _("Refused"),
}
OVERDUE = "overdue"
# The scoreboard from its top: what is overdue comes first.
_BOARD: dict[str, StrPromise] = {OVERDUE: _("Overdue"), **STATE_WORDS}


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

    @property
    def standing(self) -> str:
        return OVERDUE if self.is_late else self.state

    @property
    def turn(self) -> Update:
        return next((each for each in reversed(self.updates) if each.state == self.state), self.updates[0])

    def is_of(self, force_id: str) -> bool:
        """True where a force is meant: by name, or because all of them are."""
        return self.force == force_id or self.whom_kind == "forces"


def get_asks() -> list[PublicAsk]:
    """Every public ask of the edition now, the newest first; none before there is an edition."""
    return list(snapshot.cached(NAME, lambda: tuple(ask_of_row(row) for row in snapshot.get_built(NAME) or [])))


def asks_by_slug() -> dict[str, PublicAsk]:
    return {ask.slug: ask for ask in get_asks()}


def asks_by_demand() -> dict[str, PublicAsk]:
    return {demand: ask for ask in reversed(get_asks()) for demand in ask.demands}


def asked_now(slug: str) -> PublicAsk | None:
    ask = asks_by_slug().get(slug)
    return ask if ask and ask.is_open else None


def scoreboard(asks: Iterable[PublicAsk] | None = None) -> list[tuple[str, list[PublicAsk]]]:
    """Where these asks are, or all of them: each standing that any is at, in words, what is overdue first."""
    every = get_asks() if asks is None else list(asks)
    board = ((str(words), [ask for ask in every if ask.standing == each]) for each, words in _BOARD.items())
    return [(words, found) for words, found in board if found]


def state_line() -> str:
    """The scoreboard as a sentence: "4 asks: 1 overdue, 1 promised, 2 asked"; empty where nothing was asked."""
    many = len(get_asks())
    said = ", ".join(f"{len(asks)} {words.lower()}" for words, asks in scoreboard())
    whole = ngettext("%(many)s ask: %(said)s", "%(many)s asks: %(said)s", many)
    return whole % {"many": many, "said": said} if many else ""


def get_actions() -> list[dict[str, Any]]:
    """Every public action, those that are open first, with its `url` in the language of the page."""
    rows: list[dict[str, Any]] = snapshot.get_built(ACTIONS) or []
    return [row | {"url": addresses.path_in_language(row["path"])} for row in rows]


def ask_of_row(row: Mapping[str, Any]) -> PublicAsk:
    updates = tuple(snapshot.from_row(Update, each) for each in row["updates"])
    return snapshot.from_row(PublicAsk, row, updates=updates, demands=tuple(row["demands"]))
