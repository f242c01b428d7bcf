"""Where a passage of a story left one of our pages: whoever writes the page is told, for readers see no gap."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import ngettext
from wagtail.models import Page, get_page_models

from campaign import story_quotes


@dataclass(frozen=True)
class Gap:
    """A public page, and how many passages it holds that nobody is shown."""

    page: Page
    many: int


def gaps() -> list[Gap]:
    """Every public page with such a gap, by title."""
    found = [Gap(page, many) for model in get_page_models() for page in _quoting(model) if (many := on(page))]
    return sorted(found, key=lambda gap: gap.page.title)


def on(page: Page) -> int:
    """How many passages of this page may not be shown now: one query for each use that it makes of stories."""
    asked: dict[str, list[Any]] = {}
    for kind, value in _quotes(page):
        asked.setdefault(story_quotes.BLOCKS[kind], []).append(value)
    return sum(story_quotes.passages(values, use=use).count(None) for use, values in asked.items())


def in_words(many: int) -> str:
    """What an editor reads above the form of such a page."""
    return ngettext(
        "A passage on this page isn’t shown any more: its story was taken down or changed, or its contributor took the "
        "permission back. The page reads on without it. Choose another, or take it out.",
        "%(many)d passages on this page aren’t shown any more: their stories were taken down or changed, or their "
        "contributors took the permission back. The page reads on without them. Choose others, or take them out.",
        many,
    ) % {"many": many}


def _quoting(model: type[Page]) -> Iterator[Page]:
    streams = _streams(model)
    if not streams:
        return iter(())
    as_text = {f"{name}_as_text": Cast(name, TextField()) for name in streams}
    holds = reduce(or_, (Q(**{f"{name}__contains": f'"{kind}"'}) for name in as_text for kind in story_quotes.BLOCKS))
    return iter(model.objects.live().annotate(**as_text).filter(holds))


def _quotes(page: Page) -> Iterator[tuple[str, Any]]:
    for name in _streams(type(page)):
        for block in getattr(page, name):
            if block.block_type in story_quotes.BLOCKS:
                yield block.block_type, block.value


def _streams(model: type[Page]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if hasattr(field, "stream_block")]
