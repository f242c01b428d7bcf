"""Tags for what editors keep: rich text, help lines, pages."""

from django import template
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText

from campaign import fixed_pages, help_lines, rich_text
from campaign.help_lines import Line

register = template.Library()
register.simple_tag(fixed_pages.address_if_live, name="address_of")


@register.filter
def clean(value: RichText) -> SafeString:
    """Rich text with nothing left in it but our few marks."""
    return rich_text.clean_html(value.source)


@register.simple_tag
def help_lines_for(lines: list[Line], may_be_child: bool | str = "") -> list[Line]:
    """The help lines, those open now first.

    `may_be_child` is empty on a page that cannot know.
    """
    known = None if may_be_child == "" else bool(may_be_child)
    return help_lines.chosen_help_lines(lines, may_be_child=known)


register.simple_tag(help_lines.help_lines_in_folds, name="help_lines_parted")
