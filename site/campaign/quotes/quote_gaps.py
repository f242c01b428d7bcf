"""Where a passage of a story left a page or an ask of ours: whoever writes it is told, for readers see no gap."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import ngettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, get_page_models

from campaign.models import Ask
from campaign.quotes import story_quotes


@dataclass(frozen=True)
class Gap:
    """A public page or ask, where it is changed, and how many passages it holds that nobody is shown."""

    title: str
    edit_url: str
    many: int


def gaps() -> list[Gap]:
    """Every public page and ask with such a gap, by title."""
    finder = AdminURLFinder()
    places = (place for model in (*get_page_models(), Ask) for place in _quoting(model))
    found = [Gap(str(place), finder.get_edit_url(place) or "", many) for place in places if (many := on(place))]
    return sorted(found, key=lambda gap: gap.title)


def on(page: Page | Ask) -> int:
    """How many passages of it may not be shown now: one query for each use that it makes of stories."""
    asked: dict[str, list[Any]] = {}
    for kind, value in _quotes(page):
        asked.setdefault(story_quotes.BLOCKS[kind], []).append(value)
    return sum(story_quotes.passages_of(values, use=use).count(None) for use, values in asked.items())


def gaps_in_words(many: int) -> str:
    """What an editor reads above the form of such a page."""
    return ngettext(
        "A passage on this page isn’t shown any more: its story was taken down or changed, or its contributor took the "
        "permission back. The page reads on without it. Choose another, or take it out.",
        "%(many)d passages on this page aren’t shown any more: their stories were taken down or changed, or their "
        "contributors took the permission back. The page reads on without them. Choose others, or take them out.",
        many,
    ) % {"many": many}


def _quoting(model: type[Page | Ask]) -> Iterator[Page | Ask]:
    streams = story_quotes.quoting_streams(model)
    if not streams:
        return iter(())
    as_text = {f"{name}_as_text": Cast(name, TextField()) for name in streams}
    holds = reduce(or_, (Q(**{f"{name}__contains": f'"{kind}"'}) for name in as_text for kind in story_quotes.BLOCKS))
    return iter(model._default_manager.filter(live=True).annotate(**as_text).filter(holds))


def _quotes(page: Page | Ask) -> Iterator[tuple[str, Any]]:
    for name in story_quotes.quoting_streams(type(page)):
        for block in getattr(page, name):
            if block.block_type in story_quotes.BLOCKS:
                yield block.block_type, block.value
