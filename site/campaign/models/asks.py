"""The asks of the campaign: each with its history, from which where it stands follows."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, Orderable, PreviewableMixin, RevisionMixin

from campaign.blocks.body import ReasonsBlock
from campaign.editing import CHOICES, FIELDS, PANELS, AskForm
from campaign.models.mixins import LookedAt, OwnWords
from campaign.models.pages import REASON
from campaign.quotes import story_quotes
from stories.core import lifecycle
from stories.models import Demand, Force
from stories.models.outward import Outward, OutwardWithReason
from stories.reading import ask_progress


class Addressee(OwnWords):
    """Of whom the campaign asks something: a body or an office, never a person."""

    name = models.CharField(max_length=120, unique=True, **FIELDS["Addressee.name"])
    kind = models.CharField(_("kind"), max_length=11, choices=CHOICES["Addressee.kind"])
    force = models.ForeignKey(
        Force, models.PROTECT, null=True, blank=True, related_name="+", **FIELDS["Addressee.force"]
    )

    panels = ["name", FieldRowPanel(["kind", "force"])]

    class Meta:
        ordering = ["name"]
        verbose_name = _("body that is asked")
        verbose_name_plural = _("bodies that are asked")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="force", force__isnull=False) | (~Q(kind="force") & Q(force__isnull=True)),
                name="addressee_names_its_force",
                violation_error_message=_("Choose the police force where one force is asked, and none elsewhere."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Ask(LookedAt, DraftStateMixin, RevisionMixin, PreviewableMixin, ClusterableModel, OutwardWithReason):
    """One thing that can be done, asked of one body, with its page at /asks/<slug>/."""

    sentence = models.CharField(max_length=200, **FIELDS["Ask.sentence"])
    slug = models.SlugField(max_length=60, unique=True, **FIELDS["Ask.slug"])
    addressee = models.ForeignKey(Addressee, models.PROTECT, related_name="asks", verbose_name=_("of whom"))
    why = StreamField(ReasonsBlock(), **FIELDS["Ask.why"])
    it_took = models.TextField(max_length=1000, blank=True, **FIELDS["Ask.it_took"])
    demands = ParentalManyToManyField(Demand, blank=True, related_name="+", **FIELDS["Ask.demands"])

    base_form_class = AskForm
    panels = [
        MultiFieldPanel(["sentence", "addressee", "slug"], heading=_("The ask")),
        "why",
        FieldPanel("demands", widget=forms.CheckboxSelectMultiple),
        InlinePanel("updates", min_num=1, **PANELS["Ask.updates"]),
        "it_took",
        REASON,
        PublishingPanel(),
    ]

    class Meta:
        verbose_name = _("ask")
        verbose_name_plural = _("asks")
        ordering = ["sentence"]

    def __str__(self) -> str:
        return self.sentence

    def clean(self) -> None:
        """Keep the address of what was public: letters, answers and links name it."""
        super().clean()
        kept = self._address_for_good()
        if kept and self.slug != kept:
            raise ValidationError({"slug": f"It was public at /asks/{kept}/, so its address stays."})

    def with_content_json(self, content: Any) -> "Ask":
        """A version brings its words, and never another address than the one that is known."""
        version: Ask = super().with_content_json(content)
        version.slug = self._address_for_good() or version.slug
        return version

    def history(self) -> list["AskUpdate"]:
        """Its updates from the first to the latest; of one day, in the editors' order."""
        return sorted(self.updates.all(), key=lambda each: (each.on, each.sort_order or 0))

    @property
    def state(self) -> str:
        turn = self._turn()
        return turn.state if turn else "asked"

    @property
    def due(self) -> date | None:
        """Of a promise that stands: the day by which it was promised."""
        turn = self._turn()
        # Nothing but a promise has such a day.
        return turn.due if turn else None

    def get_absolute_url(self) -> str:
        return f"/asks/{self.slug}/"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from campaign.views import ask_preview

        return ask_preview(request, self)

    def _turn(self) -> "AskUpdate | None":
        turns = [each for each in self.history() if each.state]
        return turns[-1] if turns else None

    def _address_for_good(self) -> str:
        """The address that readers know; empty for what was never public."""
        known = Ask.objects.filter(pk=self.pk, first_published_at__isnull=False) if self.pk else Ask.objects.none()
        return known.values_list("slug", flat=True).first() or ""

    def _texts(self) -> Iterator[str]:
        """Its own words and those of its updates: they go public together, and one reason stands for all."""
        yield from super()._texts()
        for update in self.updates.all():
            yield from update._texts()

    def _typed(self) -> list[str]:
        return [text for row in (self, *self.updates.all()) for text in story_quotes.typed_texts(row)]


class AskUpdate(Orderable, Outward):
    ask = ParentalKey(Ask, on_delete=models.CASCADE, related_name="updates")
    on = models.DateField(_("day"), default=lifecycle.today)
    words = models.CharField(max_length=400, **FIELDS["AskUpdate.words"])
    state = models.CharField(max_length=8, choices=ask_progress.STATE_WORDS, blank=True, **FIELDS["AskUpdate.state"])
    due = models.DateField(null=True, blank=True, **FIELDS["AskUpdate.due"])
    missing = models.CharField(max_length=300, blank=True, **FIELDS["AskUpdate.missing"])
    who_says = models.CharField(max_length=120, blank=True, **FIELDS["AskUpdate.who_says"])
    source_url = models.URLField(_("link to the source"), blank=True, max_length=400)

    panels = [FieldRowPanel(["on", "state", "due"]), "words", "missing", FieldRowPanel(["who_says", "source_url"])]

    class Meta(Orderable.Meta):
        verbose_name = _("update")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["", "asked"]) | (~Q(who_says="") & ~Q(source_url="")),
                name="what_was_said_of_an_ask_has_its_source",
            ),
            models.CheckConstraint(
                condition=Q(state="promised", due__isnull=False) | (~Q(state="promised") & Q(due__isnull=True)),
                name="promise_has_its_day",
            ),
            models.CheckConstraint(
                condition=(Q(state="partly") & ~Q(missing="")) | (~Q(state="partly") & Q(missing="")),
                name="what_is_partly_done_lacks_something",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Nothing without who says so and where, but that we asked; no promise without its day."""
        super().clean()
        if errors := dict(self._lacking()):
            raise ValidationError(errors)

    def _lacking(self) -> Iterator[tuple[str, object]]:
        if self.state != "asked" and not self.who_says.strip():
            yield "who_says", _("Say who says so: it has to be somebody.")
        if self.state != "asked" and not self.source_url:
            yield "source_url", _("Give the page where this can be read.")
        if (self.state == "promised") != bool(self.due):
            said = _("Give the day by which it was promised.") if not self.due else _("Only a promise has such a day.")
            yield "due", said
        if (self.state == "partly") != bool(self.missing.strip()):
            said = _("Say what is still missing.") if not self.missing.strip() else _("Only “partly done” has this.")
            yield "missing", said
        if self.on and self.on > lifecycle.today():
            yield "on", _("This day hasn’t come yet. Write it down once it has happened.")
