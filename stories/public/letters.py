"""One story as its page shows it: the letter, and the slip of facts beside it."""

from typing import Any

from django.conf import settings

from stories import addresses
from stories.models import Story
from stories.public import facts, force_pages, law_then
from stories.public.named_lists import NamedLists


def of(story: Story, names: NamedLists) -> dict[str, Any]:
    """Return what `story.html` and the slip read; of a story that isn't live yet there is no month."""
    named = names.forces.get(story.force_id or "")
    return {
        "title": story.title,
        "description": story.opening,
        "body": story.body,
        "place": facts.place(story, names),
        "year": facts.year(story),
        "outcome": facts.outcome(story, names),
        "month": facts.month(story),
        "edited": facts.edited(story),
        "notes": facts.notes(story, names),
        "themes": facts.themes(story, names),
        "law": law_then.sentence(story.year, story.nation),
        "force": named,
        "kinds_said": force_pages.kinds_said(named),
        "slug": story.slug,
        "canonical_url": f"{settings.BASE_URL}{story.get_absolute_url()}",
        "permanent_url": f"{settings.BASE_URL}{addresses.in_english(story.get_absolute_url())}",
    }
