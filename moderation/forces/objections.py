"""A force's objection to a story: written down, looked at by two people one after the other, and settled.

It hides nothing by itself: a force has no veto.
"""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from moderation import publishing
from moderation.conflict_of_interest import why_not_apart
from moderation.policies.access import reason_if
from moderation.team import audit_log
from moderation.team.permissions import Refused, refuse_if, why_not
from stories.core import dates, lifecycle, sealed_store, tables
from stories.intake import receive
from stories.models import Force, Story, TakeDownRequest

# What can come of it, and why.
REASONS: dict[str, dict[str, str]] = tables.read(__file__)


def reason_in_words(objection: TakeDownRequest) -> str:
    return REASONS.get(objection.first_outcome, {}).get(objection.reason, "")


def why_not_look_first(objection: TakeDownRequest, user: User) -> str | None:
    return _why_not_look(objection, user) or reason_if(objection.first_by_id, "looked_at_already")


def why_not_look_second(objection: TakeDownRequest, user: User) -> str | None:
    first = objection.first_by_id
    refused = _why_not_look(objection, user) or reason_if(first is None, "nobody_looked")
    return refused or reason_if(first == user.pk, "you_looked_first")


def objection_choice(objection: TakeDownRequest) -> str:
    return f"{objection.first_outcome}.{objection.reason}"


def why_not_withheld(story: Story) -> str | None:
    is_removed = story.status == Story.Status.REMOVED
    return reason_if(is_removed, "removed") or reason_if(not story.may_publish, "withheld_for_yes")


def _why_not_look(objection: TakeDownRequest, user: User) -> str | None:
    return (
        why_not("look at an objection", user)
        or why_not_apart(objection.story.submission, user)
        or reason_if(not objection.is_of_force, "takes_one")
        or reason_if(objection.outcome, "objection_settled")
    )


@transaction.atomic
def record_objection(story: Story, force: Force, ground: str, words: str, *, by: User) -> TakeDownRequest:
    """Keep an objection that reached the coordinator, its words and its force sealed to the team. Raises `Refused`."""
    refuse_if(why_not("record an objection", by))
    queue = receive.queue_key()
    if queue is None:
        raise Refused(_("The team has no key yet, so nothing can be sealed to it."))
    story = Story.objects.select_for_update().get(pk=story.pk)
    row = TakeDownRequest(
        story=story,
        # Beside a story that doesn't show it, a copy of the database would say which force it was.
        force=force if force.pk == story.force_id else None,
        ground=ground,
        week=lifecycle.this_week(),
        due_on=dates.due_on(lifecycle.today()),
        queue_epoch=queue,
        written_down_by=by,
    )
    payload = {"force": force.pk, "text": words.strip()}
    row.box = sealed_store.request_sealed(payload, to=bytes(queue.public), request_id=row.pk, kind="objection")
    row.save()
    receive.refuse_if_rotated(queue)
    audit_log.log_story(story, "write down an objection", by=by)
    return row


@transaction.atomic
def choose_outcome(objection: TakeDownRequest, outcome: str, reason: str, *, by: User) -> None:
    """Say what should come of it and why; nothing happens before a second person agrees. Raises `Refused`."""
    row = _locked(objection)
    is_known = reason in REASONS.get(outcome, {})
    refuse_if(why_not_look_first(row, by) or reason_if(not is_known, "choose_outcome"))
    if outcome == TakeDownRequest.Outcome.WITHHELD:
        refuse_if(why_not_withheld(row.story))
    _save_choice(row, outcome, reason, by)
    audit_log.log_story(row.story, "look at an objection", by=by)


@transaction.atomic
def send_objection_back(objection: TakeDownRequest, *, by: User) -> None:
    row = _locked(objection)
    refuse_if(why_not_look_second(row, by))
    _save_choice(row, "", "", None)
    audit_log.log_story(row.story, "send an objection back", by=by)


def _save_choice(row: TakeDownRequest, outcome: str, reason: str, first_by: User | None) -> None:
    row.first_outcome, row.reason, row.first_by = outcome, reason, first_by
    row.save(update_fields=["first_outcome", "reason", "first_by"])


@transaction.atomic
def agree_to_objection(objection: TakeDownRequest, *, shown: str, by: User) -> TakeDownRequest:
    """Settle it as the first person chose, which `shown` says; what is withheld goes down at once. Raises `Refused`."""
    row = _locked(objection)
    refuse_if(
        why_not_look_second(row, by)
        or reason_if(shown != objection_choice(row), "choice_changed")
        or reason_if(why_not("look at an objection", row.first_by), "first_look_gone")
    )
    # Its clock is over.
    row.settled_by, row.settled_on, row.due_on = by, lifecycle.today(), None
    row.is_upheld = row.outcome == TakeDownRequest.Outcome.WITHHELD
    if row.is_upheld:
        refuse_if(why_not_withheld(row.story))
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
