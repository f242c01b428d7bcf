"""Editors' rich text on its way out: only the marks that our pages know, whatever was stored."""

import re

import bleach
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from campaign import links
from stories import addresses

FEATURES = ["h3", "bold", "italic", "link", "ol", "ul"]
INLINE_FEATURES = ["bold", "italic", "link"]
_TAGS = frozenset({"h3", "p", "b", "strong", "i", "em", "a", "ul", "ol", "li", "br"})
_PROTOCOLS = frozenset({"http", "https", "mailto", "tel"})
_PATH = re.compile(r'href="(/[^"]*)"')


def clean(source: str) -> SafeString:
    """The stored HTML with page links made addresses and everything else than our few marks taken off."""
    expanded = expand_db_html(source)
    allowed = bleach.clean(expanded, tags=_TAGS, attributes=_may_stay, protocols=_PROTOCOLS, strip=True)
    return mark_safe(_PATH.sub(_in_language, allowed))  # noqa: S308 — bleach has just taken off what isn't on the list


def _may_stay(tag: str, name: str, value: str) -> bool:
    """Where a link leads and nothing else."""
    is_good = links.is_path(value) or value.startswith(("#", "tel:")) or links.is_web(value) or links.is_mail(value)
    return tag == "a" and name == "href" and is_good


def _in_language(link: re.Match[str]) -> str:
    return f'href="{addresses.of_link(link[1])}"'
