"""Filters for what editors keep: rich text and help lines."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText

from campaign import help_lines, rich_text

register = template.Library()


@register.filter
def clean(value: RichText) -> SafeString:
    """Rich text with nothing left in it but our few marks."""
    return rich_text.clean(value.source)


@register.simple_tag
def help_lines_for(lines: list[dict[str, Any]], audience: str, region: str) -> list[dict[str, Any]]:
    """The help lines for an audience and a region, those open now first."""
    return help_lines.chosen(lines, audience=audience, region=region)
