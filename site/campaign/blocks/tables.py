"""The block that shows a table."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

MANY_COLUMNS = 4


class TableBlock(TypedTableBlock):
    """A table of words. One with many columns reads as entries with their facts: it has to fit a phone."""

    text = blocks.CharBlock(required=False, label=_("Text"))

    class Meta:
        icon = "table"
        label = _("Table")
        template = "campaign/blocks/table.html"
        description = _("With four columns or more it reads as a list of entries, so that it fits a phone.")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["entries"] = _entries(value) if len(value.columns) >= MANY_COLUMNS else []
        return context


def _entries(table: Any) -> list[dict[str, Any]]:
    headings = [column["heading"] for column in table.columns]
    rows = [[cell.value for cell in row] for row in table.rows]
    return [{"title": row[0], "facts": list(zip(headings[1:], row[1:], strict=True))} for row in rows]
