"""What was done to a submission, as moderators read it: never the words themselves."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

from moderation.policies.access import TAKE_OVER_REASONS
from moderation.team import audit_log
from stories.core import decline_reasons, lifecycle
from stories.models import Event
from stories.pii import KINDS

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_TAKEN_BACK = dict.fromkeys((f"back to {status}" for status in lifecycle.UNDECIDED), "took it back before it was sent")
DEEDS: dict[str, str] = _WORDS["deeds"] | _TAKEN_BACK


@dataclass(frozen=True)
class Told:
    """One line: what, by whom (nobody's name for the contributor and the clock), and when."""

    words: str
    name: str
    day: date | None
    week: date


def events_told(events: Iterable[Event]) -> list[Told]:
    """Every event in words, first to last; each was read with who did it."""
    return [_told(event) for event in events]


def _told(event: Event) -> Told:
    words = DEEDS.get(event.deed, event.deed)
    more = [_reason(event.reason), *_counted(event.counts or {})]
    words = ": ".join([words, "; ".join(each for each in more if each)]) if any(more) else words
    return Told(words, event.by.get_username() if event.by else "", event.day, event.week)


def _counted(counts: lifecycle.Counts) -> list[str]:
    """What was replaced and what stayed: kinds and counts, for that is all an event keeps."""
    said = {"replaced": gettext("replaced %(many)d (%(kinds)s)"), "left": gettext("left %(many)d (%(kinds)s)")}
    return [
        sentence % {"many": sum(counts[what].values()), "kinds": _kinds(counts[what])}
        for what, sentence in said.items()
        if counts.get(what)
    ]


def _kinds(many: Mapping[str, int]) -> str:
    # A database may give them back in another order.
    most_first = sorted(many.items(), key=lambda each: (-each[1], each[0]))
    named = [(gettext(KINDS[kind].moderator) if kind in KINDS else kind, times) for kind, times in most_first]
    return ", ".join(kind if times == 1 else f"{times} × {kind}" for kind, times in named)


def _reason(slug: str) -> str:
    if slug in decline_reasons.REASONS:
        return str(decline_reasons.REASONS[slug].moderator)
    return str(_WORDS["reasons"].get(slug) or TAKE_OVER_REASONS.get(slug) or slug)


# --- Letters to forces, and what was done to answers before Wagtail's own log had it --------

LETTER_DEEDS = {
    "record a letter": _("Recorded a letter to a force"),
    "take out a letter": _("Took out the record of a letter to a force"),
    "enter a response": _("Entered a force’s answer"),
    "agree to a response": _("Agreed to a force’s answer"),
    "send a response back": _("Sent a force’s answer back"),
    "drop a response": _("Dropped a force’s answer that waited"),
    "let a response lapse": _("Erased a force’s answer to which nobody agreed in time"),
    "take a response down": _("Took a force’s answer down"),
}


def register_letter_actions(actions: LogActionRegistry) -> None:
    """Name our deeds to Wagtail."""
    for deed, message in LETTER_DEEDS.items():
        actions.register_action(letter_action(deed), message, message)


def letter_action(deed: str) -> str:
    """What Wagtail's log calls one of them."""
    return f"heard.{deed.replace(' ', '_')}"


# --- Every deed of the audit log --------------------------------------------------------------

# Of a story; taking it down and putting it back are events.
_STORIES = {
    "withhold": _("Its address names a legal reason"),
    "ask back": _("Asked to be put back"),
    "write down an objection": _("A force objected to it"),
    "look at an objection": _("An objection to it was looked at"),
    "send an objection back": _("An objection to it is looked at anew"),
    "settle an objection": _("An objection to it was settled by two people"),
    "settle": _("A take-down request was settled"),
}


def deed_words() -> dict[str, object]:
    """Every deed that has a name, in words."""
    return {**DEEDS, **_STORIES, **audit_log.VAULT_DEEDS, **LETTER_DEEDS, **audit_log.PEOPLE_DEEDS}


def deed_in_words(deed: str) -> str:
    """A deed, or Wagtail's name of one, in words; as it is written down where nobody named it."""
    prefix = audit_log.PREFIX
    plain = deed.removeprefix(prefix).replace("_", " ") if deed.startswith(prefix) else deed
    return str(deed_words().get(plain, plain))
