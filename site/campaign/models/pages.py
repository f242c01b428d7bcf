"""The pages that editors write: home, pages of words, news."""

import logging
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from campaign import fixed_pages
from campaign.blocks import Body
from campaign.holding_back import HeldBack
from campaign.page_form import EditorsPageForm
from stories import addresses
from stories.models.outward import OutwardWithReason, is_written, looking_once
from stories.public import openings

# At the foot of each form: an editor meets it when the page has gone through the rest.
REASON = MultiFieldPanel([FieldPanel("why_it_stays")], heading=_("What leads straight to somebody"))
# A page as long as this gets a list of its headings beside it.
LONG = 4
NEWS_ON_A_PAGE = 20
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


class HomePage(EditorsPage):
    """The first page: one question, three ways in, the newest story, one figure."""

    question = models.CharField(_("question"), max_length=120, default="What happened when you told the police?")
    intro = models.TextField(_("introduction"), blank=True)
    tell_words = models.CharField(_("words under Tell"), max_length=120, blank=True)
    read_words = models.CharField(_("words under Read"), max_length=120, blank=True)
    learn_words = models.CharField(_("words under Learn"), max_length=120, blank=True)
    learn_page = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where Learn leads")
    )
    figure = models.CharField(
        _("figure of the moment"), max_length=250, blank=True, help_text=_("One sentence. Leave it empty to show none.")
    )
    figure_caution = models.CharField(
        _("its caution"), max_length=250, blank=True, help_text=_("What the figure doesn't say. A figure needs one.")
    )
    figure_page = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where its source is told")
    )

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["campaign.ContentPage", "campaign.NewsIndexPage"]
    template = "campaign/home_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("question"),
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldPanel("tell_words"), FieldPanel("read_words"), FieldPanel("learn_words"), FieldPanel("learn_page")],
            heading=_("Three ways in"),
        ),
        MultiFieldPanel(
            [FieldPanel("figure"), FieldPanel("figure_caution"), FieldPanel("figure_page")], heading=_("A figure")
        ),
        REASON,
    ]

    class Meta:
        verbose_name = _("home page")

    def clean(self) -> None:
        """No figure stands without its caution."""
        super().clean()
        if self.figure and not self.figure_caution:
            raise ValidationError({"figure_caution": _("Say what the figure doesn't say.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["opening"] = next(iter(openings.newest(1)), None)
        context["learn_url"] = _address_if_live(self.learn_page)
        context["figure_url"] = _address_if_live(self.figure_page)
        return context


class PageOfWords(EditorsPage):
    """A page that is a title, an introduction and blocks."""

    intro = models.TextField(_("introduction"), blank=True)
    body = StreamField(Body(), verbose_name=_("page"), blank=True)

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        # A page that lists the help lines doesn't list them again at its foot.
        context["help_lines_shown"] = any(child.block_type == "help_lines" for child in self.body)
        return context


class ContentPage(PageOfWords):
    """A page of words: the law, your rights, get help."""

    parent_page_types = ["campaign.HomePage", "campaign.ContentPage"]
    subpage_types = ["campaign.ContentPage"]
    template = "campaign/content_page.html"
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body"), REASON]

    class Meta:
        verbose_name = _("page")

    def contents(self) -> list[dict[str, str]]:
        """The headings of a long page as `{"title", "id"}`; none for a short one."""
        headings = [child.value for child in self.body if child.block_type == "heading"]
        return [{"title": title, "id": slugify(title)} for title in headings] if len(headings) >= LONG else []


class NewsIndexPage(EditorsPage):
    """The news, newest first."""

    intro = models.TextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["campaign.HomePage"]
    subpage_types = ["campaign.NewsPage"]
    template = "campaign/news_index_page.html"
    content_panels = [*Page.content_panels, FieldPanel("intro"), REASON]

    class Meta:
        verbose_name = _("news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        items = NewsPage.objects.live().child_of(self).order_by("-date", "-pk")
        context["news"] = Paginator(items, NEWS_ON_A_PAGE).get_page(request.GET.get("page"))
        return context


class NewsPage(PageOfWords):
    """One piece of news, by its day and the role of who wrote it: nobody's name stands here."""

    date = models.DateField(_("date"))
    author_role = models.CharField(
        _("written by"), max_length=60, blank=True, help_text=_("A role, such as “Coordinator”. Never a name.")
    )

    parent_page_types = ["campaign.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "campaign/news_page.html"
    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("author_role")]),
        FieldPanel("intro"),
        FieldPanel("body"),
        REASON,
    ]

    class Meta:
        verbose_name = _("news item")


def _address_if_live(page: Page | None) -> str:
    return addresses.in_language(fixed_pages.address(page)) if page and page.live else ""
