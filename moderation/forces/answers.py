"""Letters that ask forces, and forces' answers: the second person's yes, what it makes public, and when they go.

Of a letter its record alone is kept, and its words are made from that. Of answers Wagtail keeps drafts, revisions and
the workflow; `stories.models.Response` lets nothing be public beside a yes.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState, Workflow, WorkflowContentType, WorkflowState, WorkflowTask
from wagtail.signals import published, unpublished, workflow_submitted

from moderation.models import AGREE, AnswerTask, ResponseEntry, SendBackForm
from moderation.policies import responses as policies
from moderation.policies.access import reason_if
from moderation.redaction.findings import Remaining, looked_at
from moderation.team import audit_log
from moderation.team.permissions import refuse_if, why_not
from moderation.team.vault import OpenVault
from stories.core import journal, retention_days, sealed_store, snapshot, takedown
from stories.core.scanner import Look
from stories.crypto import sealing
from stories.crypto.sealing import DoesNotOpen
from stories.intake import retention
from stories.intake.receive import cleaned_words
from stories.models import Force, Letter, Response, Story
from stories.models.response import WRITTEN_FIELDS
from stories.pii import url_names
from stories.pii.replacements import Looked, Wording
from stories.reading import ask_progress, receivers

# What was put forward, and isn't on the site yet.
_DRAFTS = Response.objects.filter(live=False, is_entered=True)
_WORKFLOW = "A second person agrees to a force’s answer"


class Findings(Remaining):
    """Findings in the words of an answer, and in its links, where no eye reads a name."""

    @cached_property
    def looked(self) -> dict[str, Looked]:
        texts = {name: self.fields[name] for name in WRITTEN_FIELDS}
        return {name: (text, url_names.add_link_names(text, self.look(text))) for name, text in texts.items()}

    @cached_property
    def together(self) -> None:
        """Nothing: an answer is a force's word, and no account of one person."""

    @cached_property
    def held_back(self) -> list[Wording]:
        return policies.holds_back(self.looked.values())

    @cached_property
    def without_reasons(self) -> dict[str, str]:
        each = {name: policies.holds_back([text]) for name, text in self.looked.items()}
        found = {name: policies.why_not_left(held, left=self.left, name=name) for name, held in each.items()}
        return {name: reason for name, reason in found.items() if reason}


def findings_in(response: Response, look: Look, *, surely: bool = False) -> Findings:
    """Find what could lead to somebody in it; `surely` raises `Refused` where a field can't be looked through."""
    texts = {name: cleaned_words(str(getattr(response, name) or "")) for name in WRITTEN_FIELDS}
    if surely:
        looked_at(texts, look, names=WRITTEN_FIELDS)
    # The site asks forces in English, and they answer in it.
    found = Findings(texts, {}, "en", look)
    return replace(found, left=policies.reasons_by_key(response.why_it_stays, found.wordings))


def entering_slips(response: Response) -> policies.Slips:
    """Say, by field, what keeps an answer from being put forward; raises `Refused` where nobody can look through it."""
    # A look takes seconds: what can be refused without one is refused first.
    return policies.response_slips(response) or findings_in(response, Look(), surely=True).without_reasons


@transaction.atomic
def enter_answer(response: Response, *, by: User) -> None:
    """Put a draft, or a correction of what stands, forward as the form does; raises `Refused`."""
    refuse_if(policies.why_not("enter a response", by) or next(iter(entering_slips(response).values()), None))
    if not response.live:
        response.save()
    response.save_revision(user=by)
    workflow, state = response.get_workflow(), response.current_workflow_state
    if state is not None:
        state.resume(by)
    elif workflow is not None:
        workflow.start(response, by)


def agree_to_answer(response: Response, *, by: User) -> Response:
    """Be the second person of what waits, as the page does; raises `Refused`."""
    state = response.current_workflow_task_state
    refuse_if(reason_if(state is None, "nothing_waits"))
    state.task.specific.on_action(state, by, "approve", revision=state.revision_id)
    return Response.objects.get(pk=response.pk)


