"""Declining a flood as a whole, and putting it back: one deed for all that nobody has touched, in few queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from moderation import conflict_of_interest, reading
from moderation.facts import load_facts
from moderation.models import Claim
from moderation.policies.decisions import why_not_back_in_tray
from moderation.queue import lanes
from moderation.team.permissions import refuse_if, why_not
from moderation.team.vault import OpenVault
from stories.core import lifecycle
from stories.intake import flood_tray
from stories.models import Event, Submission


def untouched_flood(*, by: Any, lane: lanes.Lane = lanes.FLOOD, with_ticked: bool = False) -> QuerySet[Submission]:
    """The flood, or another lane, without what somebody touched or its contributor came back to.

    Nor what is ticked as urgent, unless `with_ticked`: somebody reads that first.

    What this person put aside isn't in it either: who knows somebody in it decides nothing about it.
    """
    rows = lanes.asked_in_lane(lane, by).exclude(flood_tray.is_touched())
    return rows if with_ticked else rows.filter(is_urgent=False)


@dataclass(frozen=True)
class SameWords:
    """Accounts of a flood whose words are the same."""

    rows: list[Submission]

    @property
    def asked(self) -> str:
        """Their ids, as a form sends them back."""
        return " ".join(row.pk.hex for row in self.rows)


def groups_of_same_words(rows: Iterable[Submission], vault: OpenVault) -> list[SameWords]:
    """Group what was sent more than once, the largest group first; by the sealed labels, so no account is opened."""
    groups: dict[str, list[Submission]] = {}
    rows = list(rows)
    labels = reading.open_labels(rows, vault)
    for row in rows:
        if row.pk in labels and labels[row.pk].words:
            groups.setdefault(labels[row.pk].words, []).append(row)
    same = [SameWords(group) for group in groups.values() if len(group) > 1]
    return sorted(same, key=lambda each: len(each.rows), reverse=True)


@transaction.atomic
def decline_all(asked: Collection[UUID], *, by: Any, with_ticked: bool = False) -> int:
    """Decline what is `untouched` of those that were `asked` about; returns how many.

    What arrived while somebody read the question is not in its answer. Their words go on the usual date, or sooner
    if room is needed.
    """
    refuse_if(why_not("decline the flood", by))
    rows = untouched_flood(by=by, with_ticked=with_ticked).filter(pk__in=asked)
    declined = lifecycle.advance_all(rows, "decline", by=by, reason=flood_tray.REASON)
    Claim.objects.filter(submission__in=declined).delete()
    return len(declined)


# --- Back in the tray -----------------------------------------------------------------------


def newest_click(by: Any) -> Event | None:
    """One event of the last day on which somebody declined what can be put back; it stands for all of theirs.

    Where several did on that day, it is this person's own: an event keeps no finer time.
    """
    declined = Event.objects.filter(
        deed="decline", reason=flood_tray.REASON, submission__in=flood_tray.declined_flood()
    )
    is_own = ExpressionWrapper(Q(by=by), output_field=BooleanField())
    return declined.select_related("by").order_by("-day", is_own.desc(), "by").first()


def declined_by(click: Event | None, *, for_whom: Any) -> QuerySet[Submission]:
    """What the same person declined on the same day, and can be put back by somebody who didn't put it aside."""
    if click is None:
        return Submission.objects.none()
    same = {"deed": "decline", "reason": flood_tray.REASON, "by": click.by_id, "day": click.day}
    declined = flood_tray.declined_flood().filter(conflict_of_interest.not_skipped_by(for_whom))
    return declined.filter(Exists(Event.objects.filter(submission=OuterRef("pk"), **same)))


@transaction.atomic
def put_all_back(*, click: int, by: Any) -> int:
    """Put back what this click declined, and others of that person and day; returns how many. It is an event's key."""
    refuse_if(why_not("put back in the flood tray", by))
    return _put_back(declined_by(Event.objects.filter(pk=click).first(), for_whom=by), by=by)


@transaction.atomic
def put_back(submission: Submission, *, by: Any) -> None:
    """Put one alone back; raises `Refused`."""
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    refuse_if(why_not_back_in_tray(load_facts(row, by)))
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
