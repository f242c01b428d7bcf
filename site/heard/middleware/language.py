"""Which language a page speaks, and who has checked its words.

The address alone decides: no cookie, no header of the browser, so one page is the same for everybody
and a cache may keep it. Welsh is made by a computer until `checked.toml` names the person who read it.
"""

import hashlib
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from stories.core import addresses

LOCALES = Path(__file__).resolve().parents[2] / "locale"
_DIGEST_LETTERS = 12


class LanguageMiddleware:
    """Speak the language of the address, and be silent again before the thread's next visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(addresses.language_of(request.path_info)):
            return self.get_response(request)


@cache
def is_checked(code: str) -> bool:
    """True if somebody has checked the words that this site speaks in a language; nobody need check English."""
    compiled = LOCALES / code / "LC_MESSAGES" / "django.mo"
    return not compiled.exists() or was_checked(code, digest(compiled.read_bytes()))


def was_checked(code: str, words: str) -> bool:
    """True if `checked.toml` names a person who checked exactly the words of this digest."""
    written = tomllib.loads((LOCALES / code / "checked.toml").read_text(encoding="utf-8"))
    return any(check.get("by") and check.get("words") == words for check in written.get("check", []))


def digest(compiled: bytes) -> str:
    """A short name for all the words of a language: another word anywhere makes another name."""
    return hashlib.blake2b(compiled).hexdigest()[:_DIGEST_LETTERS]