@transaction.atomic
def decide_revision(state: TaskState, action: str, revision_id: int | None, reason: str, *, by: User) -> None:
    """Agree to exactly the revision that somebody saw, or send it back for a reason of the list; raises `Refused`."""
    if action == AGREE:
        answer = state.revision.content_object
        refuse_if(policies.why_not_second_person(answer, by) or _why_not_this(state, revision_id))
        waiting = state.revision.as_object()
        found = findings_in(waiting, Look(), surely=True)
        refuse_if(
            policies.why_not_answered_any_more(waiting.story_slugs.split(), ask=waiting.ask)
            or policies.why_not_left(found.held_back, left=found.left)
        )
        state.approve(user=by)
    else:
        is_known = reason in SendBackForm.Reason.values
        may_not = why_not("send a response back", by) or reason_if(not is_known, "send_back_reason")
        refuse_if(may_not or _why_not_this(state, revision_id))
        state.reject(user=by, comment=str(SendBackForm.Reason(reason).label))
    deed = "agree to a response" if action == AGREE else "send a response back"
    log_answer(state.revision.content_object, deed, by=by)


def _why_not_this(state: TaskState, revision_id: int | None) -> str | None:
    is_other = state.revision_id != revision_id or not state.revision.is_latest_revision()
    is_over = state.status != TaskState.STATUS_IN_PROGRESS
    return reason_if(is_over, "nothing_waits") or reason_if(is_other, "text_changed")


def log_answer(response: Response, deed: str, *, by: User | None) -> None:
    """Write down what somebody, or the clock, did to an answer; never a word of it."""
    log(response, audit_log.action_name(deed), user=by)


