"""Correcting a published story: a working copy from its agreed text, two agreements, the same row and address.

The story stays up as it is until the second yes. Once what its contributor sent is erased, the submission
has no key left, so a correction brings one of its own, for the team alone, with a date of its own.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction

from moderation import claims, working_copies
from moderation.facts import Facts, load_facts, load_text_facts
from moderation.models import WorkingCopy
from moderation.policies.stories import why_not_correct, why_not_drop
from moderation.team.permissions import refuse_if
from stories.core import lifecycle, sealed_store
from stories.crypto import sealing
from stories.intake import retention
from stories.models import QueueKey, Story, Submission


@transaction.atomic
def begin_correction(story: Story, *, by: Any) -> WorkingCopy:
    """Open the story's text as a new working copy in the hands of `by`; raises `Refused`."""
    row, found = lifecycle.lock_both(story.submission_id)
    refuse_if(why_not_correct(load_text_facts(row, by)))
    if row.is_empty:
        _give_a_key(row)
    lifecycle.advance(row, "correct", by=by)
    claims.take_claim(row, by=by)
    return working_copies.save_version(row, (found or story).public_fields(), by=by)


@transaction.atomic
def drop_correction(submission: Submission, *, by: Any) -> None:
    """Give the correction up: the story stays as it is. Raises `Refused`."""
    row, _story = lifecycle.lock_both(submission.pk)
    refuse_if(why_not_drop(load_facts(row, by)))
    lifecycle.advance(row, "drop the correction", by=by)
    working_copies.end_agreements(row)
    claims.end_claim(row)
    if row.is_erased:
        # Nothing but the correction was sealed under this key, and nobody needs it any more.
        retention.erase_submission(row, on=row.erased_on or lifecycle.today())
    submission.refresh_from_db()


def corrected_story(facts: Facts) -> Story | None:
    """The story that is being corrected; None of anything else."""
    return facts.story if facts.status in lifecycle.CORRECTED else None


def _give_a_key(row: Submission) -> None:
    """Seal a new story key to the team's key alone: nobody has their code here, so it opens nothing of this."""
    pair, queue = sealing.new_pair(), QueueKey.objects.get(is_current=True)
    place = sealed_store.queue_place(row.pk, queue.epoch)
    row.public_key, row.queue_epoch = pair.public, queue
    row.key_for_queue = sealing.seal_key(pair.private, to=bytes(queue.public), place=place)
    row.erase_on = lifecycle.today() + timedelta(days=lifecycle.DAYS_AFTER_DECISION)
    row.save(update_fields=["public_key", "queue_epoch", "key_for_queue", "erase_on"])
