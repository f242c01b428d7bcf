"""An action of the campaign: what it asks of somebody, why, since when, and what came of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from campaign.blocks import ActionButtonBlock
from campaign.models.pages import REASON, PageOfWords


class ActionPage(PageOfWords):
    """One ask, from the day it is made to what came of it."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    ask = models.TextField(_("what we ask"), max_length=300, help_text=_("One or two sentences that can be done."))
    whom = models.CharField(
        _("of whom"), max_length=120, help_text=_("A force, a body or an office, such as “every chief constable”.")
    )
    since = models.DateField(_("since"), default=date.today, help_text=_("Readers are shown the month."))
    state = models.CharField(_("where it stands"), max_length=6, choices=State, default=State.OPEN)
    came_of_it = models.TextField(
        _("what came of it"),
        max_length=1000,
        blank=True,
        help_text=_("In plain words, with months. A closed ask needs it, also where nothing came."),
    )
    button = StreamField(
        [("action_button", ActionButtonBlock())],
        verbose_name=_("action button"),
        blank=True,
        max_num=1,
        help_text=_("One thing that a reader can do. It is shown while the ask is open."),
    )

    parent_page_types = ["campaign.HomePage", "campaign.ContentPage"]
    subpage_types: list[str] = []
    template = "campaign/action_page.html"
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("ask"), FieldPanel("whom"), FieldRowPanel([FieldPanel("since"), FieldPanel("state")])],
            heading=_("The ask"),
        ),
        FieldPanel("intro", heading=_("Why, in a sentence")),
        FieldPanel("body", heading=_("Why")),
        FieldPanel("button"),
        FieldPanel("came_of_it"),
        REASON,
    ]

    class Meta:
        verbose_name = _("action")

    def clean(self) -> None:
        """No ask is closed without a word on what came of it."""
        super().clean()
        if self.state == self.State.CLOSED and not self.came_of_it.strip():
            raise ValidationError({"came_of_it": _("Say what came of it, also where nothing did.")})

    def is_asked_now(self) -> bool:
        """True while readers see the page and the ask is open."""
        return self.live and self.state == self.State.OPEN
