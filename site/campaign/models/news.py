"""The news: its list, and one piece of it."""

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel
from wagtail.models import Page

from campaign import fixed_pages
from campaign.editing import FIELDS
from campaign.models.pages import REASON, IndexPage, PageOfWords
from stories.core import addresses, lifecycle, publication_gate

NEWS_ON_A_PAGE = 20


class NewsIndexPage(IndexPage):
    subpage_types = ["campaign.NewsPage"]
    template = "campaign/news_index_page.html"

    class Meta:
        verbose_name = _("news")

    def extra_context(self, request: HttpRequest) -> dict[str, object]:
        items = NewsPage.objects.live().child_of(self).order_by("-date", "-pk")
        try:
            news = Paginator(items, NEWS_ON_A_PAGE).page(request.GET.get("page", 1))
        except InvalidPage as error:
            # Not the last page under another name: the page cache would keep it under each.
            raise Http404 from error
        if news.number == 1:
            return {"news": news}
        own = addresses.path_in_language(fixed_pages.address(self))
        return {"news": news, "canonical_url": f"{settings.BASE_URL}{own}?page={news.number}"}


class NewsPage(PageOfWords):
    """One piece of news, by its day and the role of who wrote it: nobody's name stands here."""

    date = models.DateField(_("date"), default=lifecycle.today)
    author_role = models.CharField(max_length=60, blank=True, **FIELDS["NewsPage.author_role"])

    parent_page_types = ["campaign.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "campaign/news_page.html"
    kind_of_link = "article"
    content_panels = [*Page.content_panels, FieldRowPanel(["date", "author_role"]), "intro", "body", REASON]

    class Meta:
        verbose_name = _("news item")

    def why_not_public(self) -> str | None:
        """Say why this can't go public, or None: nobody's name stands over a piece of news."""
        if publication_gate.names_somebody(self.author_role):
            return f"“{self.author_role}” looks like somebody’s name. Say by whom it is written as a role alone."
        return super().why_not_public()

    def facts_for_machines(self) -> dict[str, object]:
        by = {"@type": "Organization", "name": self.author_role or "Heard", "url": settings.BASE_URL}
        return {
            "@type": "NewsArticle",
            "headline": self.title,
            "datePublished": f"{self.date:%Y-%m-%d}",
            "author": by,
            "isAccessibleForFree": True,
        }
