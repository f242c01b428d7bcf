"""Sorting many submissions at once. Nothing that makes a story, or part of one, is ever done to many."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from moderation import claims, decisions, flood, policies
from moderation.facts import load_facts, load_many_facts
from moderation.models import Claim
from moderation.queue import lanes as queue_lanes
from moderation.team.permissions import refuse_if
from stories.core import lifecycle
from stories.intake import flood_tray, messages
from stories.models import Submission

Rows = Iterable[Submission]
_SPAM = "not-an-account"


def why_not_new(submission: Submission, user: Any) -> str | None:
    """Say why it can't go from the flood to the new ones."""
    return policies.why_not_triage("take out of the flood", load_facts(submission, user))


@transaction.atomic
def bulk_to_new(rows: Rows, *, by: Any) -> int:
    """Move them from the flood tray to the new ones; returns how many."""
    moved = [row for row in _locked(rows) if row.is_flood and why_not_new(row, by) is None]
    for row in moved:
        decisions.take_out_of_flood(row, by=by)
    return len(moved)


def may_be_spam(rows: Rows, *, by: Any) -> set[Any]:
    """The ids of those that can be declined unread: nobody has begun on them, and nobody came back to them."""
    ids = [row.pk for row in rows]
    # Each of them was picked by hand, so one that is ticked as urgent may be among them.
    lanes = (
        flood.untouched_flood(by=by, with_ticked=True),
        flood.untouched_flood(by=by, lane=queue_lanes.FIRST),
    )
    return {pk for lane in lanes for pk in lane.filter(pk__in=ids).values_list("pk", flat=True)}


@transaction.atomic
def decline_as_spam(rows: Rows, *, by: Any) -> int:
    """Decline those of them that `may_be_spam`; returns how many.

    The flood can be put back; of the others each is told ten minutes later, and can be taken back until then.
    """
    refuse_if(policies.why_not("decline the flood", by))
    locked = _locked(rows)
    spam = may_be_spam(locked, by=by)
    messages.remember_all_before([row for row in locked if row.pk in spam and not row.is_flood], "decline")
    done = 0
    for is_flood, reason in ((True, flood_tray.REASON), (False, _SPAM)):
        some = Submission.objects.filter(pk__in=spam, is_flood=is_flood)
        done += len(lifecycle.advance_all(some, "decline", by=by, reason=reason))
    Claim.objects.filter(submission__in=spam).delete()
    return done


@transaction.atomic
def give_claims(rows: Rows, *, to: Any, by: Any) -> int:
    """Give them to a colleague, in whose lane they stand from then on; returns how many."""
    refuse_if(policies.why_not("give to a colleague", by))
    locked = _locked(rows)
    given = [each.submission for each in load_many_facts(locked, to) if policies.why_not_given(each) is None]
    for row in given:
        claims.hand_on(row, by=by)
        lifecycle.record_event(row, "give", by=by)
    Submission.objects.filter(pk__in=[row.pk for row in given]).update(meant_for=to)
    return len(given)


def _locked(rows: Rows) -> list[Submission]:
    """All of them at once, before any of them changes."""
    ids = [row.pk for row in rows]
    return list(Submission.objects.filter(pk__in=ids).order_by("pk").select_for_update())
