"""Filters that the pages of editors need."""

from django import template
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText

from campaign import rich_text

register = template.Library()


@register.filter
def clean(value: RichText) -> SafeString:
    """Rich text with nothing left in it but our few marks."""
    return rich_text.clean(value.source)
