"""What was done to a submission, as moderators read it: never the words themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moderation import letter_log, policies
from moderation.team import audit_log
from stories.core import decline_reasons, lifecycle
from stories.models import Event
from stories.pii import KINDS

DEEDS: dict[str, Any] = {
    "send": _("sent"),
    "receive": _("came in"),
    "write": _("wrote a message"),
    "reply": _("answered"),
    "say yes": _("said yes to the text"),
    "ask for a change": _("asked for a change to the text"),
    "show less": _("wants less shown about where it was"),
    "answers": _("changed their answers"),
    "consents": _("changed their choices"),
    "edit": _("changed their words, before anybody read them"),
    "claim": _("took it in hand"),
    "take over": _("took it over"),
    "give": _("gave it to a colleague"),
    "open": _("opened it"),
    "first look": _("took the first look"),
    "rang safeguarding": _("rang safeguarding about it"),
    "message": _("wrote to the contributor"),
    "ask": _("asked the contributor"),
    "take back": _("took a message back before it was sent"),
    **dict.fromkeys((f"back to {status}" for status in lifecycle.UNDECIDED), _("took it back before it was sent")),
    "stop waiting": _("stopped waiting"),
    "hold": _("held it"),
    "hold again": _("held it for longer"),
    "ask to release": _("asked to let it go, which takes a second person"),
    "release": _("let it go"),
    "put forward": _("put it forward"),
    "send back": _("sent it back"),
    "agree": _("agreed to it"),
    "differ": _("answered the anonymity check otherwise"),
    "publish": _("it went live"),
    "correct": _("began a correction of it"),
    "drop the correction": _("gave the correction up"),
    "count": _("counted it"),
    "decline": _("declined it"),
    "lapse": _("nobody decided in time"),
    "give way": _("a flood left no room for it"),
    "withdraw": _("withdrew it"),
    "erase": _("its words were erased"),
    "urgent": _("marked it urgent"),
    "not urgent": _("took it out of the urgent lane"),
    "back in the tray": _("put it back in the flood tray"),
    "out of the flood": _("took it out of the flood"),
    "hide by request": _("a take-down request hid the story"),
    "take down": _("took the story down"),
    "put back": _("put the story back"),
}
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
_REASONS = {
    "legal": _("a legal reason"),
    "safety": _("somebody’s safety"),
    "changed": _("what they want has changed"),
    "sent-again": _("they sent the form once more"),
    "correction": _("a correction"),
    "too-late": _("nobody agreed to it in time"),
    "silent": _("its contributor wasn’t heard from"),
    "unfolded": _("the account, as its second reader"),
    "text": _("the text alone"),
    "no-story": _("they do not want a story any more"),
    "story-after-all": _("they want a story after all"),
}


def deed_words() -> dict[str, Any]:
    """Every deed that has a name, in words."""
    names = letter_log.letter_deed_names()
    return {**DEEDS, **_STORIES, **audit_log.VAULT_DEEDS, **names, **audit_log.PEOPLE_DEEDS}


def deed_in_words(deed: str) -> str:
    """A deed, or Wagtail's name of one, in words; as it is written down where nobody named it."""
    prefix = audit_log.PREFIX
    plain = deed.removeprefix(prefix).replace("_", " ") if deed.startswith(prefix) else deed
    return str(deed_words().get(plain, plain))


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
    by: Any = event.by
    words = str(DEEDS.get(event.deed, event.deed))
    more = [_reason(event.reason), *_counted(event.counts or {})]
    words = ": ".join([words, "; ".join(each for each in more if each)]) if any(more) else words
    return Told(words, by.get_username() if by else "", event.day, event.week)


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
    return str(_REASONS.get(slug) or policies.TAKE_OVER_REASONS.get(slug) or slug)
