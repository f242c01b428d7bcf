"""Writing stories: the only place that puts words into one, and only words with two yeses."""

import random
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import policies, room_log
from moderation.errors import Refused, refuse_if
from moderation.models import PutBack, WorkingCopy
from stories import agreed_text, going_down, lifecycle
from stories.models import Story, TakeDownRequest
from stories.public import edition

# A batch of one or two would tell which story belongs to whom, so it waits; but never for ever.
SMALLEST_BATCH = 3
LONGEST_WAIT = timedelta(weeks=4)


def write(
    copy: WorkingCopy, opened: dict[str, Any], answers: dict[str, Any], *, first_reader: Any, second_reader: Any
) -> Story:
    """Write the row that the next batch makes public; called by `agreements.agree` inside its transaction."""
    fields = opened["fields"]
    story = Story(
        submission=copy.submission,
        agreed=agreed_text.canonical(fields),
        salt=opened["salt"],
        digest=copy.digest,
        first_reader=first_reader,
        second_reader=second_reader,
        agreed_week=lifecycle.this_week(),
        may_quote=bool(answers.get("consent_quote")),
        may_train=bool(answers.get("consent_training")),
    )
    _fill(story, fields)
    story.save()
    return story


def _fill(story: Story, fields: dict[str, str]) -> None:
    for name in ("title", "text", "place_shown", "region", "nation", "themes", "content_notes"):
        setattr(story, name, fields[name])
    story.force_id = fields["force"] or None  # type: ignore[assignment]
    story.outcome_id = fields["outcome"] or None  # type: ignore[assignment]
    story.year = int(fields["year"]) if fields["year"] else None


# --- Batches --------------------------------------------------------------------------------


@transaction.atomic
def publish_batch(*, by: Any = None) -> list[Story]:
    """Make the agreed stories live in random order; returns them, or none while the batch is thin.

    `by` is a coordinator, or None for the clock. Raises `Refused`.
    """
    if by is not None:
        refuse_if(policies.why_not("publish a batch", by))
    waiting = list(Story.objects.select_for_update().filter(status=Story.Status.AGREED))
    if why_batch_waits(waiting):
        return []
    random.SystemRandom().shuffle(waiting)
    last = Story.objects.aggregate(last=Max("sequence"))["last"] or 0
    month = lifecycle.today().replace(day=1)
    for place, story in enumerate(waiting, start=last + 1):
        story.sequence, story.month, story.status = place, month, Story.Status.LIVE
        story.save(update_fields=["sequence", "month", "status"])
        lifecycle.advance(story.submission, "publish", by=by)
    edition.bump()
    return waiting


def waiting_stories() -> list[Story]:
    """The agreed stories that the next batch would make live."""
    return list(Story.objects.filter(status=Story.Status.AGREED).only("pk", "agreed_week"))


def why_batch_waits(waiting: list[Story]) -> str | None:
    """Say why the agreed stories don't go live yet, or None."""
    if not waiting:
        return _("No agreed story is waiting.")
    oldest = min(story.agreed_week for story in waiting)
    if len(waiting) < SMALLEST_BATCH and lifecycle.this_week() - oldest < LONGEST_WAIT:
        return _("Fewer than three agreed stories are waiting, so the batch waits for more, four weeks at most.")
    return None


# --- Down and back --------------------------------------------------------------------------


@transaction.atomic
def take_down(story: Story, *, by: Any) -> None:
    """Take a story off the site at once; one moderator is enough. Raises `Refused`."""
    row = Story.objects.select_for_update().get(pk=story.pk)
    refuse_if(policies.why_not_take_down(row, by))
    going_down.hide(row)
    lifecycle.record(row.submission, "take down", by=by)
    room_log.note(row, "heard.take_down", by=by)
    story.refresh_from_db()


@transaction.atomic
def put_back(story: Story, *, by: Any) -> bool:
    """Put a story back: at once after an automatic hide, otherwise by a second moderator.

    Returns True when it is back, False when the first wish is noted. Raises `Refused`.
    """
    row = Story.objects.select_for_update().get(pk=story.pk)
    refuse_if(policies.why_not_put_back(row, by))
    wish = PutBack.objects.filter(story=row).first()
    if not row.hidden_by_request and wish is None:
        PutBack.objects.create(story=row, asked_by=by, asked_at=timezone.now().replace(second=0, microsecond=0))
        room_log.note(row, "heard.ask_back", by=by)
        return False
    if not row.hidden_by_request and wish is not None and wish.asked_by_id == by.pk:
        raise Refused(_("You asked for this already; another moderator has to agree."))
    _bring_back(row, by=by)
    story.refresh_from_db()
    return True


def _bring_back(row: Story, *, by: Any) -> None:
    row.status = Story.Status.LIVE if row.sequence else Story.Status.AGREED
    row.hidden_by_request = False
    row.save(update_fields=["status", "hidden_by_request"])
    PutBack.objects.filter(story=row).delete()
    for request in TakeDownRequest.objects.filter(story=row, settled_at__isnull=True):
        _settle(request, by=by)
    lifecycle.record(row.submission, "put back", by=by)
    room_log.note(row, "heard.put_back", by=by)
    edition.bump()


@transaction.atomic
def settle(request: TakeDownRequest, *, by: Any) -> None:
    """Say that a take-down request needs nothing more; the story stays as it is. Raises `Refused`."""
    row = TakeDownRequest.objects.select_for_update().get(pk=request.pk)
    refuse_if(policies.why_not_settle(row, by))
    _settle(row, by=by)
    room_log.note(row.story, "heard.settle", by=by)


def _settle(row: TakeDownRequest, *, by: Any) -> None:
    row.settled_by, row.settled_at = by, timezone.now().replace(second=0, microsecond=0)
    row.save(update_fields=["settled_by", "settled_at"])
