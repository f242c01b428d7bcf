"""What a force said: its answer in its exact words, the letters that asked for one, and its objections to a story."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stories import agreed_response, agreed_text
from stories.models.outward import OutwardWhenKept
from stories.models.story import NotAgreed, Story, new_slug
from stories.models.submission import QueueKey, moderator_field, random_number
from stories.models.taxonomies import Force


class Response(models.Model):
    """A force's answer in its exact words, as two people agreed that it said so: `moderation.responses` writes it.

    It answers stories, an ask (by the slug of the ask's page), both or neither; a force may speak without being asked.
    """

    class Kind(models.TextChoices):
        APOLOGY = "apology", _("Apology")
        REVIEW = "review", _("Review opened")
        PLANNED = "planned", _("Change planned")
        MADE = "made", _("Change made")
        DISAGREES = "disagrees", _("Disagrees")
        OTHER = "other", _("Another kind of answer")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Its name in addresses and open data; it says nothing of order or date.
    slug = models.CharField(max_length=12, unique=True, default=new_slug)
    force = models.ForeignKey(Force, models.PROTECT, related_name="responses")
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
    stories = models.ManyToManyField(Story, related_name="responses", blank=True)
    ask = models.SlugField(_("ask it answers"), max_length=60, blank=True)

    agreed = models.TextField()
    salt = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    first_reader = moderator_field()
    second_reader = moderator_field()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = [F("month").desc(nulls_last=True), "slug"]
        constraints = [
            models.CheckConstraint(condition=~Q(first_reader=F("second_reader")), name="response_has_two_people"),
            models.CheckConstraint(condition=Q(month__day=1), name="response_month_is_a_first_day"),
            models.CheckConstraint(condition=Q(slug__regex=r"^[0-9a-z]{12}$"), name="response_slug_says_nothing"),
            models.CheckConstraint(
                condition=~Q(kind="planned") | (~Q(owner="") & Q(due_on__isnull=False)),
                name="planned_change_has_owner_and_date",
            ),
            models.CheckConstraint(
                condition=~Q(kind="made") | ~Q(evidence_url=""), name="change_made_has_what_shows_it"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.force_id}"

    def save(self, *args: Any, **options: Any) -> None:
        """Save, refusing with `NotAgreed` words that don't carry their agreed digest."""
        if reason := self.why_not_save():
            raise NotAgreed(reason)
        super().save(*args, **options)

    def why_not_save(self) -> str | None:
        """Say why this row's words can't be kept, or None."""
        if self.agreed != agreed_response.canonical(self.public_fields()):
            return "The response differs from the words that were agreed."
        if agreed_text.digest(self.agreed, salt=self.salt) != self.digest:
            return "The agreed words don't carry their digest."
        return None

    def public_fields(self) -> dict[str, str]:
        """The row's public columns as the agreed document holds them.

        Which stories it answers stands in another table, whose own trigger asks this document.
        """
        return {
            "force": self.force_id,
            "kind": self.kind,
            "words": self.words,
            "context": self.context,
            "about_year": str(self.about_year or ""),
            "month": self.month.isoformat() if self.month else "",
            "source": self.source,
            "source_url": self.source_url,
            "owner": self.owner,
            "due_on": self.due_on.isoformat() if self.due_on else "",
            "evidence_url": self.evidence_url,
            "stories": agreed_response.stories_in(self.agreed),
            "ask": self.ask,
        }


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
    # From the day somebody entered its answer, before it is shown too and where it isn't shown again: from then on
    # "no answer since" would say what isn't true of the force.
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


class Objection(models.Model):
    """A force's wish that a story come down, with a clock, two looks and an outcome with its reason."""

    class Ground(models.TextChoices):
        LAW = "law", _("Law")
        IDENTIFIES = "identifies", _("It could identify someone")

    class Outcome(models.TextChoices):
        WITHHELD = "withheld", _("Withheld")
        CORRECTED = "corrected", _("To be corrected")
        STAYS = "stays", _("Stays as it is")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="objections")
    # None where its story doesn't show that force: then the box alone says which one objected.
    force = models.ForeignKey(Force, models.PROTECT, null=True, blank=True, related_name="objections")
    ground = models.CharField(_("ground"), max_length=10, choices=Ground)
    week = models.DateField(_("Monday of the week it came"))
    due_on = models.DateField(_("day by which two people have looked"), null=True, blank=True)
    # Which force it is and what it wrote, sealed to the queue key of this epoch.
    box = models.BinaryField(blank=True, default=b"")
    queue_epoch = models.ForeignKey(QueueKey, models.PROTECT, null=True, blank=True)
    written_down_by = moderator_field()
    first_outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    first_by = moderator_field(null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome, blank=True)
    # One of a closed list of `moderation.policies.objections`: readers of the record see it, the public doesn't.
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    second_by = moderator_field(null=True, blank=True)
    settled_month = models.DateField(_("month it was settled"), null=True, blank=True)
    # True while the story is down for it and its address says so; whoever puts the story back ends that.
    is_standing = models.BooleanField(default=False, db_default=False)
    # The day on which what the force wrote is erased: later once it is settled.
    erase_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("objection of a force")
        verbose_name_plural = _("objections of forces")
        ordering = ["week"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_by__isnull=True) | Q(second_by__isnull=True) | ~Q(first_by=F("second_by")),
                name="objection_has_two_looks",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | (Q(first_by__isnull=False) & Q(second_by__isnull=False) & ~Q(reason="")),
                name="settled_objection_has_two_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.force_id or '–'}: {self.get_ground_display()}"


class OpinionTally(models.Model):
    """How many contributors said what of the responses to their stories: one row for all responses together.

    One for each response would be one for each contributor wherever it answers one story.
    """

    helps = models.PositiveIntegerField(default=0)
    not_yet = models.PositiveIntegerField(default=0)
    not_true = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return "What contributors said of the responses to their stories"


class ResponseMark(models.Model):
    """That some code has spoken of some response: a keyed name that only the code makes, and what it said, sealed.

    It names neither, so that a copy of the database joins no story to an opinion.
    """

    # By chance, because a row that is numbered says which came first.
    id = models.BigAutoField(primary_key=True, default=random_number)
    mark = models.BinaryField(max_length=32, unique=True)
    box = models.BinaryField()

    def __str__(self) -> str:
        return "What somebody said of a response"
