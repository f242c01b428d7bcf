"""Editors' rich text and links on their way out: only the marks that our pages know, and no link to anywhere bad."""

import re
from urllib.parse import SplitResult, urlsplit

import bleach
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from stories.core import addresses

INLINE_FEATURES = ["bold", "italic", "link", "english"]
FEATURES = ["h3", *INLINE_FEATURES, "ol", "ul"]
# Words that are English on a page in another language.
ENGLISH = {"lang": "en-GB", "dir": "ltr"}
_TAGS = frozenset({"h3", "p", "b", "strong", "i", "em", "a", "ul", "ol", "li", "br", "span"})
_PROTOCOLS = frozenset({"http", "https", "mailto", "tel"})
_PATH = re.compile(r'href="(/[^"]*)"')


def clean_html(source: str) -> SafeString:
    """The stored HTML with page links made addresses and everything else than our few marks taken off."""
    expanded = expand_db_html(source)
    allowed = bleach.clean(expanded, tags=_TAGS, attributes=_may_stay, protocols=_PROTOCOLS, strip=True)
    in_language = _PATH.sub(lambda link: f'href="{addresses.address_of_link(link[1])}"', allowed)
    return mark_safe(in_language)  # noqa: S308 — bleach has just taken off what isn't on the list


def _may_stay(tag: str, name: str, value: str) -> bool:
    """The target of a link, the mark of English words, and nothing else."""
    if tag == "span":
        return ENGLISH.get(name) == value
    is_good = is_path(value) or value.startswith(("#", "tel:")) or is_web_address(value) or is_mail_address(value)
    return tag == "a" and name == "href" and is_good


# Control characters, spaces and backslashes: browsers drop or turn them, and the address becomes another one.
_TURNED = re.compile(r"[\x00-\x20\\\x7f-\x9f\u2028\u2029]")


def safe_link(address: str) -> str:
    """The address as a page may show it, a path of ours in the page's language; empty where it leads nowhere good."""
    if is_own_path(address):
        return addresses.address_of_link(address)
    return address if is_web_address(address) or is_mail_address(address) else ""


def is_own_path(address: str) -> bool:
    """True for a path to a page or a file that readers may open."""
    return is_path(address) and addresses.holds_pages(address)


def is_path(address: str) -> bool:
    """True for a path of ours; two strokes together would be another host, now or without the language before them."""
    return address.startswith("/") and "//" not in re.split("[?#]", address)[0] and not _TURNED.search(address)


def is_web_address(address: str, *schemes: str) -> bool:
    """True for an address that begins with http or https, or one of these, and names a host."""
    parts = _parts(address)
    return parts.scheme in (schemes or ("http", "https")) and bool(parts.netloc)


def is_secure_address(address: str) -> bool:
    return is_web_address(address, "https")


def is_mail_address(address: str) -> bool:
    return _parts(address).scheme == "mailto" and "@" in address


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit("" if _TURNED.search(address) else address)
    except ValueError:
        return urlsplit("")
