"""A force's objection to a story: written down, looked at by two people one after the other, and settled.

It hides nothing by itself: a force has no veto.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moderation import publishing
from moderation.policies import objections as rules
from moderation.team import audit_log
from moderation.team.permissions import Refused, refuse_if, why_not
from stories.core import dates, lifecycle, sealed_store
from stories.intake import receive
from stories.models import Story, TakeDownRequest


@dataclass(frozen=True)
class Objected:
    """What a force objects to, on which ground, in which words."""

    story: Story
    force: Any
    ground: str
    words: str


@transaction.atomic
def write_down(objected: Objected, *, by: Any) -> TakeDownRequest:
    """Keep an objection that reached the coordinator, its words and its force sealed to the team. Raises `Refused`.

    The force stands beside the box too, where the story shows it.
    """
    refuse_if(why_not("record an objection", by))
    queue = receive.queue_key()
    if queue is None:
        raise Refused(_("The team has no key yet, so nothing can be sealed to it."))
    story = Story.objects.select_for_update().get(pk=objected.story.pk)
    row = TakeDownRequest(
        story=story,
        # Beside a story that doesn't show it, a copy of the database would say which force it was.
        force=objected.force if objected.force.pk == story.force_id else None,
        ground=objected.ground,
        week=lifecycle.this_week(),
        due_on=dates.due_on(lifecycle.today()),
        queue_epoch=queue,
        written_down_by=by,
    )
    payload = {"force": objected.force.pk, "text": objected.words.strip()}
    row.box = sealed_store.objection_sealed(payload, to=bytes(queue.public), request_id=row.pk)
    row.save()
    receive.refuse_if_rotated(queue)
    audit_log.log_story(objected.story, "write down an objection", by=by)
    return row


@transaction.atomic
def look_first(objection: TakeDownRequest, outcome: str, reason: str, *, by: Any) -> None:
    """Say what should come of it and why; nothing happens before a second person agrees. Raises `Refused`."""
    row = _locked(objection)
    refuse_if(rules.why_not_look_first(row, by) or rules.why_not_known(outcome, reason))
    if outcome == TakeDownRequest.Outcome.WITHHELD:
        refuse_if(rules.why_not_withheld(row.story))
    row.first_outcome, row.reason, row.first_by = outcome, reason, by
    row.save(update_fields=["first_outcome", "reason", "first_by"])
    audit_log.log_story(row.story, "look at an objection", by=by)


@transaction.atomic
def send_back(objection: TakeDownRequest, *, by: Any) -> None:
    """Have it looked at anew, because the second person sees it another way. Raises `Refused`."""
    row = _locked(objection)
    refuse_if(rules.why_not_look_second(row, by))
    row.first_outcome, row.reason, row.first_by = "", "", None
    row.save(update_fields=["first_outcome", "reason", "first_by"])
    audit_log.log_story(row.story, "send an objection back", by=by)


@transaction.atomic
def agree_to_objection(objection: TakeDownRequest, *, shown: str, by: Any) -> TakeDownRequest:
    """Settle it as the first person chose; a story that is to be withheld goes down at once.

    `shown` is the choice that stood on the screen, as `rules.choice` names it. Raises `Refused`.
    """
    row = _locked(objection)
    refuse_if(rules.why_not_settle(row, shown, by))
    row.settled_by, row.settled_on = by, lifecycle.today()
    # The clock is over.
    row.due_on = None
    row.is_upheld = row.outcome == TakeDownRequest.Outcome.WITHHELD
    if row.is_upheld:
        refuse_if(rules.why_not_withheld(row.story))
    row.save()
    if row.is_upheld:
        publishing.withhold_row(row.story, by=by)
    audit_log.log_story(row.story, "settle an objection", by=by)
    return row


def _locked(objection: TakeDownRequest) -> TakeDownRequest:
    """The story's row first, as every deed about a story locks it."""
    story = Story.objects.select_for_update().get(pk=objection.story_id)
    row = TakeDownRequest.objects.select_for_update().get(pk=objection.pk)
    row.story = story
    return row
