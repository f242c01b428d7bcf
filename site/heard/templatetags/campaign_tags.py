"""Tags for what editors keep: rich text, help lines, pages."""

from django import template
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText

from campaign import fixed_pages, help_lines, rich_text

register = template.Library()
register.simple_tag(fixed_pages.address_if_live, name="address_of")


@register.filter
def clean(value: RichText) -> SafeString:
    """Rich text with nothing left in it but our few marks."""
    return rich_text.clean_html(value.source)


register.simple_tag(help_lines.chosen_help_lines, name="help_lines_for")
register.simple_tag(help_lines.help_lines_in_folds, name="help_lines_parted")
