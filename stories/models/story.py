"""The published account: a row that can hold only what two moderators agreed on."""

import secrets
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stories.core import addresses, agreed_text, rendering, story_sections
from stories.models.submission import Submission, moderator_field
from stories.models.taxonomies import Force, Outcome

SLUG_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


class NotAgreed(ValueError):
    """The text of a story isn't the text that two moderators agreed on."""


def new_slug() -> str:
    """Twelve random characters, 60 bits: a slug says nothing of order, date or title."""
    return "".join(secrets.choice(SLUG_LETTERS) for _ in range(12))


class LiveStories(models.Manager["Story"]):
    def get_queryset(self) -> models.QuerySet["Story"]:
        return super().get_queryset().filter(status=Story.Status.LIVE)


class Story(models.Model):
    """The public row. Python refuses other text here; triggers refuse it below Python."""

    class Status(models.TextChoices):
        AGREED = "agreed", _("Agreed, goes live with the next batch")
        LIVE = "live", _("Live")
        HIDDEN = "hidden", _("Taken down; can be put back")
        REMOVED = "removed", _("Removed; its words are erased")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.CharField(max_length=12, unique=True, default=new_slug)
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="story")
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.AGREED)
    # Orders everything public; given by the batch in random order, so that it tells no time.
    sequence = models.PositiveBigIntegerField(null=True, blank=True, unique=True)
    month = models.DateField(_("month it went live"), null=True, blank=True)
    # How long a thin batch has waited is counted from here.
    agreed_week = models.DateField(_("Monday of the week it was agreed"))
    # The Monday before which no batch takes it, where a coordinator left it out of one.
    left_out_until = models.DateField(null=True, blank=True)
    # True while it was hidden by a take-down request alone, so that one moderator may put it back.
    hidden_by_request = models.BooleanField(default=False)
    # True while a legal objection withholds it: then its address says so, and nothing of what it was.
    is_withheld = models.BooleanField(default=False, db_default=False)
    # True while it stands with a response to it: the filter `responded` asks this column, and search follows it.
    is_answered = models.BooleanField(default=False, db_default=False)
    # The month of a correction after publication, as its page says it.
    edited_month = models.DateField(_("month it was edited"), null=True, blank=True)

    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("text"), blank=True)
    differently = models.TextField(_("what they should have done differently"), blank=True, default="", db_default="")
    well = models.TextField(_("what was done well"), blank=True, default="", db_default="")
    place_shown = models.CharField(max_length=7, blank=True)
    force = models.ForeignKey(Force, models.PROTECT, null=True, blank=True, related_name="stories")
    region = models.CharField(_("region"), max_length=60, blank=True)
    nation = models.CharField(_("nation"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("year they first told the police"), null=True, blank=True)
    outcome = models.ForeignKey(Outcome, models.PROTECT, null=True, blank=True, related_name="+")
    themes = models.CharField(max_length=200, blank=True)
    content_notes = models.CharField(max_length=200, blank=True)
    # What `differently` asks of the police, as a moderator sorted it; empty where it is none of the list.
    demand = models.CharField(_("what it asks"), max_length=40, blank=True, default="", db_default="")

    agreed = models.TextField(blank=True)
    salt = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    first_reader = moderator_field()
    second_reader = moderator_field()
    # What its contributor allows now; without the first it stands on no page, whoever wants it back.
    may_publish = models.BooleanField(default=True)
    may_quote = models.BooleanField(default=False)
    may_train = models.BooleanField(default=False)

    objects = models.Manager()
    live = LiveStories()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = [F("sequence").desc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(condition=~Q(first_reader=F("second_reader")), name="two_people_one_text"),
            models.CheckConstraint(
                condition=Q(status__in=("agreed", "live", "hidden", "removed")), name="story_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status="live") | (Q(sequence__isnull=False) & Q(month__isnull=False) & ~Q(text="")),
                name="live_story_has_its_place_and_text",
            ),
            models.CheckConstraint(
                condition=Q(may_publish=True) | ~Q(status__in=("agreed", "live")),
                name="story_is_up_only_with_consent",
            ),
            models.CheckConstraint(
                condition=~Q(status="removed") | (Q(text="", differently="", well="", title="", agreed="")),
                name="removed_story_has_no_words",
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__day=1), name="story_month_is_a_first_day"
            ),
            models.CheckConstraint(condition=Q(slug__regex=r"^[0-9a-z]{12}$"), name="story_slug_says_nothing"),
        ]
        indexes = [
            models.Index(fields=["status", "-sequence"], name="story_list"),
            models.Index(fields=["status", "force", "-sequence"], name="story_by_force"),
            models.Index(fields=["status", "outcome", "-sequence"], name="story_by_outcome"),
            models.Index(fields=["status", "year", "-sequence"], name="story_by_year"),
        ]

    def __str__(self) -> str:
        return self.title or f"Story {self.slug}"

    def get_absolute_url(self) -> str:
        return addresses.path_in_language(f"/stories/{self.slug}/")

    @property
    def body(self) -> str:
        """Its text as safe HTML. Nothing of it is stored: what readers see is made of what was agreed alone."""
        return rendering.text_as_html(self.text)

    @property
    def opening(self) -> str:
        return rendering.text_opening(self.text)

    def below(self) -> list[story_sections.Part]:
        return story_sections.story_sections(self.public_fields())

    def save(self, *args: Any, **options: Any) -> None:
        """Save, refusing with `NotAgreed` words that don't carry their agreed digest."""
        if reason := self.why_not_save():
            raise NotAgreed(reason)
        super().save(*args, **options)

    def why_not_save(self) -> str | None:
        if self.status == self.Status.REMOVED:
            return None
        if self.agreed != agreed_text.canonical_text(self.public_fields()):
            return "The story differs from the text that was agreed."
        if agreed_text.text_digest(self.agreed, salt=self.salt) != self.digest:
            return "The agreed text doesn't carry its digest."
        return None

    def public_fields(self) -> dict[str, str]:
        """The row's public columns as the canonical document holds them."""
        columns = {"force": "force_id", "outcome": "outcome_id"}
        return {name: str(getattr(self, columns.get(name, name)) or "") for name in agreed_text.FIELDS}
