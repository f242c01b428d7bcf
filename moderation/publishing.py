"""Publishing: the only place that puts words into a story, and only words with two yeses.

A correction leaves the story up as it is until the second yes. Once what its contributor sent is erased, the submission
has no key left, so a correction brings one of its own, for the team alone, with a date of its own.
"""

import random
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from moderation import claims, reading, working_copies
from moderation.facts import Facts, load_facts, load_text_facts
from moderation.models import Agreement, PutBack, WorkingCopy
from moderation.policies import stories as rules
from moderation.policies.access import reason_if, why_not_for_real
from moderation.policies.danger import why_not_calm
from moderation.policies.texts import Opened
from moderation.team import audit_log
from moderation.team.permissions import Refused, refuse_if, why_not
from moderation.team.vault import OpenVault
from stories.core import agreed_text, disk_space, journal, lifecycle, retention_days, sealed_store, snapshot, takedown
from stories.intake import retention
from stories.intake.take_down_requests import HIDE_AT_ONCE
from stories.models import Story, Submission, TakeDownRequest
from stories.reading import receivers

# A batch of one or two would tell which story belongs to whom, so it waits; but never for ever.
SMALLEST_BATCH = 3
LONGEST_WAIT = timedelta(weeks=4)


def write_story(story: Story | None, opened: Opened, *, first_reader: User, second_reader: User) -> Story:
    """Write the row that the next batch makes public, or put a correction in the place of its words.

    Called by `agreements.agree_to_text` inside its transaction. Raises `Refused` for an exercise, whoever asks.
    """
    submission, answers, is_correction = opened.copy.submission, opened.answers, story is not None
    refuse_if(why_not_for_real(submission))
    if story is None:
        quote, training = (bool(answers.get(name)) for name in ("consent_quote", "consent_training"))
        story = Story(submission=submission, may_quote=quote, may_train=training)
    else:
        journal.note_deed("changed", story.pk, story.digest)
    if story.sequence is None:
        # It waits for the next batch: a new one, or one whose text was sent back and that never went out.
        story.agreed_week = lifecycle.this_week()
    else:
        # The page names the month, as it does of the publication.
        story.edited_month = lifecycle.today().replace(day=1)
    story.agreed, story.salt = agreed_text.canonical_text(opened.fields), opened.payload["salt"]
    story.digest, story.first_reader, story.second_reader = opened.copy.digest, first_reader, second_reader
    _fill(story, opened.fields)
    story.save()
    if not is_correction:
        return story
    # Nothing that leant on the words before keeps what they said. It may show another force, or none, and then no
    # answer to it is shown; whoever wanted it back wanted other words back.
    receivers.refresh_answered([story.pk])
    takedown.forget_other_forces(story)
    PutBack.objects.filter(story=story).delete()
    if story.status == Story.Status.LIVE:
        snapshot.invalidate(only_stories=True)
    transaction.on_commit(retention.scrub_database, robust=True)
    return story


def as_story(fields: dict[str, str], *, slug: str) -> Story:
    """A row that is never saved, for a page that shows these fields as they would be public."""
    story = Story(slug=slug)
    _fill(story, fields)
    return story


def _fill(story: Story, fields: dict[str, str]) -> None:
    for name in agreed_text.TEXT_COLUMNS:
        setattr(story, name, fields[name])
    story.force_id = fields["force"] or None  # type: ignore[assignment]
    story.outcome_id = fields["outcome"] or None  # type: ignore[assignment]
    story.year = int(fields["year"]) if fields["year"] else None


@transaction.atomic
def publish_batch(*, by: User | None = None) -> list[Story]:
    """Make the agreed stories live in random order; returns them, or none while the batch is thin. Raises `Refused`."""
    if by is not None:
        refuse_if(why_not("publish a batch", by))
    agreed = list(Story.objects.select_for_update().filter(status=Story.Status.AGREED))
    # All of them before the first entry of the record, as `record` asks; and what a contributor writes from here on
    # comes after the batch.
    list(Submission.objects.select_for_update().filter(story__in=agreed).order_by("pk"))
    waiting = waiting_stories()
    if why_batch_waits(waiting):
        return []
    random.SystemRandom().shuffle(waiting)
    last = Story.objects.aggregate(last=Max("sequence"))["last"] or 0
    month = lifecycle.today().replace(day=1)
    for place, story in enumerate(waiting, start=last + 1):
        story.sequence, story.month, story.status = place, month, Story.Status.LIVE
        story.save(update_fields=["sequence", "month", "status"])
        lifecycle.advance(story.submission, "publish", by=by)
    snapshot.invalidate(only_stories=True)
    return waiting


