"""Forces' answers: the second person's yes, what it makes public, and when an answer goes.

Wagtail keeps drafts, revisions and the workflow; `stories.models.Response` lets nothing be public beside a yes.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import pre_delete
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState, Workflow, WorkflowContentType, WorkflowTask
from wagtail.signals import published, unpublished, workflow_submitted

from moderation.models import AnswerTask
from moderation.policies import responses as policies
from moderation.redaction import open_findings
from moderation.redaction.open_findings import Remaining
from moderation.team.permissions import refuse_if
from stories.core import lifecycle, snapshot, takedown
from stories.core.scanner import Look
from stories.intake import retention
from stories.intake.receive import cleaned_words
from stories.models import Letter, Response, Story
from stories.models.response import WRITTEN_FIELDS
from stories.pii import url_names
from stories.pii.replacements import Looked, Wording
from stories.reading import receivers

LAPSE = "heard.let_a_response_lapse"
# The language that the site asks forces in, and they answer.
_LANGUAGE = "en"
_WORKFLOW = "A second person agrees to a force’s answer"


# --- What could lead to somebody ------------------------------------------------------------


class Findings(Remaining):
    """What could lead to somebody in an answer: in its words, and in its links, where no eye reads a name."""

    @cached_property
    def looked(self) -> dict[str, Looked]:
        """Each field with its findings."""
        texts = {name: self.fields[name] for name in WRITTEN_FIELDS}
        return {name: (text, url_names.with_those(text, self.look(text))) for name, text in texts.items()}

    @cached_property
    def held_back(self) -> list[Wording]:
        return policies.holds_back(self.looked.values())

    @cached_property
    def without_reasons(self) -> dict[str, str]:
        """What to say beside each field of which something has no reason."""
        each = {name: policies.holds_back([text]) for name, text in self.looked.items()}
        found = {name: policies.why_not_left(held, left=self.left, name=name) for name, held in each.items()}
        return {name: reason for name, reason in found.items() if reason}


def findings_in(fields: Mapping[str, Any], *, why_it_stays: str, look: Look) -> Findings:
    """The findings of these fields, each with its reason; looked at when first asked for."""
    texts = {name: cleaned_words(str(fields.get(name) or "")) for name in WRITTEN_FIELDS}
    found = Findings(texts, {}, _LANGUAGE, look)
    left = policies.reasons_by_key(why_it_stays, found.wordings)
    return Findings(texts, left, _LANGUAGE, look)


def findings_surely(fields: Mapping[str, Any], *, why_it_stays: str, look: Look) -> Findings:
    """The same for a deed; raises `Refused` where a field can't be looked through."""
    found = findings_in(fields, why_it_stays=why_it_stays, look=look)
    open_findings.looked_at(found.fields, look, names=WRITTEN_FIELDS)
    return found


# --- Entering -------------------------------------------------------------------------------


def entering_slips(response: Response, *, look: Look | None = None) -> policies.Slips:
    """Say, by field, what keeps an answer from being put forward; raises `Refused` where nobody can look through it."""
    slips = policies.response_slips(response)
    if slips:
        # A look takes seconds: what can be refused without one is refused first.
        return slips
    found = findings_surely(response.public_fields(), why_it_stays=response.why_it_stays, look=look or Look())
    return found.without_reasons


@transaction.atomic
def enter_answer(response: Response, *, by: Any) -> None:
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


def agree_to_answer(response: Response, *, by: Any) -> Response:
    """Be the second person of what waits, as the page does; raises `Refused`."""
    state = response.current_workflow_task_state
    refuse_if(None if state else _("Nothing waits for a second person here."))
    state.task.specific.on_action(state, by, "approve", revision=state.revision_id)
    return Response.objects.get(pk=response.pk)


# --- The second person ----------------------------------------------------------------------


def refuse_to_agree(state: TaskState, revision_id: int | None, *, user: Any) -> None:
    """Raise `Refused` unless this person may agree to exactly the revision that they saw."""
    response = state.revision.content_object
    refuse_if(policies.why_not_second_person(response, user) or _why_not_this(state, revision_id))
    waiting = state.revision.as_object()
    found = findings_surely(waiting.public_fields(), why_it_stays=waiting.why_it_stays, look=Look())
    refuse_if(
        policies.why_not_answered_any_more(waiting.story_slugs.split(), ask=waiting.ask)
        or policies.why_not_agree_left(found.held_back, left=found.left)
    )


def refuse_to_send_back(state: TaskState, revision_id: int | None, reason: str, *, user: Any) -> None:
    """Raise `Refused` unless this person may send back the revision that they saw, for one of the closed reasons."""
    refuse_if(policies.why_not_send_response_back(reason, user=user) or _why_not_this(state, revision_id))


