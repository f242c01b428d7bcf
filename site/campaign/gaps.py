"""What a site still lacks before it opens: gaps in its pages, who runs it, and help lines that nobody has called."""

import re
from collections.abc import Iterator
from typing import Any

from wagtail.models import Page

from campaign import fixed_pages
from campaign.models import Brand, HelpLine
from campaign.quotes import pasted
from stories import rendering

# The starting pages in which something is left for the charity to write.
PAGES = ("about", "privacy")
_GAP = re.compile(r"\[[^\[\]]{3,}\]")


def within(value: Any) -> list[str]:
    """Each gap in a text, or in lists and streams of them, with its brackets."""
    return _GAP.findall("\n".join(rendering.words_within(value)))


def unfinished() -> Iterator[str]:
    """Say what is left to write, a sentence for each page and setting."""
    pages = {page.slug: page.specific for page in Page.objects.filter(depth=fixed_pages.FIXED_DEPTH, slug__in=PAGES)}
    for slug in PAGES:
        page = pages.get(slug)
        if page is None or not page.live:
            yield f"/{slug}/ isn't public yet."
        elif found := _GAP.findall("\n".join(pasted.texts_of(page))):
            yield f"/{slug}/ has {len(found)} gaps to fill in, from {found[0]} on."
    if not Brand.objects.exclude(run_by="").exists():
        yield "Nobody has said who runs this site (Settings, Brand)."


def lines_to_call() -> list[str]:
    """The names of help lines that stand as they were laid: nobody here has called them or opened their website."""
    return [line.name for line in HelpLine.objects.filter(HelpLine.seen) if line.is_as_laid]