def waiting_stories() -> list[Story]:
    """The agreed stories that the next batch would make live."""
    return [story for story, kept_out in agreed_stories() if not kept_out]


def agreed_stories() -> list[tuple[Story, str]]:
    """Each that is agreed, and what keeps it out of the next batch: its readers were "not-asked" whether somebody is in
    danger, what its contributor sent since is "unread", or a coordinator "left" it for next week.
    """
    rows = _agreed().annotate(is_calm=ExpressionWrapper(_both_said_no(), BooleanField()))
    return [(story, _why_kept_out(story, is_calm=story.is_calm)) for story in rows]


def _why_kept_out(story: Story, *, is_calm: bool) -> str:
    if not is_calm:
        return "not-asked"
    if story.submission.unopened_since:
        return "unread"
    return "left" if story.left_out_until and story.left_out_until > lifecycle.this_week() else ""


@transaction.atomic
def leave_for_next_week(story: Story, *, by: User, is_left: bool = True) -> None:
    """Have no batch take an agreed story this week, or take that back. Raises `Refused`."""
    row = Story.objects.select_for_update().get(pk=story.pk)
    refuse_if(why_not("publish a batch", by) or reason_if(row.status != Story.Status.AGREED, "in_no_batch"))
    row.left_out_until = lifecycle.this_week() + timedelta(weeks=1) if is_left else None
    row.save(update_fields=["left_out_until"])
    audit_log.log_story(row, "leave for next week" if is_left else "take into the batch", by=by)


def _agreed() -> QuerySet[Story]:
    """Without those whose text was sent back: what was a story once waits there for two new yeses."""
    ready = Story.objects.filter(status=Story.Status.AGREED, submission__status=Submission.Status.AGREED)
    return ready.select_related("submission", "force", "first_reader", "second_reader")


def _both_said_no() -> Q:
    """Each reader said yes to exactly this text, and that nobody is in danger."""
    yeses = Agreement.objects.filter(working_copy__submission=OuterRef("submission"), digest=OuterRef("digest"))
    said = yeses.filter(no_danger=True)
    first, second = (Exists(said.filter(place=each, by=OuterRef(f"{each}_reader"))) for each in ("first", "second"))
    return first & second


def why_batch_waits(waiting: list[Story]) -> str | None:
    if not waiting:
        return _("No agreed story is waiting.")
    if len(waiting) >= SMALLEST_BATCH:
        return None
    # Left alone by somebody's choice, one story would go out by itself.
    if _agreed().filter(left_out_until__gt=lifecycle.this_week()).exists():
        return _("Without those left for next week there are fewer than three, so the batch waits for them.")
    if lifecycle.this_week() - min(story.agreed_week for story in waiting) < LONGEST_WAIT:
        return _("Fewer than three agreed stories are waiting, so the batch waits for more, four weeks at most.")
    return None


@disk_space.with_reserve
@transaction.atomic
def take_down(story: Story, *, by: User) -> None:
    """Take a story off the site at once; one moderator is enough. Raises `Refused`."""
    row = Story.objects.select_for_update().get(pk=story.pk)
    refuse_if(rules.why_not_take_down(load_facts(row.submission_id, by)))
    takedown.hide_story(row)
    lifecycle.record_event(row.submission, "take down", by=by)
    story.refresh_from_db()


@transaction.atomic
def put_back(story: Story, *, vault: OpenVault) -> bool:
    """Put a story back for `vault.moderator`: at once after an automatic hide, otherwise by a second moderator.

    Returns True when it is back, False when the first wish is noted. Not before two people have answered what its
    account says of danger, which only an open vault can tell. Raises `Refused`.
    """
    by = vault.moderator
    row = Story.objects.select_for_update().get(pk=story.pk)
    facts = load_text_facts(row.submission_id, by)
    refuse_if(rules.why_not_put_back(facts))
    if not facts.submission.is_empty:
        refuse_if(why_not_calm(reading.Unsealed(facts, vault=vault).danger))
    asked_by = None if row.hidden_by_request else rules.who_asked_to_put_back(facts)
    if not row.hidden_by_request and asked_by is None:
        PutBack.objects.update_or_create(story=row, defaults={"asked_by": by, "asked_on": lifecycle.today()})
        audit_log.log_story(row, "ask back", by=by)
        return False
    if asked_by == by.pk:
        raise Refused(_("You asked for this already; another moderator has to agree."))
    _bring_back(row, by=by)
    story.refresh_from_db()
    return True


