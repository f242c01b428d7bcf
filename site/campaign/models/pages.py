"""The pages of the editors: what holds for all of them, the plain page of words, and the first page."""

from collections.abc import Iterator
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, MultiFieldPanel, PublishingPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from campaign import fixed_pages, site_chrome
from campaign.blocks.body import Body, open_actions_for
from campaign.blocks.stories import StoryQuoteBlock
from campaign.blocks.words import headings_of
from campaign.editing import FIELDS, EditorsPageForm, PageCopyForm
from campaign.models.mixins import LookedAt
from campaign.quotes import story_quotes
from campaign.quotes.story_quotes import QUOTING, Passage
from stories.core import named_lists, publication_gate, snapshot
from stories.intake import other_languages
from stories.models.outward import OutwardWithReason
from stories.reading import ask_progress, patterns, pictures as card_pictures, responses, story_queries
from stories.reading.filters import StoryFilter

# At the foot of each form: an editor meets it when the page has gone through the rest.
REASON = MultiFieldPanel(["why_it_stays"], heading=_("What leads straight to somebody"))
# A page as long as this gets a list of its headings beside it.
LONG = 4


class EditorsPage(LookedAt, Page, OutwardWithReason):  # type: ignore[django-manager-missing]
    base_form_class = EditorsPageForm
    copy_form_class = PageCopyForm
    # The path is the page's place in the tree, in digits.
    may_hold = (*OutwardWithReason.may_hold, "path")
    # A page is public or it isn't there: the public side has no session that could remember a password.
    private_page_options: list[str] = []
    promote_panels = [MultiFieldPanel(["slug", "seo_title", "search_description"], heading=_("For search engines"))]
    settings_panels = [PublishingPanel(), CommentPanel()]
    # Fields whose words search reads, beside the introduction. Of a stream it takes the blocks that it knows.
    words_in: ClassVar[tuple[str, ...]] = ("body",)
    # What a link to it elsewhere is a link to, as Open Graph calls it.
    kind_of_link = "website"
    # The code of the language of its words, where that is neither of the site's.
    language = ""
    # Where it is being made, before it has its place in the tree.
    below: Page | None = None

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context(request, *args, **kwargs)
        return context | {"head": page_head(self)} | self.extra_context(request)

    def extra_context(self, request: HttpRequest) -> dict[str, object]:
        """The context of this kind of page, beside the page and its head."""
        return {}

    def facts_for_machines(self) -> dict[str, object]:
        """The facts of this kind of page in the words of schema.org; they may name another `@type`."""
        return {}

    def clean(self) -> None:
        """Keep the addresses that the rest of the site leads to."""
        super().clean()
        was = Page.objects.filter(pk=self.pk).values_list("slug", flat=True).first() if self.pk else None
        depth = self.depth or fixed_pages.FIXED_DEPTH
        if reason := fixed_pages.why_not_at(self.slug, depth=depth, was=was):
            raise ValidationError({"slug": reason})
        if self.expire_at and self.pk and (reason := fixed_pages.why_not_remove(self)):
            raise ValidationError({"expire_at": reason})
        if not self.live and self.pk and self.get_descendants().live().exists():
            # Readers see this address in those of the pages below.
            found = publication_gate.held_back_in_addresses(self._addresses())
            if reason := self._why_not_with(found):
                raise ValidationError({"slug": reason})

    def _addresses(self) -> Iterator[str]:
        """Its own, which is made of its title where it has none, and those above it that no look has let through."""
        yield from (address or self.title for address in super()._addresses())
        above = self.get_parent() if self.path else self.below
        yield from fixed_pages.slugs_unseen(above) if above else ()


class IndexPage(EditorsPage):
    """The one page of its kind that lists others, with an introduction above them."""

    intro = models.TextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["campaign.HomePage"]
    content_panels = [*Page.content_panels, "intro", REASON]

    class Meta:
        abstract = True


class PageOfWords(EditorsPage):
    intro = models.TextField(_("introduction"), blank=True)
    body = StreamField(Body(), verbose_name=_("page"), blank=True)

    class Meta:
        abstract = True

    def extra_context(self, request: HttpRequest) -> dict[str, object]:
        # A page that lists the help lines doesn't list them again at its foot.
        return {"help_lines_shown": self._has("help_lines")}

    def contents(self) -> list[dict[str, str]]:
        """The headings of a long page as `{"title", "id"}`; none for a short one, or one that lists them itself."""
        found = headings_of(self.body)
        return found if len(found) >= LONG and not self._has("contents") else []

    def _has(self, kind: str) -> bool:
        return any(child.block_type == kind for child in self.body)


class ContentPage(PageOfWords):
    language = models.CharField(
        max_length=2,
        blank=True,
        default="",
        db_default="",
        choices=list(other_languages.OURS.items()),
        **FIELDS["ContentPage.language"],
    )

    parent_page_types = ["campaign.HomePage", "campaign.ContentPage"]
    subpage_types = ["campaign.ContentPage", "campaign.OfficersCardPage"]
    template = "campaign/content_page.html"
    content_panels = [*Page.content_panels, "language", "intro", "body", REASON]

    def get_template(self, request: HttpRequest, *args: object, **kwargs: object) -> str:
        return "campaign/help_page.html" if self.slug == "get-help" and not self.is_easy_read else self.template

    @property
    def is_help(self) -> bool:
        """True for the pages of somebody in distress: the exit is as loud there as where people tell."""
        return bool(self.language) or self.slug in fixed_pages.HELP_SLUGS or self.is_easy_read

    @property
    def is_easy_read(self) -> bool:
        return fixed_pages.EASY_READ in self.url_path

    @property
    def easy_read_url(self) -> str:
        """Where this page is said in short words, if it is."""
        easy: dict[str, str] = site_chrome.site_chrome()["easy_read"]
        return "" if self.is_easy_read else easy.get(self.slug, "")

    class Meta:
        verbose_name = _("page")


