"""Addresses in a language: English stands at /, Welsh at /cy/, and nothing but the address says which."""

from django.conf import settings
from django.utils import translation


def language_of(path: str) -> str:
    """The language of an address: that of its first part, or else the site's own."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in _prefixed() else settings.LANGUAGE_CODE


def in_language(path: str, code: str = "") -> str:
    """Where `path`, as it stands in English, is found in a language: the page's own where none is named."""
    code = code or translation.get_language() or settings.LANGUAGE_CODE
    # A moderator's screens may be in a language that has no pages.
    return f"/{code}{path}" if code in _prefixed() else path


def in_english(path: str) -> str:
    """Where the same page stands in English."""
    code = language_of(path)
    return path.removeprefix(f"/{code}") or "/" if code in _prefixed() else path


def _prefixed() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
