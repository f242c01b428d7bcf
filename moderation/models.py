"""The tables of the moderators' room: texts and the yeses to them, claims, skips, wishes, ready words, forces' answers;
and those of the team: its people, their keys, and those deeds of `audit_log` that have no minute.
"""

import uuid
from datetime import datetime, timedelta

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _now, gettext_lazy as _
from wagtail.models import Task, TaskState, WorkflowState

from stories.models import Force, Letter, QueueKey, Response, SealedText, Story, Submission
from stories.models.submission import moderator_field, random_number


class Row(models.Model):
    """A row of which no page says a name."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class ChanceRow(Row):
    """The same, with a number of chance: in the order of their numbers nothing is told of when rows came."""

    id = models.BigAutoField(primary_key=True, default=random_number)

    class Meta(Row.Meta):
        abstract = True


class WorkingCopy(Row):
    """One version of a moderator's rewriting; its words and salt are sealed, and go when the seal goes."""

    sealed = models.OneToOneField(SealedText, models.CASCADE, primary_key=True, related_name="working_copy")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="working_copies")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    written_by = moderator_field()
    written_on = models.DateField()
    # The number of the newest event of its submission at that moment: what is numbered higher came after it.
    after_event = models.PositiveIntegerField(default=0)
    # The window that kept it while somebody typed, by a chance name, and how often that had sent; null: saved by hand.
    window = models.CharField(max_length=32, null=True)
    # What screens call it, such as "2, draft 3": `load_text_facts` sets it. `number` counts what was kept while typing.
    shown = ""

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="one_copy_for_each_number")]


class Agreement(ChanceRow):
    """One moderator's yes to exactly one text, which the digest names: the first by putting it forward, the second by
    agreeing. It is never changed, and nobody is their own second.
    """

    class Place(models.TextChoices):
        FIRST = "first", _("First reader")
        SECOND = "second", _("Second reader")

    working_copy = models.ForeignKey(WorkingCopy, models.CASCADE, related_name="agreements")
    digest = models.CharField(max_length=64, db_index=True)
    place = models.CharField(max_length=6, choices=Place)
    by = moderator_field()
    day = models.DateField()
    # "Nobody's life is in danger now, and the person it happened to isn't under 18": every yes to every story says
    # so, and the triggers take none without. So it tells nothing of any one of them.
    no_danger = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["working_copy", "by"], name="one_agreement_for_each_reader"),
            models.UniqueConstraint(fields=["working_copy", "place"], name="one_agreement_for_each_place"),
        ]


class Wish(ChanceRow):
    """One moderator's wish for what takes two: a second one does it."""

    asked_by = moderator_field()
    asked_on = models.DateField()

    class Meta:
        abstract = True


class PutBack(Wish):
    story = models.OneToOneField(Story, models.CASCADE, related_name="put_back")


class ReleaseWish(Wish):
    submission = models.OneToOneField(Submission, models.CASCADE, related_name="release_wish")


class Claim(ChanceRow):
    """A submission in somebody's hands for a time. Not a state: it has a holder, ends by itself, and then it goes."""

    # It ends by itself after so long without a piece of work.
    LASTS = timedelta(minutes=30)

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="claim")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims")
    expires_at = models.DateTimeField()


class Aside(ChanceRow):
    """An item that somebody would rather not read, or may not because they know the force or a person in it."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="asides")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="asides")
    is_conflict = models.BooleanField(_("knows the force or a person in it"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "person"], name="one_aside_for_each_person")]


class ReadyWords(models.Model):
    """One text of the library, which a moderator sends as it is or changes first; or somebody whom they can call."""

    class Purpose(models.TextChoices):
        QUESTION = "question", _("A question to the contributor")
        DECLINE = "decline", _("Why a story isn't published")
        CARE = "care", _("Whom a moderator can call here")
        SAFEGUARDING = "safety", _("Safeguarding: whom to ring when somebody may be in danger")

    # Those of its own page in the room.
    PURPOSES: tuple[Purpose, ...] = (Purpose.QUESTION, Purpose.DECLINE)

    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    title = models.CharField(_("title"), max_length=100, help_text=_("Seen by moderators alone."))
    text = models.TextField(_("text"), max_length=2000)
    text_cy = models.TextField(_("text in Welsh"), max_length=2000, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("ready words")
        verbose_name_plural = _("ready words")
        ordering = ["purpose", "order", "title"]

    def __str__(self) -> str:
        return self.title


class Contact(ReadyWords):
    """Somebody whom moderators ring: for a person in danger, or for themselves."""

    PURPOSES = (ReadyWords.Purpose.SAFEGUARDING, ReadyWords.Purpose.CARE)

    class Meta:
        proxy = True
        verbose_name = _("safeguarding number")
        verbose_name_plural = _("safeguarding numbers")


class RiskWords(models.Model):
    question = models.CharField(_("question"), max_length=20, unique=True, editable=False)
    what_to_do = models.TextField(_("what to do"), max_length=2000)
    message = models.TextField(_("message to the contributor"), max_length=2000, blank=True)
    message_cy = models.TextField(_("message in Welsh"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("question of the first look")
        verbose_name_plural = _("questions of the first look")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.question


AGREE, SEND_BACK = "approve", "reject"


class AgreeForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)


class SendBackForm(AgreeForm):
    """The revision, and why it goes back: one of a closed list, so that nothing of the answer stands in a log."""

    class Reason(models.TextChoices):
        IDENTIFIES = "identifies", _("It could identify someone.")
        DISPUTES = "disputes", _("It disputes a person’s word.")
        BLAMES = "blames", _("It blames who reported.")
        PROMISE = "promise", _("It promises something, without whose it is or by when.")
        SAME = "same", _("The same words stand elsewhere already.")
        WRONG_FORCE = "wrong-force", _("It is another force’s answer, or about a story of another force.")
        SLIP = "slip", _("There is a slip in it: a date, a link, or a letter typed wrong. It need not go to the force.")

    reason = forms.ChoiceField(
        label=_("Why it goes back"),
        choices=Reason,
        widget=forms.RadioSelect,
        help_text=_("Whoever entered it reads this, and tells the force or mends the slip."),
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


class ResponseEntry(Row):
    """A force's answer that was sealed by an earlier release: the first vault that opens makes a draft of it."""

    # The response that comes of it has the same id.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey(Force, models.PROTECT, related_name="+", verbose_name=_("force"))
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, blank=True, related_name="+")
    # The letters that say "answered" for it alone.
    speaks_to = models.ManyToManyField(Letter, related_name="+", blank=True)
    state = models.CharField(_("state"), max_length=9, default="waiting")


