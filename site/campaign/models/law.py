"""The law: its offences, what it forbade where and when, and the officers' card."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, RevisionMixin

from campaign import fixed_pages, law, rich_text
from campaign.blocks.live import CardBody
from campaign.editing import CHOICES, FIELDS, PANELS
from campaign.models.mixins import Checked, OwnWords
from campaign.models.pages import REASON, EditorsPage
from stories.core import lifecycle

STATUTES = frozenset({"www.legislation.gov.uk", "legislation.gov.uk"})
# What readers are never without; a draft may lack it.
_NEEDED = ("since", "statute", "statute_url", "source", "source_url", "last_checked", "checked_by")


class Offence(RevisionMixin, Checked, OwnWords):
    """One offence in plain words; readers see it once it stands as shown, and no draft anywhere."""

    checked_for = timedelta(days=180)
    seen = Q(stands="shown")
    may_hold = ("statute_url", "source_url")

    class Stands(models.TextChoices):
        LAWYER = "lawyer", _("With the lawyer: a draft, shown nowhere")
        SHOWN = "shown", _("Shown")

    stands = models.CharField(max_length=6, choices=Stands, default=Stands.LAWYER, **FIELDS["Offence.stands"])
    name = models.CharField(_("name, in plain words"), max_length=120)
    name_cy = models.CharField(_("name in Welsh"), max_length=120, blank=True)
    slug = models.SlugField(max_length=60, unique=True, **FIELDS["Offence.slug"])
    covers = models.TextField(_("what it covers"), max_length=700)
    covers_cy = models.TextField(_("what it covers, in Welsh"), max_length=700, blank=True)
    jurisdiction = models.CharField(_("where it is law"), max_length=17, choices=CHOICES["Offence.jurisdiction"])
    since = models.DateField(_("in force from"), null=True, blank=True)
    since_year_only = models.BooleanField(default=False, **FIELDS["Offence.since_year_only"])
    date_unconfirmed = models.BooleanField(default=False, **FIELDS["Offence.date_unconfirmed"])
    until = models.DateField(null=True, blank=True, **FIELDS["Offence.until"])
    statute = models.CharField(_("Act and section"), max_length=200, blank=True)
    statute_url = models.URLField(blank=True, **FIELDS["Offence.statute_url"])
    greatest_sentence = models.CharField(max_length=250, blank=True, **FIELDS["Offence.greatest_sentence"])
    anonymity = models.CharField(
        max_length=6, choices=CHOICES["Offence.anonymity"], default="unsure", **FIELDS["Offence.anonymity"]
    )
    anonymity_words = models.CharField(_("more about that, in a line"), max_length=250, blank=True)
    source = models.CharField(_("where this was checked"), max_length=200, blank=True)
    source_url = models.URLField(_("link to that"), blank=True)
    last_checked = models.DateField(null=True, blank=True, **FIELDS["Offence.last_checked"])
    checked_by = models.CharField(max_length=80, blank=True, **FIELDS["Offence.checked_by"])
    order = models.PositiveSmallIntegerField(default=0, **FIELDS["Offence.order"])

    panels = [
        *(FieldRowPanel(["stands", "order"]), "name", "slug", "covers", "jurisdiction"),
        *(FieldRowPanel(["since", "since_year_only", "until"]), "date_unconfirmed"),
        *(FieldRowPanel(["statute", "statute_url"]), "greatest_sentence"),
        FieldRowPanel(["anonymity", "anonymity_words"]),
        MultiFieldPanel(
            [FieldRowPanel(["source", "source_url"]), FieldRowPanel(["last_checked", "checked_by"])],
            heading=_("How we know"),
        ),
        MultiFieldPanel(["name_cy", "covers_cy"], **PANELS["Offence.welsh"]),
    ]

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("offence")
        verbose_name_plural = _("offences")
        constraints = [
            models.CheckConstraint(
                condition=~Q(stands="shown") | (Q(since__isnull=False) & Q(last_checked__isnull=False)),
                name="shown_offence_has_its_dates",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="offence_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.is_shown else str(_("%s (with the lawyer)")) % self.name

    @property
    def is_shown(self) -> bool:  # type: ignore[override]
        return self.stands == self.Stands.SHOWN

    def clean(self) -> None:
        """Refuse what would be shown without what readers need, dates in the wrong order, and links elsewhere."""
        super().clean()
        if refused := dict(self._refusals()):
            raise ValidationError(refused)

    def _refusals(self) -> Iterator[tuple[str, object]]:
        needed = _("Readers need this. Fill it in, or leave the offence with the lawyer.")
        yield from ((name, needed) for name in _NEEDED if self.is_shown and not getattr(self, name))
        if self.since and self.until and self.until < self.since:
            yield "until", _("It can’t end before it began.")
        if self.since and self.since_year_only and (self.since.month, self.since.day) != (1, 1):
            yield "since", _("Where only the year is certain, put the first of January.")
        if self.last_checked and self.last_checked > lifecycle.today():
            yield "last_checked", _("That day has not come yet.")
        is_secure = rich_text.is_secure_address
        if self.statute_url and not (is_secure(self.statute_url) and urlsplit(self.statute_url).netloc in STATUTES):
            said = _("Begin with https://www.legislation.gov.uk/ and copy the address of the section.")
            yield "statute_url", said
        if self.source_url and not is_secure(self.source_url):
            yield "source_url", _("Begin with https://.")


class OfficersCardPage(EditorsPage):
    """The card for the first hour, with the offences in force today: exactly one side of paper."""

    intro = models.CharField(max_length=200, blank=True, **FIELDS["OfficersCardPage.intro"])
    body = StreamField(CardBody(), verbose_name=_("card"))

    max_count = 1
    parent_page_types = ["campaign.ContentPage"]
    subpage_types: list[str] = []
    template = "campaign/officers_card.html"
    content_panels = [*Page.content_panels, "intro", "body", REASON]

    class Meta:
        verbose_name = _("officers’ card")

    def extra_context(self, request: HttpRequest) -> dict[str, object]:
        where = law.NATIONS.get(request.GET.get("nation", ""), "")
        paper, today = request.GET.get("paper", ""), lifecycle.today()
        shown = [offence for _name, told in law.law_by_place(today, today, where=where) for offence, *_told in told]
        return {
            "where": where,
            "address": f"{settings.BASE_URL}{fixed_pages.address(self)}",
            "paper": paper if paper in law.PAPERS else "",
            "nations": [(slug, name, slug == where) for slug, name in law.PLACES.items()],
            # The oldest: the rest are as good or better.
            "checked": law.day_in_words(min((each.last_checked for each in shown), default=None)),
            "checkers": "; ".join(dict.fromkeys(each.checked_by for each in shown)),
        }
