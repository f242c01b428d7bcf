"""The list of stories as JSON, a page at a time."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from stories.public import finding
from stories.public.figures import in_words
from stories.public.finding import Found
from stories.public.open_data import links, terms
from stories.public.open_data.asking import Asked
from stories.public.open_data.rows import Rows

# As many stories as the page cache has room for in nearly every answer.
SIZE = 50


def find(asked: Asked) -> Found:
    return finding.find(asked.wanted, size=SIZE, whole=True)


def rels(asked: Asked, found: Found) -> dict[str, str]:
    """Where the walk goes on, by RFC 8288's names; empty where it ends. The list begins with the newest."""
    return {
        "first": asked.link(links.JSON),
        "prev": found.newer and asked.link(links.JSON, after=found.newer),
        "next": found.older and asked.link(links.JSON, before=found.older),
        "alternate": asked.link("/stories/"),
    }


def of(asked: Asked, found: Found) -> dict[str, Any]:
    """The whole answer; `openapi` says what is in it."""
    rows = Rows(asked.wanted.names)
    return {
        "title": title(asked),
        "caution": in_words.caution(),
        "licence": {"facts": asdict(terms.FACTS), "words": asdict(terms.words())},
        "count": found.count,
        "count_is_a_floor": found.is_capped,
        "size": SIZE,
        "ignored": list(asked.ignored),
        "links": {rel: url or None for rel, url in rels(asked, found).items()},
        "stories": [rows.values(story) for story in found.stories],
    }


def title(asked: Asked) -> str:
    """What list it is, in words."""
    words = asked.wanted.words()
    return _("Stories: %(choices)s") % {"choices": words} if words else _("Stories")
