"""Words of a story that somebody put on a page without its block: they would stay when the story is down."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.quotes import story_quotes
from stories.core import rendering, snapshot
from stories.models.outward import Outward, is_written
from stories.reading.search import runs

# It tells nothing of the story, not even whether it was ever on the site, and no word but those that were typed.
_UNSEEN = gettext_lazy(
    "These words stand in a story that isn’t on the site: “%(words)s …”. Take them out, or say it in your own words. "
    "Everything you typed is still here."
)


def why_not(texts: list[str]) -> str | None:
    """Say which words have to go before these texts go public, or None."""
    found = _found(texts)
    if found is None:
        return None
    said = _(
        "These words stand in a story: “%(words)s …”. Put them in with the block “Passage of a story”, so that they go "
        "when the story goes. Everything you typed is still here."
    )
    if not found.is_live:
        said = str(_UNSEEN)
    elif not found.story.may_quote:
        said = _(
            "These words stand in a story whose contributor didn’t allow quoting: “%(words)s …”. Take them out. "
            "Everything you typed is still here."
        )
    return said % {"words": _beginning(found)}


def why_not_here(texts: list[str]) -> str | None:
    """The same of words that have no block for a passage: a name, a line about an offence, a help line."""
    found = _found(texts)
    if found is None:
        return None
    said = _(
        "These words stand in a story: “%(words)s …”. Here they would stay when the story goes, so say it in your own "
        "words. Everything you typed is still here."
    )
    said = said if found.is_live else str(_UNSEEN)
    return said % {"words": _beginning(found)}


def texts_of(row: Outward) -> Iterator[str]:
    """All that somebody wrote in its fields, but what stands in the blocks made for words of stories."""
    for field in row._meta.concrete_fields:
        if is_written(field) and field.name not in row.may_hold:
            value = field.value_from_object(row)
            # A stream may hold such a block within another.
            told = value.get_prep_value() if hasattr(value, "get_prep_value") else value
            yield from rendering.words_within(_without_passages(told))


def _beginning(found: runs.Shared) -> str:
    return " ".join(found.words.split()[:6])


def _found(texts: list[str]) -> runs.Shared | None:
    """Once for each edition: on its way to the public a page is asked about several times.

    The texts are read as one: a story that is put down line by line, each in a block of its own, is that story still.
    """
    whole = "\n\n".join(texts)
    if not runs.is_long(whole):
        return None
    name = hashlib.blake2b(whole.encode(errors="replace"), digest_size=16).digest()
    # What isn't on the site changes without an edition, so nothing is remembered of it.
    return snapshot.cached((__name__, name), lambda: runs.shared_runs([whole])) or next(
        runs.every_unseen([whole]), None
    )


def _without_passages(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("type") in story_quotes.BLOCKS:
            return None
        return {name: _without_passages(inside) for name, inside in value.items()}
    if isinstance(value, list):
        return [_without_passages(inside) for inside in value]
    return value
