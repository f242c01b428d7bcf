"""Declining a whole flood at once, and putting it back. Nothing that makes a story is ever done to many."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from moderation import conflict_of_interest, reading
from moderation.facts import load_facts
from moderation.models import Claim
from moderation.policies.decisions import why_not_back_in_tray
from moderation.queue import lanes
from moderation.queue.similar_texts import group_similar
from moderation.team.permissions import refuse_if, why_not
from moderation.team.vault import OpenVault
from stories.core import lifecycle, retention_days
from stories.intake import flood_tray
from stories.intake.labels import AGE_UNKNOWN
from stories.models import Event, Submission

# So many sealed bytes are held against each other on a page: some hundreds of the longest accounts, about a second.
MOST_COMPARED = 5_000_000


def untouched_flood(*, by: User, with_ticked: bool = False, with_opened: bool = False) -> QuerySet[Submission]:
    """The flood without what somebody touched, its contributor came back to or this person put aside; and without what
    is ticked as urgent, which somebody reads first, and what this person opened, unless they are asked for.
    """
    is_touched = flood_tray.is_touched(but_opened_by=by.pk if with_opened else None)
    rows = lanes.rows_in_lane(lanes.FLOOD, by).exclude(is_touched)
    return rows if with_ticked else rows.filter(is_urgent=False)


class SortedTray(NamedTuple):
    """The flood tray: what stands by itself, in the tray's order, and what came in nearly the same words."""

    alone: list[Submission]
    groups: list[list[Submission]]


def sort_tray(*, by: User, vault: OpenVault) -> SortedTray:
    """Group what came more than once, the largest group first, in memory for this once.

    By itself stands what is ticked as urgent, speaks of danger or of a child or may be told of one, what somebody else
    has touched, and what has a sentence of its own.
    """
    is_touched = flood_tray.is_touched(but_opened_by=by.pk)
    tray = lanes.rows_in_lane(lanes.FLOOD, by).annotate(is_touched=is_touched, is_ticked=F("is_urgent"))
    rows = list(tray.select_related(*lanes.IN_A_ROW).order_by("-is_urgent", "week", "pk"))
    groups = _similar([row for row in rows if not row.is_touched and not row.is_urgent], vault)
    grouped = {row.pk for group in groups for row in group}
    return SortedTray([row for row in rows if row.pk not in grouped], groups)


def _similar(rows: list[Submission], vault: OpenVault) -> list[list[Submission]]:
    """Compare one of each that are the same by their sealed labels. No event is left: nobody reads a word of it."""
    same, labels = defaultdict(list), reading.open_labels(rows, vault)
    for row in rows:
        label = labels.get(row.pk)
        if label and label.words and not label.danger and AGE_UNKNOWN not in label.flags:
            same[label.words].append(row)
    by_first = {several[0].pk: several for several in same.values()}
    words = reading.accounts_to_compare([several[0] for several in same.values()], vault, most=MOST_COMPARED)
    alike = group_similar({pk: words[pk] for pk in by_first if words.get(pk, "").strip()})
    # What is too much to compare stands with those of the very same words.
    alike += [[pk] for pk in by_first if pk not in words]
    groups = ([row for pk in group for row in by_first[pk]] for group in alike)
    return sorted((group for group in groups if len(group) > 1), key=len, reverse=True)


@transaction.atomic
def decline_all(asked: Collection[UUID], *, by: User, with_ticked: bool = False, with_opened: bool = False) -> int:
    """Decline what is untouched of those that were `asked` about, and nothing that came since; returns how many."""
    refuse_if(why_not("decline the flood", by))
    # Locked first, and judged after that: whoever touches one at this moment is waited for.
    several = Submission.objects.filter(pk__in=asked, is_flood=True).order_by("pk").select_for_update()
    locked = list(several.values_list("pk", flat=True))
    rows = untouched_flood(by=by, with_ticked=with_ticked, with_opened=with_opened).filter(pk__in=locked)
    declined = lifecycle.advance_all(rows, "decline", by=by, reason=flood_tray.REASON)
    Claim.objects.filter(submission__in=declined).delete()
    return len(declined)


_DECLINED = Event.objects.filter(deed="decline", reason=flood_tray.REASON)


def newest_click(by: User) -> Event | None:
    """One event, for all of them, of who declined last what can be put back; of a day's several, this person's own."""
    is_own = ExpressionWrapper(Q(by=by), output_field=BooleanField())
    declined = _DECLINED.filter(submission__in=flood_tray.declined_flood()).select_related("by")
    return declined.order_by("-day", is_own.desc(), "by").first()


def declined_by(click: Event | None, *, for_whom: User) -> QuerySet[Submission]:
    """Accounts that the same person declined that day, and that somebody who didn't put them aside can put back."""
    if click is None:
        return Submission.objects.none()
    same = _DECLINED.filter(submission=OuterRef("pk"), by=click.by_id, day=click.day)
    return flood_tray.declined_flood().filter(conflict_of_interest.not_skipped_by(for_whom), Exists(same))


@transaction.atomic
def put_all_back(*, click: int, by: User) -> int:
    """Put back what this click declined, and others of that person and day; returns how many. It is an event's key."""
    refuse_if(why_not("put back in the flood tray", by))
    return _put_back(declined_by(Event.objects.filter(pk=click).first(), for_whom=by), by=by)


@transaction.atomic
def put_one_back(submission: Submission, *, by: User) -> None:
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    refuse_if(why_not_back_in_tray(load_facts(row, by)))
    _put_back(Submission.objects.filter(pk=row.pk), by=by)
    submission.refresh_from_db()


def _put_back(rows: QuerySet[Submission], *, by: User) -> int:
    """It ends on the date that it had, or on that of the decision, if somebody was told a later day by it."""
    back = Submission.objects.filter(
        pk__in=lifecycle.advance_all(rows, "back in the tray", by=by, reason=flood_tray.REASON)
    )
    for week in set(back.values_list("week", flat=True)):
        until = retention_days.erased_undecided(week)
        back.filter(week=week, erase_on__lt=until).update(erase_on=until)
    return back.count()
