"""The blocks that a page is made of; each has a template of its own name in templates/campaign/blocks/."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from campaign import furniture, rich_text
from stories.public import transparency

AUDIENCES = [("all", _("Everybody")), ("adults", _("Adults")), ("under-18", _("Under 18s"))]

MANY_COLUMNS = 4


def _rich_text(features: list[str], **options: Any) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(features=features, **options)


class QuoteBlock(blocks.StructBlock):
    """Somebody's exact words, with where they said them."""

    text = blocks.TextBlock(label=_("Exact words"))
    source = blocks.CharBlock(label=_("Who said it, and where"))
    url = blocks.URLBlock(label=_("Link to the source"), required=False)

    class Meta:
        icon = "openquote"
        template = "campaign/blocks/quote.html"


class HelpLinesBlock(blocks.StructBlock):
    """The help lines for somebody, with those that are open marked."""

    audience = blocks.ChoiceBlock(choices=AUDIENCES, default="all", label=_("For whom"))

    class Meta:
        icon = "help"
        label = _("Help lines")
        template = "campaign/blocks/help_lines.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["lines"] = furniture.lines_for(value["audience"])
        return context


class TableBlock(TypedTableBlock):
    """A table of words. One with many columns reads as entries with their facts: it has to fit a phone."""

    text = blocks.CharBlock(required=False, label=_("Text"))

    class Meta:
        icon = "table"
        template = "campaign/blocks/table.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["entries"] = _entries(value) if len(value.columns) >= MANY_COLUMNS else []
        return context


def _entries(table: Any) -> list[dict[str, Any]]:
    headings = [column["heading"] for column in table.columns]
    rows = [[cell.value for cell in row] for row in table.rows]
    return [{"title": row[0], "facts": list(zip(headings[1:], row[1:], strict=True))} for row in rows]


class PictureBlock(blocks.StructBlock):
    """A picture with the words for those who don't see it, or marked as decoration."""

    picture = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        template = "campaign/blocks/picture.html"


class FiguresBlock(blocks.StaticBlock):
    """How the work goes, quarter by quarter; the numbers come from what was released, and nobody types one."""

    class Meta:
        icon = "table"
        label = _("Figures of our work")
        admin_text = _("The figures of the last four quarters. They make themselves; each quarter stays as it was.")
        template = "campaign/blocks/figures.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["quarters"] = transparency.shown()
        return context


class Body(blocks.StreamBlock):
    """Everything that can stand in a page."""

    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", max_length=120, template="campaign/blocks/heading.html"
    )
    text = _rich_text(rich_text.FEATURES, label=_("Text"), icon="pilcrow", template="campaign/blocks/text.html")
    steps = blocks.ListBlock(
        _rich_text(rich_text.INLINE_FEATURES, label=_("Step")),
        label=_("Steps"),
        icon="list-ol",
        template="campaign/blocks/steps.html",
    )
    notice = _rich_text(
        rich_text.FEATURES, label=_("Notice"), icon="info-circle", template="campaign/blocks/notice.html"
    )
    table = TableBlock(label=_("Table"))
    quote = QuoteBlock(label=_("Quote"))
    help_lines = HelpLinesBlock()
    figures = FiguresBlock()
    image = PictureBlock(label=_("Picture"))