class ResponseVersion(Row):
    """One version of it, sealed to the queue key of this epoch."""

    entry = models.ForeignKey(ResponseEntry, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    box = models.BinaryField(blank=True, default=b"")
    queue_epoch = models.ForeignKey(QueueKey, models.PROTECT, null=True, blank=True)
    written_by = moderator_field()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="one_response_for_each_number")]


# So long a right over accounts that a colleague gave doesn't count: everybody sees it meanwhile, and can stop it.
RIGHT_WAITS = timedelta(hours=48)


class RoomPreference(Row):
    """One person's budget for a day and whether they want the mail, which nobody else sees; and codes of the languages
    beside English and Welsh that they read (`other_languages.NAMES`)."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="room_preference")
    daily_budget = models.PositiveSmallIntegerField(_("accounts a day"), default=10)
    wants_mail = models.BooleanField(_("a daily mail that something waits"), default=False)
    # `db_default` for the release before, which knows no such column.
    languages = models.JSONField(
        _("languages they read"), default=list, db_default=models.Value([], models.JSONField())
    )


class ReadingDay(Row):
    """A sum of what somebody read today, without any item; the next day overwrites it."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reading_day")
    day = models.DateField()
    points = models.PositiveSmallIntegerField(default=0)
    hard_in_a_row = models.PositiveSmallIntegerField(default=0)


class RightGiven(Row):
    """A colleague's deed that lets somebody reach accounts; kept for as long as it doesn't count yet."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="rights_given")
    # The deed, as the record calls it.
    what = models.CharField(max_length=40)
    given_by = moderator_field()
    given_at = models.DateTimeField()

    @property
    def counts_from(self) -> datetime:
        return self.given_at + RIGHT_WAITS


class Invitation(models.Model):
    """A one-time link for a newcomer; what is kept is a hash of what the link carries."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(_("name in the room"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.CharField(_("role"), max_length=20)
    link_hash = models.CharField(max_length=64, unique=True)
    # Nobody: whoever works on the machine itself.
    made_by = moderator_field(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    person = moderator_field(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.username


class ModeratorKey(Row):
    """A moderator's own pair; the private half is locked under a passphrase that only they have."""

    moderator = moderator_field()
    public = models.BinaryField(max_length=32)
    locked_private = models.BinaryField()
    made_at = models.DateTimeField()
    # The current key of a person; an older one stays for the record with its shares gone.
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["moderator"], condition=models.Q(is_current=True), name="one_current_key_for_each_moderator"
            )
        ]
        permissions = [
            ("moderate", _("Can work in the moderators' room")),
            ("coordinate", _("Can manage people, notices and batches")),
        ]


class KeyShare(Row):
    """The queue key of one epoch, sealed to one holder: a moderator's key, or the paper (no key)."""

    epoch = models.ForeignKey(QueueKey, models.PROTECT, related_name="shares")
    key = models.ForeignKey(ModeratorKey, models.CASCADE, null=True, blank=True, related_name="shares")
    # Set on the share of the paper alone: the public half of the recovery key.
    paper_public = models.BinaryField(max_length=32, null=True, blank=True)
    box = models.BinaryField()
    shared_by = moderator_field(null=True, blank=True)
    # When the holder was first admitted; a rotation carries it over, so that 48 hours don't begin again.
    admitted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["epoch", "key"], name="one_share_for_each_key"),
            models.UniqueConstraint(
                fields=["epoch"], condition=models.Q(key__isnull=True), name="one_paper_for_each_epoch"
            ),
            models.CheckConstraint(
                condition=models.Q(key__isnull=False) | models.Q(paper_public__isnull=False),
                name="share_has_a_holder",
            ),
        ]


class LogEntry(ChanceRow):
    """A deed that has a day and no minute, by whom and to what: in the order of the keys, which is chance."""

    deed = models.CharField(max_length=40)
    # A chance id, or a person's name in the room.
    item = models.CharField(max_length=64, blank=True)
    by = moderator_field(null=True, blank=True)
    day = models.DateField()

    class Meta:
        db_table = "moderation_pendinglogentry"
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        ordering = ["day", "id"]
