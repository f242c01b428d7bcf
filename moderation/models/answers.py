"""The second person of a force's answer, as a task of Wagtail's workflow; and answers still sealed the earlier way."""

import uuid

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _now, gettext_lazy as _
from wagtail.models import Task, TaskState, WorkflowState

from stories.models import Force, Letter, QueueKey, Response
from stories.models.submission import moderator_field

AGREE, SEND_BACK = "approve", "reject"


class AgreeForm(forms.Form):
    """The revision that stood on the screen."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class SendBackForm(AgreeForm):
    """And why it goes back: one of a closed list, so that nothing of the answer stands in a log."""

    class Reason(models.TextChoices):
        IDENTIFIES = "identifies", _("It could identify someone.")
        DISPUTES = "disputes", _("It disputes a person’s word.")
        BLAMES = "blames", _("It blames who reported.")
        PROMISE = "promise", _("It promises something, without whose it is or by when.")
        SAME = "same", _("The same words stand elsewhere already.")

    reason = forms.ChoiceField(
        label=_("Why it goes back"),
        choices=Reason,
        widget=forms.RadioSelect,
        help_text=_("Whoever entered it reads this, and tells the force."),
        error_messages={"required": _("Choose why it goes back, so that who entered it knows.")},
    )


class AnswerTask(Task):
    """A moderator who wrote no version of the answer agrees to exactly one, or sends it back; a superuser doesn't."""

    class Meta:
        verbose_name = _("agreement of a second person to a force’s answer")
        verbose_name_plural = _("agreements of a second person to forces’ answers")

    def locked_for_user(self, obj: Response, user: User) -> bool:
        """True: an answer that waits stays as it is, whoever you are. Send it back or cancel first."""
        return True

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """Note that the force answered, from the day this is put forward."""
        from moderation.forces import answers

        state = super().start(workflow_state, user=user)
        row = Response.objects.filter(pk=workflow_state.object_id)
        row.update(is_entered=True)
        # Wagtail remembers the answer as it was before the form that puts it forward again was saved.
        state.revision_id = row.values_list("latest_revision", flat=True).get()
        state.save(update_fields=["revision"])
        # What an earlier release sealed was written down when it was entered.
        if not ResponseEntry.objects.filter(pk=workflow_state.object_id).exists():
            answers.log_answer(row.get(), "enter a response", by=user)
        return state

    def get_actions(self, obj: Response, user: User) -> list[tuple[str, object, bool]]:
        from moderation.policies import responses as policies

        refusals = {AGREE: policies.why_not_second_person(obj, user)}
        refusals[SEND_BACK] = policies.why_not("send a response back", user)
        labels = {AGREE: _("Agree to these words"), SEND_BACK: _("Send it back")}
        return [(name, labels[name], True) for name, why_not in refusals.items() if why_not is None]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return AgreeForm if action == AGREE else SendBackForm

    def get_task_states_user_can_moderate(self, user: User, **kwargs: object) -> models.QuerySet[TaskState]:
        from moderation.policies import responses as policies

        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return waiting.none() if policies.why_not("agree to a response", user) else waiting

    def on_action(
        self,
        task_state: TaskState,
        user: User,
        action_name: str,
        revision: int | None = None,
        reason: str = "",
        **more: object,
    ) -> None:
        """Do it where the rules let this person do it to the revision that they saw; raises `Refused`."""
        from moderation.forces import answers

        if action_name not in (AGREE, SEND_BACK):
            raise PermissionDenied(_now("An answer of a force is agreed to or sent back."))
        answers.decide_revision(task_state, action_name, revision, reason, by=user)

    @classmethod
    def get_description(cls) -> object:
        return _("Another moderator than whoever wrote any version of the answer agrees to it")


class ResponseEntry(models.Model):
    """A force's answer that was sealed by an earlier release: the first vault that opens makes a draft of it."""

    # The response that comes of it has the same id.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey(Force, models.PROTECT, related_name="+", verbose_name=_("force"))
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, blank=True, related_name="+")
    # The letters that say "answered" for it alone.
    speaks_to = models.ManyToManyField(Letter, related_name="+", blank=True)
    state = models.CharField(_("state"), max_length=9, default="waiting")

    def __str__(self) -> str:
        return f"Response entered for {self.force_id}"


class ResponseVersion(models.Model):
    """One version of it, sealed to the queue key of this epoch."""

    entry = models.ForeignKey(ResponseEntry, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    box = models.BinaryField(blank=True, default=b"")
    queue_epoch = models.ForeignKey(QueueKey, models.PROTECT, null=True, blank=True)
    written_by = moderator_field()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="one_response_for_each_number")]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.entry_id}"