def _why_not_this(state: TaskState, revision_id: int | None) -> str | None:
    if state.status != TaskState.STATUS_IN_PROGRESS:
        return _("Nothing waits for a second person here.")
    if state.revision_id != revision_id or not state.revision.is_latest_revision():
        return _("The text has changed since you opened it. Read the new version, then decide.")
    return None


def create_workflow(**kwargs: Any) -> None:
    """Give answers their workflow where they have none; called after each migration."""
    of_answers = ContentType.objects.get_for_model(Response)
    if WorkflowContentType.objects.filter(content_type=of_answers).exists():
        return
    task = AnswerTask.objects.filter(active=True).first() or AnswerTask.objects.create(name=_WORKFLOW)
    workflow = Workflow.objects.create(name=_WORKFLOW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(workflow=workflow, content_type=of_answers)


# --- What follows ---------------------------------------------------------------------------


def connect_receivers() -> None:
    """Follow what Wagtail does to answers, stories that go for good, and the night; called once, at the start."""
    published.connect(_follow_published, sender=Response, dispatch_uid="heard-answer-published")
    unpublished.connect(_follow_unpublished, sender=Response, dispatch_uid="heard-answer-unpublished")
    workflow_submitted.connect(_follow_submitted, dispatch_uid="heard-answer-submitted")
    pre_delete.connect(_follow_deleted, sender=Response, dispatch_uid="heard-answer-deleted")
    takedown.removed.connect(_go_along, dispatch_uid="heard-said-of-stories")
    # Two at once: an answer may be agreed to at the moment in which its story goes.
    retention.ran.connect(_go_along, dispatch_uid="heard-said-of-stories")
    retention.ran.connect(_let_lapse, dispatch_uid="heard-responses")


def _follow_published(instance: Response, **kwargs: Any) -> None:
    """Tie what is public now to its stories and to its letter."""
    instance.stories.set(Story.objects.filter(slug__in=instance.story_slugs.split()))
    if instance.letter_id:
        Letter.objects.filter(pk=instance.letter_id).update(answer=instance)
    snapshot.invalidate()
    transaction.on_commit(retention.scrub_database, robust=True)


def _follow_unpublished(instance: Response, **kwargs: Any) -> None:
    instance.stories.clear()
    snapshot.invalidate()


def _follow_submitted(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance.content_object, Response):
        snapshot.invalidate()


def _follow_deleted(instance: Response, **kwargs: Any) -> None:
    """A force that answered isn't silent, though its answer is gone; a draft that a person drops was none."""
    if instance.live or getattr(instance, "did_answer", False):
        spoken = [letter.pk for letter in Letter.objects.filter(force=instance.force_id) if instance.speaks_to(letter)]
        Letter.objects.filter(Q(pk__in=spoken) | Q(answer=instance)).update(is_answered=True)


def draft_in_hand(letter: Letter) -> Response | None:
    """The answer that speaks to a letter, was put forward and isn't on the site yet."""
    drafts = Response.objects.filter(force=letter.force_id, live=False, is_entered=True)
    return next((draft for draft in drafts if draft.speaks_to(letter)), None)


@transaction.atomic
def _go_along(**kwargs: Any) -> None:
    """Erase answers and letters about stories alone of which the last is gone for good.

    No record is kept of it: its time would be the contributor's. Whoever removes the story, and the night, scrub.
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


def _let_lapse(**kwargs: Any) -> None:
    """It ends on a date: what nobody agreed to and nobody entered again goes once it has rested long enough."""
    before = timezone.now() - timedelta(days=lifecycle.DAYS_UNDECIDED)
    rested = Response.objects.filter(Q(live=False) | Q(has_unpublished_changes=True))
    for response in rested.filter(latest_revision__created_at__lt=before):
        _let_one_lapse(response)


@transaction.atomic
def _let_one_lapse(response: Response) -> None:
    log(response, LAPSE, user=None)
    if not response.live:
        # The force did answer: its letter never says again that it didn't.
        response.did_answer = response.is_entered
        response.delete()
        return
    for state in response.workflow_states.active():
        state.cancel()
    response.revisions.filter(pk__gt=response.live_revision_id or 0).delete()
    Response.objects.filter(pk=response.pk).update(
        latest_revision=response.live_revision, has_unpublished_changes=False
    )


# --- Whether it stands already ---------------------------------------------------------------


def same_words_elsewhere(response: Response) -> list[Response]:
    """Other answers that say the same, whatever their case, line ends and punctuation at the edges."""
    wanted = _bare(response.words)
    others = Response.public.select_related("force").exclude(pk=response.pk)
    return [row for row in others if _bare(row.words) == wanted] if wanted else []


def _bare(words: str) -> str:
    return " ".join(words.casefold().split()).strip(" .,;:!?“”‘’\"'")
