"""Conflict of interest, and skipping: what somebody doesn't read, and who is left to read it.

Who knows the force or a person in an account declares it, and no deed on that account is theirs any more. Who would
rather not read one skips it, and needs no reason.
"""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.dispatch import receiver

from moderation import claims
from moderation.facts import load_facts
from moderation.models import Aside, WorkingCopy
from moderation.policies.access import why_not_conflicted, why_not_for_real
from moderation.team.permissions import MODERATORS, key_shares_in_use, refuse_if, why_not
from stories.core import lifecycle
from stories.intake import retention
from stories.models import Submission


# With each account, and each night what is left of them.
@receiver((retention.erased, retention.ran))
def _forget_erased(**kwargs: object) -> None:
    """Forget the skips of what is erased: whoever knew somebody in it says who is in it. A correction keeps its own."""
    Aside.objects.filter(submission__erased_on__isnull=False, submission__queue_epoch=None).delete()


@transaction.atomic
def skip_account(submission: Submission, *, by: User) -> None:
    """Hide it from this person and let go of it; no reason is asked, and nobody else is told."""
    refuse_if(why_not("claim", by) or why_not_for_real(submission))
    claims.hand_on(submission, by=by)
    Aside.objects.get_or_create(submission=submission, person=by)


@transaction.atomic
def declare_conflict(submission: Submission, *, by: User) -> None:
    """Hide it from somebody who knows the force or a person in it, and keep every deed on it from them."""
    refuse_if(why_not("claim", by) or why_not_for_real(submission))
    # The row first: a deed of theirs that is being done is waited for.
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    claims.hand_on(row, by=by)
    Aside.objects.update_or_create(submission=row, person=by, defaults={"is_conflict": True})


@transaction.atomic
def show_again(submission: Submission, *, by: User) -> None:
    Aside.objects.filter(submission=submission, person=by).delete()


def why_not_apart(submission: Submission, person: User) -> str | None:
    """Say that this person has a conflict of interest about it; asks the database, for who has no facts at hand."""
    return why_not_conflicted(load_facts(submission, person))


def skipped_by(person: User) -> QuerySet[Aside]:
    mine = Aside.objects.filter(person=person, submission__status__in=lifecycle.OPEN_TO_WORK)
    return mine.select_related("submission").order_by("submission__week", "submission_id")


def skipped_ids(person: User) -> list[UUID]:
    return list(Aside.objects.filter(person=person).values_list("submission", flat=True))


def not_skipped_by(person: User) -> Q:
    """Leave out, of a query of submissions, what this person skipped; use it in `filter`."""
    return ~Q(pk__in=Aside.objects.filter(person=person).values("submission"))


def nobody_left(among: Collection[UUID] | None = None) -> dict[UUID, str]:
    """The accounts that nobody is left to read first, or second, by id; of these ids alone, where some are given.

    Who skipped one counts as gone without it being said why: nobody has to explain, and nobody is pressed.
    """
    # Active moderators whose key opens the vault.
    held = key_shares_in_use().filter(key__moderator__is_active=True, key__moderator__groups__name=MODERATORS)
    team = set(held.values_list("key__moderator", flat=True))
    gone, wrote = _by_submission(Aside, "person", among), _by_submission(WorkingCopy, "written_by", among)
    forward = set(Submission.objects.filter(status__in=lifecycle.PUT_FORWARD).values_list("pk", flat=True))
    missing = {}
    for pk in {**gone, **wrote}:
        able, is_forward = team - gone[pk], pk in forward
        if not able and not is_forward:
            missing[pk] = "first"
        # A second one wrote none of it and isn't the first.
        elif not able - wrote[pk] or (len(able) < 2 and not is_forward):
            missing[pk] = "second"
    return missing


def _by_submission(
    table: type[Aside | WorkingCopy], person: str, among: Collection[UUID] | None
) -> dict[UUID, set[int]]:
    rows = table.objects.filter(submission__status__in=lifecycle.OPEN_TO_WORK, submission__practice_for=None)
    if among is not None:
        rows = rows.filter(submission__in=among)
    found: dict[UUID, set[int]] = defaultdict(set)
    for submission, who in rows.order_by().values_list("submission", person).distinct():
        found[submission].add(who)
    return found
