"""Tags for what editors keep: rich text, help lines, pages."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.models import Page
from wagtail.rich_text import RichText

from campaign import fixed_pages, help_lines, rich_text

register = template.Library()


@register.filter
def clean(value: RichText) -> SafeString:
    """Rich text with nothing left in it but our few marks."""
    return rich_text.clean(value.source)


@register.simple_tag
def help_lines_for(lines: list[dict[str, Any]], audience: str, region: str) -> list[dict[str, Any]]:
    """The help lines for an audience and a region, those open now first."""
    return help_lines.chosen(lines, audience=audience, region=region)


@register.simple_tag
def help_lines_open(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of them that are open now, first where somebody answers a call or a text."""
    return help_lines.chosen([line for line in lines if line["open_now"]], audience="all", region="uk")


@register.simple_tag
def lines_by_age(lines: list[dict[str, Any]], may_be_child: bool | str) -> list[dict[str, Any]]:
    """Lines for under 18s first where somebody may be a child, and last where it was said that nobody is.

    The emergency line stays first. `may_be_child` is empty on a page that cannot know: then they stay where they are.
    """
    if may_be_child == "":
        return lines
    return sorted(
        lines, key=lambda line: (line["phone"] != "999", (line["audience_code"] == "under-18") is not may_be_child)
    )


@register.simple_tag
def address_of(page: Page) -> str:
    """Where a reader finds a page; empty where nobody would."""
    return fixed_pages.address_if_live(page)
