"""What else there is to read: the newest stories of the same force, and how many there are on each theme.

Of the same force or about the same thing: never by a person who might be alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from stories import below_the_text
from stories.models import Story
from stories.public import facts
from stories.public.filters import StoryFilter
from stories.public.named_lists import NamedLists

_MOST = 3
_WORDS = ("text", *below_the_text.NAMES)
_SHOWN = (
    *("id", "slug", "status", "sequence", "month", "edited_month", "title", *_WORDS, "force_id", "region", "nation"),
    *("year", "outcome_id", "themes", "content_notes", "is_withheld", "may_quote", "may_train"),
)


@dataclass(frozen=True)
class More:
    """A list that a page leads to, with how many stories it shows."""

    name: str
    url: str
    count: int


@dataclass(frozen=True)
class Related:
    """`near` are other stories about `force`; `of_force` is the whole list, where that holds more."""

    near: Sequence[Story]
    of_force: More | None
    themes: list[More]


def read(slug: str) -> tuple[Story | None, list[Story]]:
    """Return the story at this address, whatever became of it, and of a live one its neighbours: one query.

    One that never went live has no place in the order, so nobody learns that it was ever agreed.
    """
    rows: list[Any] = list(Story.objects.raw(_statement(), [slug, slug], using=settings.PUBLIC_READS))
    story = next((row for row in rows if not row.is_near), None)
    return story, [row for row in rows if row.is_near and row.slug != slug][:_MOST]


def of(story: Story, near: Sequence[Story], names: NamedLists) -> Related:
    """Everything that its page leads on to; counts come from the edition and are those of the lists."""
    force = names.forces.get(story.force_id or "")
    of_force = _more(names, force.name, force=force.id) if force else None
    themes = [_more(names, names.themes[slug], theme=slug) for slug in names.themes if slug in _themes(story)]
    return Related(
        near=near,
        of_force=of_force if of_force and of_force.count > len(near) + 1 else None,
        themes=[theme for theme in themes if theme.count > 1],
    )


def _themes(story: Story) -> set[str]:
    return set(facts.slugs_of(story.themes))


def _more(names: NamedLists, name: str, **chosen: str) -> More:
    wanted = StoryFilter.of(names, **chosen)
    return More(name, wanted.url(), wanted.count())


@cache
def _statement() -> str:
    """Both in one statement, because a page may ask twice and the edition is the first.

    The neighbours come without their words, and out of the index of stories by force.
    """
    table = Story._meta.db_table
    own = ", ".join(f'"{name}"' for name in _SHOWN)
    near = ", ".join("''" if name in _WORDS else f'"{name}"' for name in _SHOWN)
    its_force = f"SELECT force_id FROM {table} WHERE slug = %s AND status = 'live'"  # noqa: S608 - names of ours
    return (
        f"SELECT {own}, 0 AS is_near FROM {table} WHERE slug = %s AND sequence IS NOT NULL"  # noqa: S608 - the same
        f" UNION ALL SELECT * FROM (SELECT {near}, 1 FROM {table} WHERE status = 'live' AND force_id = ({its_force})"
        f" ORDER BY sequence DESC LIMIT {_MOST + 1}) AS newest"
    )
