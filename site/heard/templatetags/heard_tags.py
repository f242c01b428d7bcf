"""Tags that every template of the site may use."""

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText

from campaign import fixed_pages, help_lines, rich_text
from stories.core import snapshot

register = template.Library()
register.simple_tag(fixed_pages.address_if_live, name="address_of")
register.simple_tag(help_lines.chosen_help_lines, name="help_lines_for")
register.simple_tag(help_lines.help_lines_in_folds, name="help_lines_parted")
_ENDS_NO_BLOCK = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@register.simple_tag
def own_script(path: str) -> SafeString:
    """Write a module script of ours with the hash of the file that is really served."""
    file = _file(path)
    written = '<script type="module" src="{}" integrity="{}"></script>'
    return format_html(written, static(path), _integrity(file, os.stat(file).st_mtime_ns))


@register.simple_tag
def linked_data(facts: Mapping[str, object], publisher: str = "") -> SafeString:
    """Write what machines read of a page as a block of data, which no browser runs and no word in it can end."""
    by = {"publisher": {"@type": "Organization", "name": publisher, "url": settings.BASE_URL}} if publisher else {}
    whole = {**facts, **by}
    data = json.dumps(whole, ensure_ascii=False).translate(_ENDS_NO_BLOCK)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')  # noqa: S308 - nothing in it is markup


@register.tag
def once(parser: template.base.Parser, token: template.base.Token) -> "_Once":
    """`{% once one two %}…{% endonce %}`: rendered once for each state of the frame and each value of what is named.

    What stands inside hangs on nothing else, for the first reader's is everybody's: no token, and no word of a request.
    """
    _, *named = token.split_contents()
    inside = parser.parse(("endonce",))
    parser.delete_first_token()
    return _Once(inside, [parser.compile_filter(each) for each in named])


class _Once(template.Node):
    child_nodelists = ("inside",)

    def __init__(self, inside: template.NodeList, named: list[template.base.FilterExpression]) -> None:
        self.inside, self._named = inside, named

    def render(self, context: template.Context) -> SafeString:
        if "furniture" not in context:
            return self.inside.render(context)
        # By itself: the same words stand in another template beside others.
        key = (self, context["furniture"]["state"], *(each.resolve(context) for each in self._named))
        return snapshot.cached(key, lambda: self.inside.render(context))


@register.filter
def clean(value: RichText) -> SafeString:
    return rich_text.clean_html(value.source)


def _file(path: str) -> str:
    """The file behind `path`: the collected one under its name with a hash, or the source where none was collected."""
    stored_name = getattr(staticfiles_storage, "stored_name", None)
    if stored_name and not settings.DEBUG:
        return staticfiles_storage.path(stored_name(path))
    found = finders.find(path)
    if not isinstance(found, str):
        raise FileNotFoundError(path)
    return found


@lru_cache(maxsize=64)
def _integrity(file: str, changed_at: int) -> str:
    return f"sha384-{base64.b64encode(hashlib.sha384(Path(file).read_bytes()).digest()).decode()}"
