"""Having a submission in hand: one holder at a time, until half an hour after the last piece of work."""

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils import timezone

from moderation.facts import TextFacts, load_facts
from moderation.models import Claim
from moderation.policies.access import why_not_claim, why_not_take_over
from moderation.team.permissions import refuse_if
from stories.core import lifecycle
from stories.intake import messages, retention
from stories.models import Submission


@transaction.atomic
def take_claim(submission: Submission, *, by: User) -> Claim:
    """Take it in hand, or hold on to it for longer; raises `Refused` when somebody else was first.

    The submission's row is locked before anybody looks, so that of two clicks at once one wins. Its
    event ends its contributor's time for editing the words: from then on somebody may be reading them.
    """
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    facts = load_facts(row, by)
    refuse_if(why_not_claim(facts))
    if not facts.is_mine:
        lifecycle.record_event(row, "claim", by=by)
    return _give(row, by)


@transaction.atomic
def take_over(submission: Submission, *, reason: str, by: User) -> Claim:
    """Take it from a colleague who is away from it, for a reason of the closed list; raises `Refused`."""
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    refuse_if(why_not_take_over(load_facts(row, by), reason))
    lifecycle.record_event(row, "take over", by=by, reason=reason)
    return _give(row, by)


def _give(row: Submission, holder: User) -> Claim:
    """Put the locked row into somebody's hands; it waits for nobody else then."""
    if row.meant_for_id not in (None, holder.pk):
        Submission.objects.filter(pk=row.pk).update(meant_for=None)
    claim, _ = Claim.objects.update_or_create(submission=row, defaults={"holder": holder, "expires_at": _until()})
    clear_away_soon()
    return claim


def _until() -> datetime:
    return timezone.now() + Claim.LASTS


def renew_claim(submission: Submission, *, by: User) -> None:
    """Count half an hour from now for the one who is working on it; changes nothing for anybody else."""
    Claim.objects.filter(submission=submission, holder=by).update(expires_at=_until())


def renewed_claim(facts: TextFacts, *, by: User) -> TextFacts:
    """The same for a page that is looked at, whose facts are loaded: they say the new time."""
    claim: Claim | None = getattr(facts.submission, "claim", None)
    if claim is None or claim.holder_id != by.pk:
        return facts
    renew_claim(facts.submission, by=by)
    claim.expires_at = _until()
    return replace(facts, claim=claim)


def hand_on(submission: Submission, *, by: User) -> None:
    """Let go of it, so that anybody may take it; no reason is asked."""
    Claim.objects.filter(submission=submission, holder=by).delete()
    Submission.objects.filter(pk=submission.pk, meant_for=by).update(meant_for=None)


def end_claim(submission: Submission) -> None:
    Claim.objects.filter(submission=submission).delete()


def clear_away_soon() -> None:
    """After this transaction, forget when claims ended that have ended, and when messages were sent that were sent.

    Such a time lies beside a contributor's deeds, and would tell theirs. So whatever moderators do does this.
    """
    transaction.on_commit(_clear_away, robust=True)


@receiver(retention.ran)
def _clear_away(**kwargs: object) -> None:
    """By the clock too, where nobody's work did it."""
    Claim.objects.filter(expires_at__lte=timezone.now()).delete()
    messages.clear_away()


def claims_of(moderator: User) -> QuerySet[Claim]:
    mine = Claim.objects.filter(holder=moderator, expires_at__gt=timezone.now())
    return mine.select_related("submission").order_by("expires_at")
