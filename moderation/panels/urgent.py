"""The first panel of the start page: what can't wait, and whom to ring; and its number for who opens nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation import reading
from moderation.conversation import ready_words
from moderation.queue import lanes, urgent
from moderation.queue import rows as queue_rows
from moderation.queue.rows import row_address, weeks_in_words
from moderation.team.vault import OpenVault
from moderation.team.vault_session import vault_of
from stories.core import lifecycle
from stories.danger import NOW
from stories.intake.labels import Labels
from stories.models import Event, Submission, lists

SHOWN = 8
# Of each kind so many are put in order; a team that has more of them has a flood.
_MOST_SORTED = 200


@dataclass(frozen=True)
class Line:
    """One account of the panel; `unread` says since when nobody has opened it, or what they wrote last."""

    row: Submission
    url: str
    age: str
    unread: str
    in_hand: str
    tags: Sequence[queue_rows.Tag]


def beside_ticks(request: Any) -> urgent.Beside:
    """What stands in Urgent beside the ticks, worked out once for each request; its page keeps no vault open."""
    if not hasattr(request, "_heard_beside"):
        request._heard_beside = urgent.beside_ticks(request.user, vault_of(request, works=False))
    found: urgent.Beside = request._heard_beside
    return found


def says_to(request: Any) -> dict[str, Any]:
    """What the panel shows somebody who reads."""
    beside, vault = beside_ticks(request), vault_of(request, works=False)
    rows = lanes.lane_rows(lanes.URGENT.slug, request.user, beside.all)
    lines = _lines(rows, beside.sealed, request.user, vault)
    return {
        "lines": lines[:SHOWN],
        "requests": urgent.urgent_requests(request.user, vault),
        "more": _more(lanes.capped_count(rows) - SHOWN),
        "is_locked": vault is None,
        "is_cut": beside.is_cut,
        "most": urgent.MOST,
        "contacts": ready_words.safeguarding(),
        "lane_url": reverse("room_lane", args=[lanes.URGENT.slug]),
    }


def _more(more: int) -> str:
    if more > lanes.MOST_COUNTED - SHOWN:
        return _("And many more")
    return ngettext("And %(more)d more", "And %(more)d more", more) % {"more": more} if more > 0 else ""


def _lines(rows: Any, sealed: frozenset[UUID], user: Any, vault: OpenVault | None) -> list[Line]:
    """The first of them in the order in which somebody should look: life before a tick, then unread before opened."""
    found = [*rows.filter(pk__in=sealed)[:_MOST_SORTED]] if sealed else []
    found += rows.exclude(pk__in=sealed)[:_MOST_SORTED]
    labels, opened = reading.open_labels(found, vault) if vault else {}, _ever_opened(found)
    found.sort(key=lambda row: (_rank(labels.get(row.pk)), _is_read(row, opened), row.week, row.pk))
    first = found[:SHOWN]
    queue_rows.mark_rows(first, user)
    return [_line(row, labels.get(row.pk), opened, user) for row in first]


def _ever_opened(rows: Sequence[Submission]) -> set[UUID]:
    return set(Event.objects.filter(submission__in=rows, deed="open").values_list("submission", flat=True))


def _is_read(row: Submission, opened: set[UUID]) -> bool:
    return row.pk in opened and row.unopened_since is None


def _rank(labels: Labels | None) -> int:
    if labels is None or not labels.danger.is_urgent:
        return 2
    return 0 if labels.danger.life == NOW else 1


def _line(row: Submission, labels: Labels | None, opened: set[UUID], user: Any) -> Line:
    marks = list(queue_rows.danger_tags(labels)) if labels else []
    if row.is_urgent:
        marks.append(queue_rows.Tag(_("marked urgent"), "room-labels__urgent"))
    return Line(row, row_address(row), weeks_in_words(row), _unread(row, opened), _in_hand(row, user), marks)


def _unread(row: Submission, opened: set[UUID]) -> str:
    since = row.unopened_since if row.pk in opened else row.week
    if since is None:
        return _("somebody has opened it")
    says = _("they wrote again, unread since %(since)s") if row.pk in opened else _("unread since %(since)s")
    return says % {"since": _("this week") if since >= lifecycle.this_week() else date_format(since, "j F")}


def _in_hand(row: Submission, user: Any) -> str:
    claim = lanes.claim_now(row)
    if claim is None:
        return ""
    return (
        _("in your hands")
        if claim.holder_id == user.pk
        else _("in %(name)s’s hands") % {"name": claim.holder.get_username()}
    )


# --- For who opens nothing ------------------------------------------------------------------


def numbers() -> dict[str, Any]:
    """How many are ticked or marked as urgent, and how many are late; nothing of what is sealed is in either."""
    ticked = Submission.objects.filter(lists.URGENT).count() + len(urgent.marked_ids())
    target = lifecycle.this_week() - queue_rows.TARGET_WEEKS
    late = Submission.objects.filter(lists.NEW | lists.URGENT | lists.PUT_FORWARD, week__lt=target).count()
    return {"ticked": ticked, "late": late, "weeks": queue_rows.TARGET, "contacts": ready_words.safeguarding()}
