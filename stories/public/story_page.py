"""One story as its page shows it: the letter, the slip of facts beside it, and what stands below."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _

from stories import addresses, below_the_text, rendering
from stories.models import Story
from stories.public import facts, law_then, pictures, related, responses
from stories.public.facts import Place
from stories.public.filters import StoryFilter
from stories.public.named_lists import NamedForce, NamedLists


def of(story: Story, names: NamedLists) -> dict[str, Any]:
    """Return what the letter and the slip read; of a story that isn't live yet there is no month."""
    named = names.forces.get(story.force_id or "")
    return {
        "title": story.title,
        "description": story.opening
        if story.may_quote
        else _("How the police handled a report, in somebody’s own words."),
        "body": story.body,
        "below": _below(story),
        "place": _place(story, names),
        "year": facts.year(story),
        "is_never_reported": facts.is_never_reported(story),
        "outcome": facts.outcome(story, names),
        "month": facts.month(story),
        "edited": facts.edited(story),
        "notes": facts.notes(story, names),
        "themes": facts.themes(story, names),
        "law": law_then.of(story.year, story.nation),
        "force": named,
        **_answers(story, named),
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
        "card_url": _permanent(addresses.in_english(f"{story.get_absolute_url()}share.png")) if story.may_quote else "",
        "card": pictures.CARD,
    }


def _below(story: Story) -> list[below_the_text.Part]:
    return below_the_text.parts({name: rendering.html(getattr(story, name)) for name in below_the_text.NAMES})


def _answers(story: Story, force: NamedForce | None) -> dict[str, Any]:
    """What its force said: to this story, and in general; and when it was asked about it, and hasn't answered."""
    if force is None:
        return {}
    every = responses.by(force.id)
    answers = [each for each in every if each.is_to(story.slug)]
    said = [each for each in every if each.is_general]
    asked = [letter for letter in responses.letters_to(force.id) if letter.is_about(story.slug)]
    return {
        "answers": answers,
        "said": said,
        # Each kind once, in the order in which the page shows them.
        "kinds_said": list(dict.fromkeys(each.kind for each in answers or said)),
        "asked": [letter for letter in asked if not letter.is_answered],
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
