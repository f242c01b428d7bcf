"""Addresses: English stands at /, Welsh at /cy/, files at one address for both, and all of it on the onion too."""

import re

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

_PAGE = re.compile(r"([^?#]*/)([?#].*)?", re.S)
# The first parts of addresses at which no page stands.
_NO_PAGES = ("admin", "media", "static")
_FORMS = re.compile(r"^(/[a-z]{2})?/(tell|return|take-down)(/|$)")


def is_onion(request: HttpRequest) -> bool:
    host = request.META.get("HTTP_HOST", "").partition(":")[0].lower()
    return bool(settings.ONION_HOST) and host == settings.ONION_HOST.lower()


def public_url(path: str) -> str:
    """The whole address of a public page, for a desk on a host of its own, too."""
    return f"{settings.BASE_URL}{path}"


def holds_form(path: str) -> bool:
    """True where somebody tells, comes back or takes down, in any language; no other public address takes words."""
    return bool(_FORMS.match(path))


def holds_pages(path: str) -> bool:
    """False for a path of ours at which no reader's page stands, but the admin or a file."""
    return path.removeprefix("/").partition("/")[0] not in _NO_PAGES


def language_of(path: str) -> str:
    """The language of an address: that of its first part, or else the site's own."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in _prefixed() else settings.LANGUAGE_CODE


def path_in_language(path: str, code: str = "") -> str:
    """The address of `path`, as it stands in English, in a language: the page's own where none is named."""
    code = code or translation.get_language() or settings.LANGUAGE_CODE
    # A moderator's screens may be in a language that has no pages.
    return f"/{code}{path}" if code in _prefixed() else path


def address_of_link(path: str) -> str:
    """The address that a link to `path`, written in any language, has on a page in this one."""
    page = _PAGE.fullmatch(path)
    if not page or not holds_pages(path):
        return path
    return f"{path_in_language(path_in_english(page[1]))}{page[2] or ''}"


def path_in_english(path: str) -> str:
    code = language_of(path)
    return path.removeprefix(f"/{code}") or "/" if code in _prefixed() else path


def _prefixed() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
