"""Declining a flood as a whole, and putting it back: one deed for all that nobody has touched, in few queries."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from moderation import policies
from moderation.errors import refuse_if
from moderation.lists import queue
from moderation.models import Claim
from moderation.personal import care
from stories import lifecycle
from stories.models import Event, Submission
from stories.telling import flood_tray


def untouched(
    *, until: int, by: Any, lane: queue.Lane = queue.FLOOD, with_ticked: bool = False
) -> QuerySet[Submission]:
    """The flood, or another lane, without what somebody touched or its contributor came back to, or came after `until`.

    Nor what is ticked as urgent, unless `with_ticked`: somebody reads that first.

    What this person put aside isn't in it either: who knows somebody in it decides nothing about it.
    `until` is the number of an event: what arrived while somebody read the question is not in its answer.
    """
    later = Event.objects.filter(submission=OuterRef("pk"), pk__gt=until)
    rows = queue.asked(lane, by).exclude(flood_tray.is_touched() | Exists(later))
    return rows if with_ticked else rows.filter(is_urgent=False)


def newest_event() -> int:
    """The number of the newest event there is, for a page to carry."""
    newest: int | None = Event.objects.aggregate(newest=Max("pk"))["newest"]
    return newest or 0


@transaction.atomic
def decline_all(*, until: int, by: Any, with_ticked: bool = False) -> int:
    """Decline what is `untouched`; returns how many. Their words go on the usual date, or sooner if room is needed."""
    refuse_if(policies.why_not("decline the flood", by))
    rows = untouched(until=until, by=by, with_ticked=with_ticked)
    declined = lifecycle.advance_all(rows, "decline", by=by, reason=flood_tray.REASON)
    Claim.objects.filter(submission__in=declined).delete()
    return len(declined)


# --- Back in the tray -----------------------------------------------------------------------


def newest_click() -> Event | None:
    """One event of the last click of which something can be put back; it stands for the whole of it."""
    declined = Event.objects.filter(deed="decline", reason=flood_tray.REASON, submission__in=flood_tray.declined())
    return declined.select_related("by").order_by("pk").last()


def declined_by(click: Event | None, *, for_whom: Any) -> QuerySet[Submission]:
    """What the same person declined in the same minute, and can be put back by somebody who didn't put it aside."""
    if click is None:
        return Submission.objects.none()
    same = {"deed": "decline", "reason": flood_tray.REASON, "by": click.by_id, "at": click.at}
    declined = flood_tray.declined().filter(care.hidden_from(for_whom))
    return declined.filter(Exists(Event.objects.filter(submission=OuterRef("pk"), **same)))


@transaction.atomic
def put_all_back(*, click: int, by: Any) -> int:
    """Put back what this click declined (the number of an event of it); returns how many."""
    refuse_if(policies.why_not("put back in the flood tray", by))
    return _put_back(declined_by(Event.objects.filter(pk=click).first(), for_whom=by), by=by)


@transaction.atomic
def put_back(submission: Submission, *, by: Any) -> None:
    """Put one alone back; raises `Refused`."""
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    refuse_if(policies.why_not_back_in_tray(row, by))
    _put_back(Submission.objects.filter(pk=row.pk), by=by)
    submission.refresh_from_db()


def _put_back(rows: QuerySet[Submission], *, by: Any) -> int:
    """It ends on the date that it had, or on that of the decision, if somebody was told a later day by it."""
    back = Submission.objects.filter(
        pk__in=lifecycle.advance_all(rows, "back in the tray", by=by, reason=flood_tray.REASON)
    )
    for week in set(back.values_list("week", flat=True)):
        until = week + timedelta(days=lifecycle.DAYS_UNDECIDED)
        back.filter(week=week, erase_on__lt=until).update(erase_on=until)
    return back.count()
