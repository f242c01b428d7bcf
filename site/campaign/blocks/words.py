"""Blocks of words: headings, text, steps, notices, what somebody said elsewhere, and the list of a page's headings."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaign import headings, links, rich_text


class HeadingBlock(blocks.CharBlock):
    """A heading of the page, to which links can lead."""

    def __init__(self, max_length: int = 120, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "campaign/blocks/heading.html"
        description = _("Begins a part of the page.")
        preview_value = "What you can ask for"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["anchor"] = headings.anchor(value)
        return context


class TextBlock(blocks.RichTextBlock):
    """Running text with the few marks that our pages know."""

    def __init__(self, features: list[str] | None = None, **options: Any) -> None:
        super().__init__(features=features or rich_text.FEATURES, **options)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "campaign/blocks/text.html"
        preview_value = "<p>The police have to keep you up to date, and you can ask them how.</p>"


class NoticeBlock(TextBlock):
    """Text that must not be missed."""

    class Meta:
        icon = "info-circle"
        label = _("Notice")
        template = "campaign/blocks/notice.html"
        description = _("Text on a quiet ground, for what nobody should miss. One or two on a page.")
        preview_value = "<p>If you are in danger now, call 999.</p>"


class StepsBlock(blocks.ListBlock):
    """What to do first, second, third."""

    def __init__(self, child_block: Any = None, **options: Any) -> None:
        step = blocks.RichTextBlock(features=rich_text.INLINE_FEATURES, label=_("Step"))
        super().__init__(child_block or step, **options)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "campaign/blocks/steps.html"
        description = _("Numbered, one deed in each.")
        preview_value = ["<p>Call 101, or go to a station.</p>", "<p>Ask for the crime number.</p>"]


class QuoteValue(blocks.StructValue):
    """What somebody said, and where it can be read."""

    @property
    def address(self) -> str:
        return links.safe(self.get("url") or "")


class QuoteBlock(blocks.StructBlock):
    """Somebody's exact words, with where they said them."""

    text = blocks.TextBlock(label=_("Exact words"))
    source = blocks.CharBlock(label=_("Who said it, and where"))
    url = blocks.URLBlock(label=_("Link to the source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "campaign/blocks/quote.html"
        value_class = QuoteValue
        description = _("Words from a report, a court or a paper. For words of a story there is “Passage of a story”.")
        preview_value = {"text": "We got this wrong.", "source": "A chief constable, in March 2026"}


class ContentsBlock(blocks.StaticBlock):
    """The headings of the page as links, where somebody put it."""

    class Meta:
        icon = "list-ul"
        label = _("Contents")
        admin_text = _("The headings of this page. They list themselves, here and not at the side.")
        template = "campaign/blocks/contents.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        page = (parent_context or {}).get("page")
        context["headings"] = headings.of(page.body) if page else []
        return context
