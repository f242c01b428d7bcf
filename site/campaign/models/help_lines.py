"""A help line: who answers, when, and when somebody of ours last checked that this is still so."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import RevisionMixin

from campaign import help_lines as opening, initial_content
from campaign.blocks.words import block_meta
from campaign.editing import CHOICES, FIELDS, PANELS
from campaign.models.mixins import Checked, OwnWords

DAYS = [(str(day), name) for day, name in WEEKDAYS.items()]
# What the site's furniture holds of a line under the field's own name.
_AS_THEY_ARE = (
    *("name", "about", "phone", "text_number", "url", "form_url", "audience", "region"),
    *("answers_in_welsh", "answers_in_bsl", "stays_when_closed"),
)


class HoursBlock(blocks.StructBlock):
    """Days in a row with the same hours; a closing time before the opening one is on the next morning."""

    first_day = blocks.ChoiceBlock(choices=DAYS, default="0", label=_("From"))
    last_day = blocks.ChoiceBlock(choices=DAYS, default="4", label=_("To"))
    opens = blocks.TimeBlock(label=_("Opens"))
    closes = blocks.TimeBlock(label=_("Closes"))

    Meta = block_meta("hours")


class HelpLine(RevisionMixin, Checked, OwnWords):
    """Somebody to talk to. Each version is kept, so that a mistake in a number can be taken back."""

    checked_for = timedelta(days=90)
    seen = Q(shows=True)
    may_hold = ("phone", "text_number", "url", "form_url", "source")

    class Open(models.TextChoices):
        ALWAYS = "always", _("At any hour")
        LISTED = "listed", _("At the hours listed below")
        UNKNOWN = "unknown", _("Not known: say “see website”")

    class Audience(models.TextChoices):
        ALL = "all", _("Everybody")
        ADULTS = "adults", _("Adults")
        UNDER_18 = "under-18", _("Under 18s")

    name = models.CharField(_("name"), max_length=80)
    about = models.CharField(_("about, in a sentence or two"), max_length=250)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    text_number = models.CharField(_("number for text messages"), max_length=20, blank=True)
    url = models.URLField(_("website"), blank=True)
    form_url = models.URLField(blank=True, **FIELDS["HelpLine.form_url"])
    audience = models.CharField(_("for whom"), max_length=8, choices=Audience, default=Audience.ALL)
    region = models.CharField(_("where"), max_length=16, choices=CHOICES["HelpLine.region"], default="uk")
    hours_text = models.CharField(_("hours in words"), max_length=100)
    open = models.CharField(_("open"), max_length=7, choices=Open, default=Open.LISTED)
    opens = StreamField([("hours", HoursBlock())], blank=True, **FIELDS["HelpLine.opens"])
    name_cy = models.CharField(max_length=80, blank=True, **FIELDS["HelpLine.name_cy"])
    about_cy = models.CharField(_("about, in Welsh"), max_length=250, blank=True)
    hours_text_cy = models.CharField(_("hours in words, in Welsh"), max_length=100, blank=True)
    answers_in_welsh = models.BooleanField(default=False, **FIELDS["HelpLine.answers_in_welsh"])
    answers_in_bsl = models.BooleanField(default=False, db_default=False, **FIELDS["HelpLine.answers_in_bsl"])
    stays_when_closed = models.BooleanField(default=False, **FIELDS["HelpLine.stays_when_closed"])
    shows = models.BooleanField(default=True, **FIELDS["HelpLine.shows"])
    order = models.PositiveSmallIntegerField(default=0, **FIELDS["HelpLine.order"])
    last_checked = models.DateField(default=date.today, **FIELDS["HelpLine.last_checked"])
    source = models.URLField(blank=True, **FIELDS["HelpLine.source"])

    panels = [
        *("name", "about", FieldRowPanel(["phone", "text_number"]), "url", "form_url"),
        FieldRowPanel(["audience", "region"]),
        MultiFieldPanel(["hours_text", "open", "opens", "stays_when_closed"], heading=_("When")),
        "answers_in_bsl",
        MultiFieldPanel(["name_cy", "about_cy", "hours_text_cy", "answers_in_welsh"], **PANELS["HelpLine.welsh"]),
        *(FieldRowPanel(["order", "last_checked"]), "source", "shows"),
    ]

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")

    def __str__(self) -> str:
        return self.name

    @property
    def is_shown(self) -> bool:  # type: ignore[override]
        return self.shows

    @property
    def is_as_laid(self) -> bool:
        """True while nobody of this site has checked it: its day is still the one in the starting data."""
        return initial_content.days_checked().get(self.name) == self.last_checked

    def clean(self) -> None:
        """Ask for a way to reach the line, for hours where they are listed, and for a line left for everybody."""
        super().clean()
        if not (self.phone or self.text_number or self.url):
            raise ValidationError(_("Give a phone number, a number for text messages or a website."))
        if self.open == self.Open.LISTED and not self.opens:
            raise ValidationError({"open": _("Add the days and hours below, or choose another answer.")})
        # Nobody who needs a line finds an empty list.
        for whom in (self.Audience.ADULTS, self.Audience.UNDER_18):
            for_them = (self.Audience.ALL, whom)
            shown = HelpLine.objects.filter(HelpLine.seen, audience__in=for_them)
            is_left = self.shows and self.audience in for_them
            if not is_left and list(shown.values_list("pk", flat=True)) == [self.pk]:
                raise ValidationError(f"This is the last help line for: {whom.label}. Show another first.")

    def for_furniture(self) -> dict[str, object]:
        """The line as JSON, in the shape that `help_lines.open_now` reads."""
        return {name: getattr(self, name) for name in _AS_THEY_ARE} | {
            "hours": self.hours_text,
            "cy": {"name": self.name_cy or self.name, "about": self.about_cy, "hours": self.hours_text_cy},
            "opens": self._opens(),
        }

    def _opens(self) -> str | list[dict[str, object]]:
        if self.open == self.Open.ALWAYS:
            return opening.ALWAYS
        return [_hours(child.value) for child in self.opens] if self.open == self.Open.LISTED else []


def _hours(value: Any) -> dict[str, object]:
    first, last = int(value["first_day"]), int(value["last_day"])
    return {
        # From Saturday to Tuesday runs over the end of the week.
        "days": [day % 7 for day in range(first, last + 1 if last >= first else last + 8)],
        "from": value["opens"].strftime("%H:%M"),
        "to": value["closes"].strftime("%H:%M"),
    }