def _bring_back(row: Story, *, by: User) -> None:
    row.status = Story.Status.LIVE if row.sequence else Story.Status.AGREED
    row.hidden_by_request = row.is_withheld = False
    row.save(update_fields=["status", "hidden_by_request", "is_withheld"])
    PutBack.objects.filter(story=row).delete()
    TakeDownRequest.objects.filter(story=row, is_upheld=True).update(is_upheld=False)
    # Of what hid the story, this is the answer; what asks for more is still to be read.
    for request in TakeDownRequest.objects.filter(story=row, settled_on=None, ground__in=HIDE_AT_ONCE):
        _settle(request, by=by)
    lifecycle.record_event(row.submission, "put back", by=by)
    if row.status == Story.Status.LIVE:
        snapshot.invalidate(only_stories=True)


@disk_space.with_reserve
@transaction.atomic
def withhold_story(request: TakeDownRequest, *, by: User) -> None:
    """Have the address of a story say that a legal reason keeps it down, until it is put back. Raises `Refused`."""
    row = Story.objects.select_for_update().get(pk=request.story_id)
    refuse_if(rules.why_not_withhold(request, load_facts(row.submission_id, by)))
    withhold_row(row, by=by)
    audit_log.log_story(row, "withhold", by=by)


def withhold_row(row: Story, *, by: User) -> None:
    """Take a story down whose row the caller's deed has locked, and have its address say that it is withheld."""
    was_up = row.status in (Story.Status.LIVE, Story.Status.AGREED)
    takedown.withhold_story(row)
    if was_up:
        lifecycle.record_event(row.submission, "take down", by=by)


@transaction.atomic
def settle_request(request: TakeDownRequest, *, by: User, answer: str = "") -> None:
    """Settle a request, with an answer if there is one; the story stays as it is. Raises `Refused`."""
    row = TakeDownRequest.objects.select_for_update().get(pk=request.pk)
    facts = load_facts(row.story.submission_id, by)
    refuse_if(rules.why_not_settle(row, facts) or rules.why_not_reply(row, answer))
    if answer.strip():
        row.answer = sealed_store.answer_sealed(answer.strip(), request=row)
    _settle(row, by=by)
    audit_log.log_story(row.story, "settle", by=by)


def _settle(row: TakeDownRequest, *, by: User) -> None:
    row.settled_by, row.settled_on = by, lifecycle.today()
    # The clock is over, and with it the need for the day.
    row.due_on = None
    row.save(update_fields=["settled_by", "settled_on", "due_on", "answer"])


@transaction.atomic
def begin_correction(story: Story, *, by: User) -> WorkingCopy:
    """Open the story's text as a new working copy in the hands of `by`; raises `Refused`."""
    row, found = lifecycle.lock_both(story.submission_id)
    refuse_if(rules.why_not_correct(load_text_facts(row, by)))
    if row.is_empty:
        sealed_store.give_team_key(row)
        row.erase_on = retention_days.erased_after_decision(lifecycle.today())
        row.save(update_fields=["erase_on"])
    lifecycle.advance(row, "correct", by=by)
    claims.take_claim(row, by=by)
    return working_copies.save_version(row, (found or story).public_fields(), by=by)


@transaction.atomic
def drop_correction(submission: Submission, *, by: User) -> None:
    """Give the correction up: the story stays as it is. Raises `Refused`."""
    row, _story = lifecycle.lock_both(submission.pk)
    refuse_if(rules.why_not_drop(load_facts(row, by)))
    lifecycle.advance(row, "drop the correction", by=by)
    working_copies.end_agreements(row)
    claims.end_claim(row)
    if row.is_erased:
        # Nothing but the correction was sealed under this key, and nobody needs it any more.
        retention.erase_submission(row, on=row.erased_on or lifecycle.today())
    submission.refresh_from_db()


def corrected_story(facts: Facts) -> Story | None:
    return facts.story if facts.status in lifecycle.CORRECTED else None
