"""What every page of the editors is, and the plain page of words."""

import logging
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from campaign import fixed_pages, headings
from campaign.blocks import Body
from campaign.holding_back import HeldBack
from campaign.page_form import EditorsPageForm
from stories.models.outward import OutwardWithReason, is_written, looking_once

# At the foot of each form: an editor meets it when the page has gone through the rest.
REASON = MultiFieldPanel([FieldPanel("why_it_stays")], heading=_("What leads straight to somebody"))
# A page as long as this gets a list of its headings beside it.
LONG = 4
# What Wagtail calls it when a scheduled day has come.
_BY_THE_CLOCK = "wagtail.publish.scheduled"
logger = logging.getLogger(__name__)


class EditorsPage(Page, OutwardWithReason):  # type: ignore[django-manager-missing]
    """What holds for every page of the editors."""

    base_form_class = EditorsPageForm
    # The path is the page's place in the tree, in digits.
    may_hold = (*OutwardWithReason.may_hold, "path")
    # A page is public or it isn't there: the public side has no session that could remember a password.
    private_page_options: list[str] = []
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search engines"),
        )
    ]
    settings_panels = [PublishingPanel()]

    class Meta:
        abstract = True

    def save(self, clean: bool = True, **options: Any) -> None:
        """Save; what is live holds nothing that leads straight to somebody without a reason. Raises `HeldBack`.

        Every way to the public ends here, also those that ask no form: an approval, many pages at once, a schedule.
        """
        if clean and self.live and self._brings_words(options.get("update_fields")):
            self.refuse_what_is_held_back()
            self.note_what_the_reason_covers()
        super().save(clean=clean, **options)  # type: ignore[call-arg]

    def publish(self, revision: Revision, **options: Any) -> Any:
        """Publish or schedule; a day that comes by itself must not be when somebody first hears of it.

        Where it is, the finder has learnt since: this page stays a draft, and the clock goes on to the next.
        """
        with looking_once():
            page = revision.as_object()
            if options.get("log_action") == _BY_THE_CLOCK and page.why_not_public():
                return page.let_its_day_pass(revision)
            page.refuse_what_is_held_back()
            return super().publish(revision, **options)

    def let_its_day_pass(self, revision: Revision) -> None:
        """Take it off the clock; its editor hears why when they open it."""
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        # Nothing of its words, not even its title: that can hold what is held back.
        logger.error("Page %s has its day and isn't public; opening it shows why.", self.pk)

    def missed_its_day(self) -> bool:
        """True for a draft that a day was set for, which has passed."""
        return bool(self.go_live_at and self.go_live_at <= timezone.now() and self.has_unpublished_changes)

    def refuse_what_is_held_back(self) -> None:
        """Raise `HeldBack` where these words can't be public."""
        if reason := self.why_not_public():
            raise HeldBack(self, reason)

    def with_content_json(self, content: Any) -> Any:
        """Make the page of a revision; what the reason was written for is known of the public page alone."""
        page = super().with_content_json(content)
        page.reason_covers = self.reason_covers
        return page

    def _brings_words(self, only: Iterable[str] | None) -> bool:
        written = {field.name for field in self._meta.concrete_fields if is_written(field)}
        return only is None or bool(written & set(only))

    def clean(self) -> None:
        """Keep the addresses that the rest of the site leads to."""
        super().clean()
        was = Page.objects.filter(pk=self.pk).values_list("slug", flat=True).first() if self.pk else None
        depth = self.depth or fixed_pages.FIXED_DEPTH
        if reason := fixed_pages.why_not_at(self.slug, depth=depth, was=was):
            raise ValidationError({"slug": reason})
        if self.expire_at and self.pk and (reason := fixed_pages.why_not_remove(self)):
            raise ValidationError({"expire_at": reason})


class PageOfWords(EditorsPage):
    """A page that is a title, an introduction and blocks."""

    intro = models.TextField(_("introduction"), blank=True)
    body = StreamField(Body(), verbose_name=_("page"), blank=True)

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        # A page that lists the help lines doesn't list them again at its foot.
        context["help_lines_shown"] = self._has("help_lines")
        return context

    def contents(self) -> list[dict[str, str]]:
        """The headings of a long page as `{"title", "id"}`; none for a short one, or one that lists them itself."""
        found = headings.of(self.body)
        return found if len(found) >= LONG and not self._has("contents") else []

    def _has(self, kind: str) -> bool:
        return any(child.block_type == kind for child in self.body)


class ContentPage(PageOfWords):
    """A page of words: the law, your rights, get help."""

    parent_page_types = ["campaign.HomePage", "campaign.ContentPage"]
    subpage_types = ["campaign.ContentPage", "campaign.ActionPage"]
    template = "campaign/content_page.html"
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body"), REASON]

    class Meta:
        verbose_name = _("page")