def create_workflow(**kwargs: object) -> None:
    of_answers = ContentType.objects.get_for_model(Response)
    if WorkflowContentType.objects.filter(content_type=of_answers).exists():
        return
    task = AnswerTask.objects.filter(active=True).first() or AnswerTask.objects.create(name=_WORKFLOW)
    workflow = Workflow.objects.create(name=_WORKFLOW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(workflow=workflow, content_type=of_answers)


@receiver(published, sender=Response)
def _follow_published(instance: Response, **kwargs: object) -> None:
    instance.stories.set(Story.objects.filter(slug__in=instance.story_slugs.split()))
    if instance.letter_id:
        Letter.objects.filter(pk=instance.letter_id).update(answer=instance)
    snapshot.invalidate()
    transaction.on_commit(retention.scrub_database, robust=True)


@receiver(unpublished, sender=Response)
def _follow_unpublished(instance: Response, **kwargs: object) -> None:
    instance.stories.clear()
    journal.note_deed("answer", instance.pk)
    snapshot.invalidate()


@receiver(workflow_submitted)
def _follow_submitted(instance: WorkflowState, **kwargs: object) -> None:
    if isinstance(instance.content_object, Response):
        snapshot.invalidate()


@receiver(pre_delete, sender=Response)
def _follow_deleted(instance: Response, **kwargs: object) -> None:
    """A force that answered isn't silent, though its answer is gone; a draft that a person drops was none."""
    journal.note_deed("answer", instance.pk)
    if instance.live or getattr(instance, "did_answer", False):
        spoken = [letter.pk for letter in Letter.objects.filter(force=instance.force_id) if instance.speaks_to(letter)]
        Letter.objects.filter(Q(pk__in=spoken) | Q(answer=instance)).update(is_answered=True)


def draft_in_hand(letter: Letter) -> Response | None:
    drafts = _DRAFTS.filter(force=letter.force_id)
    return next((draft for draft in drafts if draft.speaks_to(letter)), None)


# Each night too: an answer may be agreed to at the moment in which its story goes.
@receiver((takedown.removed, retention.ran))
@transaction.atomic
def _go_along(**kwargs: object) -> None:
    """Erase answers and letters about stories alone of which the last is gone for good, without a record: its time
    would be the contributor's. Whoever removes the story, and the night, scrub.
    """
    there = Story.objects.exclude(status=Story.Status.REMOVED)
    letters = Letter.objects.filter(ask="", stories__status=Story.Status.REMOVED).exclude(stories__in=there)
    slugs = set(there.values_list("slug", flat=True)) if Response.objects.exclude(story_slugs="").exists() else set()
    with receivers.without_receivers():
        for response in Response.objects.filter(ask="").exclude(story_slugs=""):
            if not slugs & set(response.story_slugs.split()):
                response.delete()
        for letter in letters.distinct():
            letter.delete()


@receiver(retention.ran)
def _let_lapse(**kwargs: object) -> None:
    """It ends on a date: what nobody agreed to and nobody entered again goes once it has rested long enough."""
    before = timezone.now() - timedelta(days=retention_days.DAYS_UNDECIDED)
    for response in open_answers().filter(latest_revision__created_at__lt=before):
        with transaction.atomic():
            log_answer(response, "let a response lapse", by=None)
            if not response.live:
                # The force did answer: its letter never says again that it didn't.
                response.did_answer = response.is_entered
                response.delete()
                continue
            for state in response.workflow_states.active():
                state.cancel()
            response.revisions.filter(pk__gt=response.live_revision_id or 0).delete()
            there = {"latest_revision": response.live_revision, "has_unpublished_changes": False}
            Response.objects.filter(pk=response.pk).update(**there)


def same_words_elsewhere(response: Response) -> list[Response]:
    """Other answers that say the same, whatever their case, line ends and punctuation at the edges."""

    def bare(row: Response) -> str:
        return " ".join(row.words.casefold().split()).strip(" .,;:!?“”‘’\"'")

    wanted, others = bare(response), Response.public.select_related("force").exclude(pk=response.pk)
    return [row for row in others if bare(row) == wanted] if wanted else []


def letters_without_answer() -> list[Letter]:
    rows = Letter.objects.filter(answer=None).select_related("force").order_by("month", "force", "pk")
    drafts = list(_DRAFTS.all())
    return [row for row in rows if not any(draft.speaks_to(row) for draft in drafts)]


def open_answers() -> QuerySet[Response]:
    """Drafts, and corrections of what stands, to which two people haven't agreed."""
    return Response.objects.exclude(live=True, has_unpublished_changes=False)


def waiting_answers() -> list[Response]:
    """The same, each with its newest revision and its `turn`: what came back first, then the oldest."""
    rows = list(open_answers().select_related("force", "latest_revision__user"))
    for row in rows:
        state = row.current_workflow_state
        row.turn = state.status if state else ""
    return sorted(rows, key=lambda row: (row.turn == WorkflowState.STATUS_IN_PROGRESS, row.latest_revision_id or 0))


def answers_waiting_for(user: User) -> list[Response]:
    """Of these, what a person can bring further: what came back, and what they may agree to as a second person."""
    may_enter = why_not("enter a response", user) is None
    return [
        row
        for row in waiting_answers()
        if (may_enter and row.turn == WorkflowState.STATUS_NEEDS_CHANGES)
        or (row.turn == WorkflowState.STATUS_IN_PROGRESS and not policies.why_not_second_person(row, user))
    ]


def move_sealed_answers(vault: OpenVault) -> int:
    """Make a draft of every answer that this vault opens, and say how many; the others wait for another vault."""
    return sum(_move_one(entry.pk, vault) for entry in ResponseEntry.objects.all())


@transaction.atomic
def _move_one(pk: UUID, vault: OpenVault) -> bool:
    entry = ResponseEntry.objects.select_for_update().filter(pk=pk).first()
    if entry is None:
        return False
    versions, payloads = list(entry.versions.exclude(box=b"").select_related("written_by")), []
    try:
        for version in versions:
            place = sealed_store.response_place(entry.pk, version.number)
            private = vault.keys.get(version.queue_epoch_id or 0, bytes(32))
            payloads.append(sealing.open_sealed(bytes(version.box), private=private, place=place))
    except DoesNotOpen:
        return False
    for version, payload in zip(versions, payloads, strict=True):
        _save_draft(entry, payload, by=version.written_by)
    response = Response.objects.get(pk=entry.pk)
    # From here on their answer is told by the draft itself.
    Letter.objects.filter(pk__in=entry.speaks_to.all(), answer=None).update(is_answered=False)
    workflow = response.get_workflow()
    if workflow is not None and entry.state == "waiting":
        workflow.start(response.get_latest_revision_as_object(), versions[-1].written_by)
    Response.objects.filter(pk=entry.pk).update(is_entered=True)
    entry.delete()
    transaction.on_commit(retention.scrub_database, robust=True)
    return True


def _save_draft(entry: ResponseEntry, payload: sealed_store.Payload, *, by: User) -> None:
    """One version as a revision by whoever wrote it; what stands on the site is left as it is."""
    fields = payload["fields"]
    row = Response.objects.filter(pk=entry.pk).first()
    draft = row or Response(pk=entry.pk, live=False)
    for name in ("kind", "ask", *WRITTEN_FIELDS):
        setattr(draft, name, fields[name])
    draft.force = Force.objects.get(pk=fields["force"])
    draft.about_year = int(fields["about_year"]) if fields["about_year"] else None
    for name in ("month", "due_on"):
        setattr(draft, name, date.fromisoformat(fields[name]) if fields[name] else None)
    draft.story_slugs, draft.letter, draft.checked = fields["stories"], entry.letter, payload["checked"]
    draft.why_it_stays = "\n".join(f"{key}: {why}" for key, why in payload["left"].items())
    if not draft.live:
        draft.save()
    draft.save_revision(user=by, clean=False)


_MORE_THAN_A_LINE = re.compile(r"\n{3,}")


@transaction.atomic
def record_letter(
    force: str, *, month: date, role: str, stories: Iterable[str] = (), ask: str = "", by: User
) -> Letter:
    """Keep that a letter was sent; all but who wrote it down is public at once. Raises `Refused`."""
    role, slugs = " ".join(cleaned_words(role).split()), list(stories)
    slips = policies.letter_slips(force, month=month, role=role, stories=slugs, ask=ask)
    refuse_if(why_not("record a letter", by) or next(iter(slips.values()), None))
    letter = Letter(force_id=force, month=month.replace(day=1), role=role, ask=ask, written_down_by=by)
    refuse_if(letter.why_not_public())
    letter.save()
    letter.stories.set(Story.live.filter(slug__in=slugs))
    audit_log.log_deed("record a letter", letter, by=by, label=letter.pk.hex[:12])
    snapshot.invalidate()
    return letter


@transaction.atomic
def take_out_letter(letter: Letter, *, by: User) -> None:
    """Take the record of a letter out again, that was never sent or was written down wrong. Raises `Refused`."""
    row = Letter.objects.select_for_update().get(pk=letter.pk)
    refuse_if(why_not_take_out(row, by))
    audit_log.log_deed("take out a letter", row, by=by, label=row.pk.hex[:12])
    row.delete()
    snapshot.invalidate()


def why_not_take_out(letter: Letter, user: User) -> str | None:
    """Say why this person can't take out the record of a letter: its answer stands, stood, or was put forward."""
    if reason := why_not("record a letter", user):
        return reason
    is_answered = letter.is_answered or letter.answer_id or draft_in_hand(letter)
    return _("Its answer was entered already, so its record stays.") if is_answered else None


def letter_text(letter: Letter) -> str:
    """The letter as plain text: never a story's title or word. Who sends it fills what is in square brackets."""
    ask = ask_progress.asks_by_slug().get(letter.ask)
    context = {"letter": letter, "site": settings.BASE_URL, "stories": live_slugs(letter), "ask": ask}
    return _MORE_THAN_A_LINE.sub("\n\n", render_to_string("moderation/letter.txt", context)).strip() + "\n"


def why_not_send(letter: Letter) -> str | None:
    """Say that nothing is left of what it was about: the force could open none of it."""
    if live_slugs(letter) or letter.ask in ask_progress.asks_by_slug():
        return None
    return _("What this letter was about isn’t on the site any more. If you haven’t sent it yet, don’t.")


def live_slugs(letter: Letter) -> list[str]:
    """A story that came down since is gone from the letter too."""
    return list(letter.stories.filter(status="live").order_by("slug").values_list("slug", flat=True))
