"""Forces' answers, and the letters that asked for them."""

import uuid
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now, gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, Revision, RevisionMixin, TaskState, WorkflowMixin

from stories.models.outward import OutwardWhenKept
from stories.models.story import NotAgreed, Story, new_slug
from stories.models.submission import moderator_field
from stories.models.taxonomies import Force

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# The public fields, and of them those that somebody writes words in.
PUBLIC_FIELDS = (
    *("force", "kind", "words", "context", "about_year", "month", "source", "source_url", "owner", "due_on"),
    *("evidence_url", "story_slugs", "ask"),
)
WRITTEN_FIELDS = ("words", "context", "source", "source_url", "owner", "evidence_url")


class AnswerNotAgreed(NotAgreed, PermissionDenied):
    """Nobody but its author stands by this version; Wagtail's admin answers with a refusal."""


class LiveResponses(models.Manager["Response"]):
    def get_queryset(self) -> models.QuerySet["Response"]:
        return super().get_queryset().filter(live=True)


class Response(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """A force's answer in its exact words: a draft, and public once a second person agreed to exactly one revision.

    It answers stories, an ask (by the slug of the ask's page), both or neither; a force may speak without being asked.
    Whoever asks Wagtail to publish, and by whatever way, ends in `publish` and in `save`, and both ask for that yes.
    """

    class Kind(models.TextChoices):
        APOLOGY = "apology", _("Apology")
        REVIEW = "review", _("Review opened")
        PLANNED = "planned", _("Change planned")
        MADE = "made", _("Change made")
        DISAGREES = "disagrees", _("Disagrees")
        OTHER = "other", _("Another kind of answer")

    class Checked(models.TextChoices):
        SWITCHBOARD = "switchboard", _("I checked it with the force by its switchboard.")
        PUBLIC = "public", _("It was said in public: at the link, or where the source says.")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Its name in addresses and open data; it says nothing of order or date.
    slug = models.CharField(max_length=12, unique=True, default=new_slug, editable=False)
    force = models.ForeignKey(Force, models.PROTECT, related_name="responses", verbose_name=_("force"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    words = models.TextField(_("exact words"))
    context = models.TextField(_("what it is about, in our words"), blank=True)
    about_year = models.PositiveSmallIntegerField(_("year it is about"), null=True, blank=True)
    # None where what tells of it doesn't say: a month is never guessed.
    month = models.DateField(_("month it was said"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("link to the source"), blank=True)
    # Of a change that is planned: whose it is, as an office and never a name, and by when.
    owner = models.CharField(_("who will make the change"), max_length=120, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    # Of a change that was made.
    evidence_url = models.URLField(_("link to what shows it"), blank=True)
    # What a revision holds, by slug with a blank between; publishing it makes the links of it.
    story_slugs = models.TextField(_("stories it answers"), blank=True, default="")
    stories = models.ManyToManyField(Story, related_name="responses", blank=True, editable=False)
    ask = models.SlugField(_("ask it answers"), max_length=60, blank=True)

    # For the second person, and never public.
    letter = models.ForeignKey("Letter", models.SET_NULL, null=True, blank=True, related_name="+")
    checked = models.CharField(_("how you made sure"), max_length=11, choices=Checked, blank=True, default="")
    why_it_stays = models.TextField(_("why names and numbers stay"), max_length=3_000, blank=True, default="")
    # From the day somebody put it forward: then the force isn't silent, whether or not anybody agreed yet.
    is_entered = models.BooleanField(default=False, editable=False)

    first_reader = moderator_field(null=True, blank=True, editable=False)
    second_reader = moderator_field(null=True, blank=True, editable=False)

    objects = models.Manager()
    public = LiveResponses()

    # Of a row at hand: whose turn it is, and whether the draft that goes was an answer all the same.
    turn = ""
    did_answer = False

    class Meta:
        verbose_name = _("answer of a force")
        verbose_name_plural = _("answers of forces")
        ordering = [F("month").desc(nulls_last=True), "slug"]
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=Q(live=False)
                | (
                    Q(first_reader__isnull=False) & Q(second_reader__isnull=False) & ~Q(first_reader=F("second_reader"))
                ),
                name="response_has_two_people",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="response_month_is_a_first_day"),
            models.CheckConstraint(condition=Q(slug__regex=r"^[0-9a-z]{12}$"), name="response_slug_says_nothing"),
            models.CheckConstraint(
                condition=Q(live=False) | ~Q(kind="planned") | (~Q(owner="") & Q(due_on__isnull=False)),
                name="planned_change_has_owner_and_date",
            ),
            models.CheckConstraint(
                condition=Q(live=False) | ~Q(kind="made") | ~Q(evidence_url=""),
                name="change_made_has_what_shows_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.force_id}"

    def public_fields(self) -> dict[str, object]:
        return {name: getattr(self, "force_id" if name == "force" else name) for name in PUBLIC_FIELDS}

    def speaks_to(self, letter: "Letter") -> bool:
        """True where it names this letter, or comes after it and is about one of the same stories or the ask.

        One whose month nobody knows may have come before a letter; but it speaks of the same, so nobody is silent.
        """
        if self.letter_id == letter.pk:
            return True
        if self.force_id != letter.force_id or (self.month and self.month < letter.month):
            return False
        slugs = set(letter.stories.values_list("slug", flat=True))
        return bool(letter.ask and self.ask == letter.ask) or bool(slugs & set(self.story_slugs.split()))

    def author_ids(self) -> set[int]:
        """Everybody who wrote a revision of it, put one forward, or entered what stands: no second person of it."""
        people = set(self.revisions.values_list("user_id", flat=True))
        people |= set(self.workflow_states.values_list("requested_by_id", flat=True))
        return {pk for pk in (*people, self.first_reader_id) if pk is not None}

    def yes_to(self, revision: Revision) -> TaskState | None:
        """Somebody else's yes to exactly this revision, or None."""
        # The only task of a workflow whose approval counts: `moderation.models.AnswerTask`.
        of_answers = {"task__content_type__app_label": "moderation", "task__content_type__model": "answertask"}
        approved = TaskState.objects.filter(
            revision=revision, status=TaskState.STATUS_APPROVED, finished_by__isnull=False, **of_answers
        )
        return approved.exclude(finished_by__in=self.author_ids()).order_by("pk").last()

    def publish(self, revision: Revision, user: "User | None" = None, **options: object) -> object:
        """Publish a revision that has its yes, and no other; nobody's permission stands in for that."""
        if revision.pk is None or self.yes_to(revision) is None:
            raise AnswerNotAgreed(_now("Nobody but its author has agreed to exactly this version."))
        return super().publish(revision, user=user, **{**options, "skip_permission_checks": True})

    def save(self, *args: Any, **options: Any) -> None:
        """Save, refusing with `AnswerNotAgreed` public words that differ from the revision with the yes."""
        changed = options.get("update_fields")
        if self.live and (changed is None or {*changed} & {"live", "live_revision", *PUBLIC_FIELDS}):
            self._refuse_other_words()
        super().save(*args, **options)

    def _refuse_other_words(self) -> None:
        before = type(self).public.filter(pk=self.pk).first()
        if before and before.live_revision_id == self.live_revision_id:
            # It stands already, perhaps from before there were revisions; its readers don't change either.
            self.first_reader_id, self.second_reader_id = before.first_reader_id, before.second_reader_id
            agreed = before.public_fields()
        else:
            revision = self.live_revision
            yes = self.yes_to(revision) if revision else None
            if revision is None or yes is None or revision.object_id != str(self.pk):
                raise AnswerNotAgreed(_now("Nobody but its author has agreed to exactly this version."))
            self.first_reader_id, self.second_reader_id = revision.user_id, yes.finished_by_id
            agreed = revision.as_object().public_fields()
        if self.public_fields() != agreed:
            raise AnswerNotAgreed(_now("The answer differs from the words that were agreed."))

    def save_revision(self, *args: object, overwrite_revision: Revision | None = None, **options: object) -> Revision:
        """Save a new revision; what was put forward once is never overwritten."""
        if overwrite_revision is not None and overwrite_revision.task_states.exists():
            raise PermissionDenied(_now("This version was put forward, so it stays as it is."))
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **options)

    def with_content_json(self, content: dict[str, object]) -> "Response":
        """A revision as an object: what belongs to the row and not to its words is the row's."""
        found: Response = super().with_content_json(content)
        for name in ("slug", "is_entered", "first_reader_id", "second_reader_id"):
            setattr(found, name, getattr(self, name))
        return found


class Letter(OutwardWhenKept):
    """A letter that asked a force: in which month, which office, about which stories or which ask.

    All but who wrote it down is public: "asked in March 2026, no answer since" counts by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey(Force, models.PROTECT, related_name="letters", verbose_name=_("force"))
    month = models.DateField(_("month it was sent"))
    role = models.CharField(_("to which office"), max_length=120, help_text=_("An office, never a name."))
    stories = models.ManyToManyField(Story, related_name="letters", blank=True, verbose_name=_("stories"))
    ask = models.SlugField(_("ask"), max_length=60, blank=True)
    # True where its answer stood or was put forward, and is gone again: "no answer since" would not be true.
    is_answered = models.BooleanField(default=False, editable=False)
    answer = models.ForeignKey(Response, models.SET_NULL, null=True, blank=True, related_name="letters")
    written_down_by = moderator_field()

    may_hold = ("ask",)

    class Meta:
        verbose_name = _("letter to a force")
        verbose_name_plural = _("letters to forces")
        ordering = ["-month", "force"]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="letter_month_is_a_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.force_id}, {self.month:%B %Y}"
