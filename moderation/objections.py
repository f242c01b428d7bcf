"""A force's objection to a story: written down, looked at by two people one after the other, and settled.

It hides nothing by itself: a force has no veto.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moderation import policies, publishing
from moderation.errors import Refused, refuse_if
from moderation.log import audit_log
from moderation.policies import objections as rules
from stories import dates, lifecycle
from stories.models import Objection, Story
from stories.telling import intake, sealed_store


@dataclass(frozen=True)
class Objected:
    """What a force objects to, on which ground, in which words."""

    story: Story
    force: Any
    ground: str
    words: str


@transaction.atomic
def write_down(objected: Objected, *, by: Any) -> Objection:
    """Keep an objection that reached the coordinator, its words and its force sealed to the team. Raises `Refused`.

    The force stands beside the box too, where the story shows it.
    """
    refuse_if(policies.why_not("record an objection", by))
    queue = intake.queue_key()
    if queue is None:
        raise Refused(_("The team has no key yet, so nothing can be sealed to it."))
    today = lifecycle.today()
    story = Story.objects.select_for_update().get(pk=objected.story.pk)
    row = Objection(
        story=story,
        # Beside a story that doesn't show it, a copy of the database would say which force it was.
        force=objected.force if objected.force.pk == story.force_id else None,
        ground=objected.ground,
        week=lifecycle.this_week(),
        due_on=dates.due_on(today),
        queue_epoch=queue,
        written_down_by=by,
        erase_on=today + timedelta(days=lifecycle.DAYS_UNDECIDED),
    )
    payload = {"force": objected.force.pk, "text": objected.words.strip()}
    row.box = sealed_store.objection_sealed(payload, to=bytes(queue.public), objection_id=row.pk)
    row.save()
    intake.refuse_if_rotated(queue)
    audit_log.log_story(objected.story, "write down an objection", by=by)
    return row


@transaction.atomic
def look_first(objection: Objection, outcome: str, reason: str, *, by: Any) -> None:
    """Say what should come of it and why; nothing happens before a second person agrees. Raises `Refused`."""
    row = _locked(objection)
    refuse_if(rules.why_not_look_first(row, by) or rules.why_not_known(outcome, reason))
    if outcome == Objection.Outcome.WITHHELD:
        refuse_if(rules.why_not_withheld(row.story))
    row.first_outcome, row.reason, row.first_by = outcome, reason, by
    row.save(update_fields=["first_outcome", "reason", "first_by"])
    audit_log.log_story(row.story, "look at an objection", by=by)


@transaction.atomic
def send_back(objection: Objection, *, by: Any) -> None:
    """Have it looked at anew, because the second person sees it another way. Raises `Refused`."""
    row = _locked(objection)
    refuse_if(rules.why_not_look_second(row, by))
    row.first_outcome, row.reason, row.first_by = "", "", None
    row.save(update_fields=["first_outcome", "reason", "first_by"])
    audit_log.log_story(row.story, "send an objection back", by=by)


@transaction.atomic
def agree(objection: Objection, *, shown: str, by: Any) -> Objection:
    """Settle it as the first person chose; a story that is to be withheld goes down at once.

    `shown` is the choice that stood on the screen, as `rules.choice` names it. Raises `Refused`.
    """
    row = _locked(objection)
    refuse_if(rules.why_not_settle(row, shown, by))
    row.outcome, row.second_by = row.first_outcome, by
    row.settled_month = lifecycle.today().replace(day=1)
    # The clock is over; what the force wrote goes as what contributors write does.
    row.due_on, row.erase_on = None, lifecycle.today() + timedelta(days=lifecycle.DAYS_AFTER_DECISION)
    row.is_standing = row.outcome == Objection.Outcome.WITHHELD
    if row.is_standing:
        refuse_if(rules.why_not_withheld(row.story))
    row.save()
    if row.is_standing:
        publishing.withhold_row(row.story, by=by)
    audit_log.log_story(row.story, "settle an objection", by=by)
    return row


def _locked(objection: Objection) -> Objection:
    """The story's row first, as every deed about a story locks it."""
    story = Story.objects.select_for_update().get(pk=objection.story_id)
    row = Objection.objects.select_for_update().get(pk=objection.pk)
    row.story = story
    return row
