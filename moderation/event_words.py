"""The events of a submission as moderators read them: never the words themselves."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext
from wagtail.log_actions import LogActionRegistry

from moderation.policies.access import TAKE_OVER_REASONS
from moderation.team import audit_log
from stories.core import decline_reasons, lifecycle, tables
from stories.models import Event
from stories.pii import KINDS

_WORDS = tables.read(__file__)
_TAKEN_BACK = dict.fromkeys((f"back to {status}" for status in lifecycle.UNDECIDED), "took it back before it was sent")
DEEDS: dict[str, str] = _WORDS["deeds"] | _TAKEN_BACK


def events_told(events: Iterable[Event]) -> list[dict[str, object]]:
    """Every event, first to last, each read with who did it: its words, a name (none for the contributor and the
    clock), its day and its week.
    """
    return [
        {
            "words": _told(event),
            "name": event.by.get_username() if event.by else "",
            "day": event.day,
            "week": event.week,
        }
        for event in events
    ]


def _told(event: Event) -> str:
    words, reason = DEEDS.get(event.deed, event.deed), event.reason
    said = str(_WORDS["reasons"].get(reason) or TAKE_OVER_REASONS.get(reason) or reason)
    if reason in decline_reasons.REASONS:
        said = str(decline_reasons.REASONS[reason].moderator)
    more = [each for each in (said, *_counted(event.counts or {})) if each]
    return f"{words}: {'; '.join(more)}" if more else words


def _counted(counts: lifecycle.Counts) -> list[str]:
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


def register_letter_actions(actions: LogActionRegistry) -> None:
    """Name to Wagtail the letters to forces, and what was done to answers before its own log had it."""
    for deed, message in _WORDS["letters"].items():
        actions.register_action(audit_log.action_name(deed), message, message)


def deed_words() -> dict[str, object]:
    log = _WORDS["stories"] | _WORDS["floods"] | _WORDS["letters"]
    return {**DEEDS, **log, **audit_log.VAULT_DEEDS, **audit_log.PEOPLE_DEEDS}


def deed_in_words(deed: str) -> str:
    """A deed, or Wagtail's name of one, in words; as it is written down where nobody named it."""
    prefix = audit_log.PREFIX
    plain = deed.removeprefix(prefix).replace("_", " ") if deed.startswith(prefix) else deed
    return str(deed_words().get(plain, plain))
