"""One story as its page shows it: the letter, the slip of facts beside it, and what stands below."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _

from stories import addresses, rendering
from stories.models import Story
from stories.public import facts, force_pages, law_then, related, share_card
from stories.public.facts import Place
from stories.public.filters import StoryFilter
from stories.public.named_lists import NamedLists


def of(story: Story, names: NamedLists) -> dict[str, Any]:
    """Return what the letter and the slip read; of a story that isn't live yet there is no month."""
    named = names.forces.get(story.force_id or "")
    return {
        "title": story.title,
        "description": story.opening
        if story.may_quote
        else _("How the police handled a report, in somebody’s own words."),
        "body": story.body,
        "differently": rendering.html(story.differently),
        "place": _place(story, names),
        "year": facts.year(story),
        "outcome": facts.outcome(story, names),
        "month": facts.month(story),
        "edited": facts.edited(story),
        "notes": facts.notes(story, names),
        "themes": facts.themes(story, names),
        "law": law_then.sentence(story.year, story.nation),
        "force": named,
        "kinds_said": force_pages.kinds_said(named),
        "said": force_pages.said_by(named) if named else [],
        "slug": story.slug,
        "permanent_url": _permanent(story.get_absolute_url()),
    }


def page(story: Story, near: Sequence[Story], names: NamedLists) -> dict[str, Any]:
    """Return what `story.html` reads of a live story."""
    letter = of(story, names)
    return letter | {
        "canonical_url": f"{settings.BASE_URL}{story.get_absolute_url()}",
        "may_quote": story.may_quote,
        "uses": [facts.USES[use] for use in facts.uses(story)],
        "related": related.of(story, near, names),
        "linked_data": _linked_data(story, letter["permanent_url"]),
        "card_url": _permanent(share_card.address(story)) if story.may_quote else "",
        "card": share_card.SIZE,
    }


def _place(story: Story, names: NamedLists) -> Place:
    """Where it was, with a way to the force's page, or to the stories of that region or nation."""
    place = facts.place(story, names)
    if place.url:
        return place
    shown = "region" if story.region else "nation"
    where = StoryFilter.of(names, **{shown: slugify(story.region or story.nation)})
    return replace(place, url=where.url()) if where.count() else place


def _permanent(path: str) -> str:
    return f"{settings.BASE_URL}{addresses.in_english(path)}"


def _linked_data(story: Story, url: str) -> dict[str, Any]:
    """What machines read of it, in the words of schema.org: an article by nobody, of a month."""
    months = {"datePublished": story.month, "dateModified": story.edited_month}
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": story.title,
        "url": url,
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        **{name: f"{month:%Y-%m}" for name, month in months.items() if month},
    }
