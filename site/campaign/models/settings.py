"""The settings of the site that editors change: its name, the menu and the footer."""

from typing import Self

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, RevisionMixin

from campaign import fixed_pages
from campaign.blocks.words import block_meta
from campaign.editing import FIELDS
from campaign.models.mixins import OwnWords
from campaign.site_chrome import site_parts

# Whoever comes back with a code finds the way from every page, whatever the menu leaves out.
COMING_BACK = "/return/"


class SiteSetting(RevisionMixin):
    """A form for the whole site: one row, with every version of it."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(capfirst(self._meta.verbose_name))

    @classmethod
    def load(cls) -> Self:
        return cls._default_manager.first() or cls._default_manager.create()

    def with_content_json(self, content: dict[str, object]) -> Self:
        """Make what a version holds; what it didn't have yet stays as it is."""
        version: Self = super().with_content_json(self.serializable_data() | content)
        return version


class PageLinkBlock(blocks.StructBlock):
    """A link to one of the editors' pages; it goes when the page does."""

    page = blocks.PageChooserBlock(label=_("Page"))
    title = blocks.CharBlock(label=_("Other words for it"), required=False, max_length=40)
    title_cy = blocks.CharBlock(label=_("In Welsh"), required=False, max_length=40)

    Meta = block_meta("page_link")


class PartLinkBlock(blocks.StructBlock):
    part = blocks.ChoiceBlock(choices=site_parts, label=_("Part"))
    title = blocks.CharBlock(label=_("Other words for it"), required=False, max_length=40)
    title_cy = blocks.CharBlock(label=_("In Welsh"), required=False, max_length=40)

    Meta = block_meta("part_link")


_LINKS = [("page", PageLinkBlock()), ("part", PartLinkBlock())]


# The first is what tokens.css says to everybody; the others stand there under their names.
DEFAULT = "moss"
PALETTES = [(DEFAULT, "Moss: green"), ("bark", "Bark: brown"), ("slate", "Slate: grey")]


class Brand(OwnWords, SiteSetting):
    # A logo stands 48 px high, and twice that on screens with fine dots.
    LOGO_SIZE = "max-480x96"

    name = models.CharField(_("name"), max_length=40, default="Heard")
    strapline = models.CharField(_("strapline"), max_length=120, blank=True)
    hashtag = models.CharField(
        max_length=40,
        blank=True,
        validators=[RegexValidator("^#\\w+$", _("Begin with #, then letters and numbers alone."))],
        **FIELDS["Brand.hashtag"],
    )
    logo = models.ForeignKey(
        "campaign.Picture", models.SET_NULL, null=True, blank=True, related_name="+", **FIELDS["Brand.logo"]
    )
    palette = models.CharField(_("palette"), max_length=12, choices=PALETTES, default=DEFAULT)
    run_by = models.CharField(max_length=120, blank=True, **FIELDS["Brand.run_by"])
    reads_welsh = models.BooleanField(default=False, **FIELDS["Brand.reads_welsh"])

    panels = [
        *("name", "run_by", "reads_welsh", "strapline", "hashtag", "logo"),
        FieldPanel("palette", widget=forms.RadioSelect),
    ]

    class Meta:
        verbose_name = _("brand")

    def for_furniture(self) -> dict[str, object]:
        """The brand as JSON; `logo` is None or has `url`, `width` and `height`; the usual `palette` is empty."""
        as_they_are = ("name", "strapline", "hashtag", "run_by", "reads_welsh")
        return {name: getattr(self, name) for name in as_they_are} | {
            "palette": "" if self.palette == DEFAULT else self.palette,
            "logo": self._logo(),
        }

    def _logo(self) -> dict[str, object] | None:
        if self.logo is None:
            return None
        try:
            drawn = self.logo.get_rendition(self.LOGO_SIZE)
        except SourceImageIOError:
            # Its file is lost; the menu beside it isn't.
            return None
        return {"url": drawn.url, "width": drawn.width, "height": drawn.height}


class Menu(OwnWords, SiteSetting):
    header = StreamField(_LINKS, blank=True, collapsed=True, **FIELDS["Menu.header"])
    footer = StreamField(_LINKS, blank=True, collapsed=True, **FIELDS["Menu.footer"])

    panels = ["header", "footer"]

    class Meta:
        verbose_name = _("menu and footer")

    def header_links(self) -> list[dict[str, str]]:
        """The menu as `{"title", "cy", "url"}`: what is live, but for the way to tell, which is a button beside it."""
        return [link for link in _links(self.header) if link["url"] != "/tell/"]

    def footer_links(self) -> list[dict[str, str]]:
        """The footer in the same shape, with who we are and the way back where nothing names them yet."""
        links = _links(self.footer)
        more = [{"title": str(dict(site_parts())[COMING_BACK]), "cy": "", "url": COMING_BACK}]
        # Who runs the site, which every page says; not while that page isn't public.
        about = Page.objects.live().filter(depth=fixed_pages.FIXED_DEPTH, slug="about")
        more += [{"title": page.title, "cy": "", "url": fixed_pages.address(page)} for page in about]
        there = {link["url"] for link in (*self.header_links(), *links)}
        return [*links, *(link for link in more if link["url"] not in there)]


def _links(stream: blocks.StreamValue) -> list[dict[str, str]]:
    return [link for child in stream if (link := _link(child.value))]


def _link(value: blocks.StructValue) -> dict[str, str] | None:
    """None for a part that isn't there any more, and for a page that readers don't see."""
    title: StrOrPromise | None
    if "part" in value:
        title, url = dict(site_parts()).get(value["part"]), value["part"]
    else:
        page = value["page"]
        title, url = (page.title, fixed_pages.address(page)) if page and page.live else ("", "")
    return {"title": value["title"] or str(title), "cy": value.get("title_cy") or "", "url": url} if title else None


# A closed list, so that nobody points it at a page that harms: each is a site that anybody could have open, asks
# nothing of whoever comes, and says nothing of us.
ALLOWED_SITES = [
    ("https://www.bbc.co.uk/weather", _("BBC Weather")),
    ("https://www.bbc.co.uk/news", _("BBC News")),
    ("https://www.google.co.uk/", _("Google search")),
]
DEFAULT_SITE = ALLOWED_SITES[0][0]


class Exit(SiteSetting):
    """The target of “Exit this page”: a coordinator chooses, because it is part of how safe a contributor is."""

    target = models.CharField(_("where it leads"), max_length=60, choices=ALLOWED_SITES, default=DEFAULT_SITE)

    class Meta:
        verbose_name = _("exit")
