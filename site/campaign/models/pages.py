"""What every page of the editors is, and the plain page of words."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from campaign import fixed_pages, headings, page_head
from campaign.blocks import Body
from campaign.editing.page_form import EditorsPageForm, PageCopyForm
from campaign.models.looked_at import LookedAt
from stories import going_public
from stories.models.outward import OutwardWithReason

# At the foot of each form: an editor meets it when the page has gone through the rest.
REASON = MultiFieldPanel([FieldPanel("why_it_stays")], heading=_("What leads straight to somebody"))
# A page as long as this gets a list of its headings beside it.
LONG = 4


class EditorsPage(LookedAt, Page, OutwardWithReason):  # type: ignore[django-manager-missing]
    """What holds for every page of the editors."""

    base_form_class = EditorsPageForm
    copy_form_class = PageCopyForm
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
    # Fields whose words search reads, beside the introduction. Of a stream it takes the blocks that it knows.
    words_in: ClassVar[tuple[str, ...]] = ("body",)
    # What a link to it elsewhere is a link to, as Open Graph calls it.
    kind_of_link = "website"
    # Where it is being made, before it has its place in the tree.
    below: Page | None = None

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["head"] = page_head.of(self)
        return context

    def facts_for_machines(self) -> dict[str, Any]:
        """What schema.org has words for and no other page has; it may name another `@type`."""
        return {}

    def save(self, clean: bool = True, **options: Any) -> None:
        """Save, after a look at what is public. Raises `HeldBack`."""
        if clean:
            self.look_before_saving(options.get("update_fields"))
        super().save(clean=clean, **options)  # type: ignore[call-arg]

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
            found = going_public.held_back_in_addresses(self._addresses())
            if reason := self._why_not_with(found):
                raise ValidationError({"slug": reason})

    def _addresses(self) -> Iterator[str]:
        """Its own, which is made of its title where it has none, and those above it that no look has let through."""
        yield from (address or self.title for address in super()._addresses())
        above = self.get_parent() if self.path else self.below
        yield from fixed_pages.slugs_unseen(above) if above else ()


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
    subpage_types = ["campaign.ContentPage", "campaign.OfficersCardPage"]
    template = "campaign/content_page.html"
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body"), REASON]

    class Meta:
        verbose_name = _("page")
