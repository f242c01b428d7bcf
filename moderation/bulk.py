"""Sorting many submissions at once. Nothing that makes a story, or part of one, is ever done to many."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from moderation import claims, conflict_of_interest, decisions, reading
from moderation.facts import load_facts, load_many_facts
from moderation.models import Claim
from moderation.policies.access import why_not_given
from moderation.policies.decisions import why_not_back_in_tray, why_not_triage
from moderation.queue import lanes
from moderation.team.permissions import refuse_if, why_not
from moderation.team.vault import OpenVault
from stories.core import lifecycle, retention_days
from stories.intake import flood_tray, messages
from stories.models import Event, Submission

Rows = Iterable[Submission]
_SPAM = "not-an-account"


def movable_to_new(rows: Rows, *, by: User) -> list[Submission]:
    """Those that can go from the flood to the new ones."""
    deed = "take out of the flood"
    flood = [row for row in rows if row.is_flood]
    return [each.submission for each in load_many_facts(flood, by) if why_not_triage(deed, each) is None]


@transaction.atomic
def bulk_to_new(rows: Rows, *, by: User) -> int:
    """Move them from the flood tray to the new ones; returns how many."""
    moved = movable_to_new(_locked(rows), by=by)
    for row in moved:
        decisions.take_out_of_flood(row, by=by)
    return len(moved)


def may_be_spam(rows: Rows, *, by: User) -> list[Submission]:
    """Those that can be declined unread: nobody has begun on them, and nobody came back to them."""
    # Each of them was picked by hand, so one that is ticked as urgent may be among them.
    untouched = untouched_flood(by=by, with_ticked=True), untouched_flood(by=by, lane=lanes.FIRST)
    ids = {row.pk for some in untouched for row in some.filter(pk__in=[row.pk for row in rows])}
    return [row for row in rows if row.pk in ids]


@transaction.atomic
def decline_as_spam(rows: Rows, *, by: User) -> int:
    """Decline those of them that `may_be_spam`; returns how many. Who isn't of the flood is told after ten minutes."""
    refuse_if(why_not("decline the flood", by))
    spam, done = may_be_spam(_locked(rows), by=by), 0
    messages.remember_before([row for row in spam if not row.is_flood], "decline")
    for is_flood, reason in ((True, flood_tray.REASON), (False, _SPAM)):
        some = Submission.objects.filter(pk__in=[row.pk for row in spam], is_flood=is_flood)
        done += len(lifecycle.advance_all(some, "decline", by=by, reason=reason))
    Claim.objects.filter(submission__in=spam).delete()
    return done


@transaction.atomic
def give_claims(rows: Rows, *, colleague: User, by: User) -> int:
    """Give them to a colleague, in whose lane they stand from then on; returns how many."""
    refuse_if(why_not("give to a colleague", by))
    locked = _locked(rows)
    given = [each.submission for each in load_many_facts(locked, colleague) if why_not_given(each) is None]
    for row in given:
        claims.hand_on(row, by=by)
        lifecycle.record_event(row, "give", by=by)
    Submission.objects.filter(pk__in=[row.pk for row in given]).update(meant_for=colleague)
    return len(given)


def _locked(rows: Rows) -> list[Submission]:
    """All of them at once, before any of them changes."""
    return list(Submission.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk").select_for_update())


def untouched_flood(*, by: User, lane: lanes.Lane = lanes.FLOOD, with_ticked: bool = False) -> QuerySet[Submission]:
    """The flood, or another lane, without what somebody touched, its contributor came back to or this person put aside,
    and without what is ticked as urgent, which somebody reads first, unless `with_ticked`.
    """
    rows = lanes.rows_in_lane(lane, by).exclude(flood_tray.is_touched())
    return rows if with_ticked else rows.filter(is_urgent=False)


def groups_of_same_words(rows: list[Submission], vault: OpenVault) -> list[list[Submission]]:
    """Group what was sent more than once, the largest group first; by the sealed labels, so no account is opened."""
    groups, labels = defaultdict(list), reading.open_labels(rows, vault)
    for row in rows:
        if row.pk in labels and labels[row.pk].words:
            groups[labels[row.pk].words].append(row)
    return sorted((group for group in groups.values() if len(group) > 1), key=len, reverse=True)


@transaction.atomic
def decline_all(asked: Collection[UUID], *, by: User, with_ticked: bool = False) -> int:
    """Decline what is untouched of those that were `asked` about, and nothing that came since; returns how many."""
    refuse_if(why_not("decline the flood", by))
    rows = untouched_flood(by=by, with_ticked=with_ticked).filter(pk__in=asked)
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
    """Put one alone back; raises `Refused`."""
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
