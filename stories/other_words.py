"""Words in the place of the catalogue's own, spoken for as long as one page is made: the catalogue stays as it is.

Django asks a catalogue for each string; ours stands in front of it and says what is to be spoken, if anything is.
So a page is never half in old words, no process has to be told, and what isn't a reader's page speaks the catalogue's.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.utils.translation import trans_real

# As a catalogue names its words: a string, or one of its forms for a number.
Name = str | tuple[str, int]
# By language.
OtherWords = Mapping[str, Mapping[Name, str]]

_NONE: OtherWords = {}
_spoken: ContextVar[OtherWords] = ContextVar("spoken", default=_NONE)


@contextmanager
def speak(words: OtherWords) -> Iterator[None]:
    """Say these until the end, and of all else the catalogue's."""
    token = _spoken.set(words)
    try:
        yield
    finally:
        _spoken.reset(token)


def say_the_catalogues() -> Any:
    """Speak the catalogue's own words until the end, whatever is spoken around it."""
    return speak(_NONE)


def are_spoken() -> bool:
    """True where any could be: what is kept of a page then isn't what another would say."""
    return bool(_spoken.get())


def stand_in_front() -> None:
    """Put ours before Django's catalogue of each language; call it while the apps get ready."""
    for code, _name in settings.LANGUAGES:
        # The stubs know nothing of what a catalogue keeps within.
        found: Any = trans_real.translation(code)
        if not isinstance(found._catalog, _InFront):
            found._catalog = _InFront(found._catalog, code)


class _InFront(trans_real.TranslationCatalog):
    """Django's catalogue of one language, asked after what is spoken."""

    _catalogs: list[Any]
    _plurals: list[Any]

    def __init__(self, behind: Any, code: str) -> None:
        self._catalogs, self._plurals, self._code = behind._catalogs, behind._plurals, code

    def get(self, key: Any, default: Any = None) -> Any:
        said = self._said(key)
        return super().get(key, default) if said is None else said

    def plural(self, msgid: str, num: int) -> Any:
        # Of Welsh the first is that of our own catalogue. Of English there is none of ours, and all have the same rule.
        form: int = self._plurals[0](num)
        said = self._said((msgid, form))
        return super().plural(msgid, num) if said is None else said

    def _said(self, key: Any) -> str | None:
        words = _spoken.get()
        return words[self._code].get(key) if words and self._code in words else None
