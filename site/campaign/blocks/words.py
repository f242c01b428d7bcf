"""Blocks of words: headings, text, steps, notices, lines with a drawing, what somebody said elsewhere, and contents."""

from collections.abc import Iterable

from django.utils.text import slugify
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.images.blocks import ImageBlock

from campaign import rich_text
from campaign.editing import CHOICES, LABELS
from stories.core import tables

# What stands around every page bears these names already.
_TAKEN = frozenset({"contents-heading", "exit", "help", "help-lines-heading", "main", "menu"})
BLOCKS = tables.read(__file__, "blocks.toml")
# Those of templates/includes/drawing.html.
DRAWINGS: list[tuple[str, str]] = CHOICES["PictureLineBlock.drawing"]


def block_meta(name: str, **more: object) -> type:
    """The `Meta` of a block: its icon, words, template and preview."""
    return type("Meta", (), BLOCKS[name] | more)


def heading_anchor(title: str) -> str:
    """The name of a heading within its page; no two headings of a page may share one."""
    name = slugify(title) or slugify(title, allow_unicode=True) or "part"
    return f"{name}-part" if name in _TAKEN else name


def headings_of(body: Iterable[blocks.StreamValue.StreamChild]) -> list[dict[str, str]]:
    """The headings of a stream of blocks as `{"title", "id"}`."""
    return [{"title": each.value, "id": heading_anchor(each.value)} for each in body if each.block_type == "heading"]


def repeated_headings(body: Iterable[blocks.StreamValue.StreamChild]) -> list[int]:
    """The places in the stream of headings whose name an earlier one bears."""
    names = [heading_anchor(each.value) if each.block_type == "heading" else None for each in body]
    return [place for place, name in enumerate(names) if name and name in names[:place]]


class WithContext:
    """Stands before Wagtail's own class of block, and gives its template what `extra_context` returns."""

    def extra_context(self, value: object, around: dict[str, object]) -> dict[str, object]:
        """The context of the block beside its value; `around` is that of the page."""
        raise NotImplementedError

    def get_context(self, value: object, parent_context: dict[str, object] | None = None) -> dict[str, object]:
        context: dict[str, object] = super().get_context(value, parent_context=parent_context)  # type: ignore[misc]
        return context | self.extra_context(value, parent_context or {})


class HeadingBlock(WithContext, blocks.CharBlock):
    def __init__(self, max_length: int = 120, **options: object) -> None:
        super().__init__(max_length=max_length, **options)

    Meta = block_meta("heading")

    def extra_context(self, value: object, around: dict[str, object]) -> dict[str, object]:
        return {"anchor": heading_anchor(str(value))}


class TextBlock(blocks.RichTextBlock):
    def __init__(self, features: list[str] | None = None, **options: object) -> None:
        super().__init__(features=features or rich_text.FEATURES, **options)

    Meta = block_meta("text")


class NoticeBlock(TextBlock):
    Meta = block_meta("notice")


class StepsBlock(blocks.ListBlock):
    def __init__(self, child_block: blocks.Block | None = None, **options: object) -> None:
        step = blocks.RichTextBlock(features=rich_text.INLINE_FEATURES, label="Step")
        super().__init__(child_block or step, **options)

    Meta = block_meta("steps")


class PictureLineBlock(blocks.StructBlock):
    """A line of an Easy Read page: one short sentence, and beside it a drawing that says the same."""

    drawing = blocks.ChoiceBlock(choices=DRAWINGS, search_index=False, label="Drawing")
    words = blocks.RichTextBlock(features=rich_text.INLINE_FEATURES, **LABELS["PictureLineBlock.words"])

    Meta = block_meta("picture_line")


class QuoteValue(blocks.StructValue):
    @property
    def address(self) -> str:
        return rich_text.safe_link(self.get("url") or "")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label="Exact words")
    source = blocks.CharBlock(label="Who said it, and where")
    url = blocks.URLBlock(label="Link to the source", required=False)

    Meta = block_meta("quote", value_class=QuoteValue)


class ContentsBlock(WithContext, blocks.StaticBlock):
    Meta = block_meta("contents")

    def extra_context(self, value: object, around: dict[str, object]) -> dict[str, object]:
        return {"headings": headings_of(getattr(around.get("page"), "body", ()))}


MANY_COLUMNS = 4


class TableBlock(WithContext, TypedTableBlock):
    """A table of words. One with many columns reads as entries with their facts: it has to fit a phone."""

    text = blocks.CharBlock(required=False, label="Text")

    Meta = block_meta("table")

    def extra_context(self, value: TypedTable, around: dict[str, object]) -> dict[str, object]:
        if len(value.columns) < MANY_COLUMNS:
            return {"entries": []}
        headings = [column["heading"] for column in value.columns]
        rows = [[cell.value for cell in row] for row in value.rows]
        return {"entries": [{"title": row[0], "facts": zip(headings[1:], row[1:], strict=True)} for row in rows]}


class PictureBlock(blocks.StructBlock):
    """A picture with the words for those who don't see it, or marked as decoration."""

    picture = ImageBlock(label="Picture")
    caption = blocks.CharBlock(label="Caption", required=False, max_length=250)

    Meta = block_meta("picture")