# So many sentences of people home shows at once.
_VOICES = 5


def _voices() -> list[Passage]:
    """Some of the lines that editors chose, others with each snapshot; whether each may be quoted is asked again."""
    chosen = patterns.home_voices()
    # Keyed: the number of an edition says how often something was changed.
    turn = int(salted_hmac("campaign.voices", str(snapshot.snapshot_number())).hexdigest()[:8], 16)
    begin = turn % max(len(chosen), 1)
    values = [{"story": story, "passage": words} for story, words in (chosen[begin:] + chosen[:begin])[:_VOICES]]
    return [each for each in story_quotes.passages_of(values, use=QUOTING) if each]


class HomePage(EditorsPage):
    """The first page: one question, what people say, three ways in, and what is asked now."""

    question = models.CharField(_("question"), max_length=120, default="What happened when you told the police?")
    intro = models.TextField(_("introduction"), blank=True)
    tell_words = models.CharField(_("words under Tell"), max_length=120, blank=True)
    read_words = models.CharField(_("words under Read"), max_length=120, blank=True)
    learn_words = models.CharField(_("words under Learn"), max_length=120, blank=True)
    ask = models.ForeignKey(
        "campaign.Ask", models.SET_NULL, null=True, blank=True, related_name="+", **FIELDS["HomePage.ask"]
    )
    voices = StreamField(
        StreamBlock([("story_quote", StoryQuoteBlock())], max_num=12), blank=True, **FIELDS["HomePage.voices"]
    )

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        *("campaign.ContentPage", "campaign.NewsIndexPage", "campaign.ActionPage", "campaign.LearningIndexPage")
    ]
    template = "campaign/home_page.html"
    content_panels = [
        *(*Page.content_panels, "question", "intro", "voices"),
        MultiFieldPanel(["tell_words", "read_words", "learn_words"], heading=_("Three ways in")),
        "ask",
        REASON,
    ]

    class Meta:
        verbose_name = _("home page")

    def extra_context(self, request: HttpRequest) -> dict[str, object]:
        names, pattern = named_lists.get_named_lists(), next(iter(patterns.get_patterns()), None)
        return {
            "ask": ask_progress.asked_now(self.ask.slug) if self.ask else None,
            "actions": open_actions_for(self.ask.slug) if self.ask else [],
            "voices": _voices(),
            "pattern": pattern,
            "pattern_count": pattern.wanted(names).count() if pattern else 0,
            "stories": StoryFilter(names).count(),
            "state": ask_progress.state_line(),
            # What was only asked is on the page of all asks; here is what moved, or should have.
            "board": ask_progress.scoreboard(each for each in ask_progress.get_asks() if each.state != "asked"),
            "answered": len({each.force for each in responses.get_responses()}),
            "opening": next(iter(story_queries.newest_quotable(1)), None),
        }

    def facts_for_machines(self) -> dict[str, object]:
        place = {"@type": "EntryPoint", "urlTemplate": f"{settings.BASE_URL}/search/?q={{words}}"}
        search = {"@type": "SearchAction", "target": place, "query-input": "required name=words"}
        return {"@type": "WebSite", "potentialAction": search}


# As much of a description as search engines show, and the least that says anything.
LONGEST, SHORTEST = 155, 50


def page_head(page: "EditorsPage") -> dict[str, object]:
    """The head of `page`; one query more for a page that stands under another.

    `url` is its own in English, wherever it is read; the machines' facts are in the words of schema.org. `description`
    is the editors'; else the beginning of its introduction, with the site's own where that is short.
    """
    # A page in a preview may have no place yet.
    address = fixed_pages.address(page) if page.url_path.count("/") > 1 else "/"
    url, title = f"{settings.BASE_URL}{address}", page.seo_title or page.title
    picture = f"{settings.BASE_URL}{address}share.png"
    begins = getattr(page, "intro", "").strip()
    if len(begins) < SHORTEST:
        # Of a few words alone a search engine would make something up.
        begins = f"{begins} {site_chrome.site_description()}".strip()
    about = page.search_description or Truncator(begins).chars(LONGEST)
    facts = {"@context": "https://schema.org", "@type": "WebPage", "name": title, "url": url}
    facts["inLanguage"] = page.language or "en-GB"
    facts |= {"description": about, "image": picture} | page.facts_for_machines()
    return {
        **{"title": title, "description": about, "url": url, "kind": page.kind_of_link},
        **{"picture_url": picture, "size": card_pictures.CARD, "facts": facts, "trail": _trail(page, url)},
    }


def _trail(page: "EditorsPage", url: str) -> dict[str, object] | None:
    # Above the others stand the root and the first page alone.
    if (page.depth or 0) <= fixed_pages.FIXED_DEPTH:
        return None
    above = page.get_ancestors().filter(depth__gte=fixed_pages.FIXED_DEPTH).only("title", "url_path")
    places = [(each.title, f"{settings.BASE_URL}{fixed_pages.address(each)}") for each in above]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": place}
        for number, (name, place) in enumerate([*places, (page.title, url)], start=1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
