"""The page of one story: its text, its facts, what is related to it, and what its address says once it is withheld."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _

from stories.core import addresses, agreed_text, named_lists, rendering, story_sections
from stories.core.named_lists import NamedForce, NamedLists
from stories.figures import counts
from stories.models import Story, TakeDownRequest
from stories.reading import offences, pictures, responses, story_facts
from stories.reading.filters import StoryFilter

_MOST = 3
_WORDS = ("text", *story_sections.NAMES)
_SHOWN = (
    *("id", "slug", "status", "sequence", "month", "edited_month", "title", *_WORDS, "force_id", "region", "nation"),
    *("year", "outcome_id", "themes", "content_notes", "is_withheld", "may_quote", "may_train"),
)


# Both in one statement, because a page may ask twice and the edition is the first. The neighbours come without their
# words, and out of the index of stories by force.
_STATEMENT = f"""
SELECT {", ".join(f'"{name}"' for name in _SHOWN)}, 0 AS is_near FROM stories_story
WHERE slug = %s AND sequence IS NOT NULL
UNION ALL SELECT * FROM (
  SELECT {", ".join("''" if name in _WORDS else f'"{name}"' for name in _SHOWN)}, 1 FROM stories_story
  WHERE status = 'live' AND force_id = (SELECT force_id FROM stories_story WHERE slug = %s AND status = 'live')
  ORDER BY sequence DESC LIMIT {_MOST + 1}
) AS newest
"""  # noqa: S608 - names of ours


def story_with_related(slug: str) -> tuple[Story | None, list[Story]]:
    """Return the story at this address, whatever became of it, and of a live one its neighbours: one query.

    One that never went live has no place in the order, so nobody learns that it was ever agreed.
    """
    rows: list[Any] = list(Story.objects.raw(_STATEMENT, [slug, slug], using=settings.PUBLIC_READS))
    story = next((row for row in rows if not row.is_near), None)
    return story, [row for row in rows if row.is_near and row.slug != slug][:_MOST]


def withheld_context(story: Story) -> dict[str, object]:
    """The context of `withheld.html`: nothing of the story, and of a request that nobody signed nothing at all.

    The force is named only where the story named that same force: an objection to one that showed its region alone
    would say after all which force it was.
    """
    found = TakeDownRequest.objects.using(settings.PUBLIC_READS).filter(story=story.pk, is_upheld=True).first()
    if found is None:
        return {"is_objection": False}
    is_named = found.force_id == story.force_id
    force = named_lists.get_named_lists().forces.get(found.force_id) if found.force_id and is_named else None
    return {
        "is_objection": True,
        "force": force,
        "is_of_law": found.ground == TakeDownRequest.Ground.FORCE_LAW,
        "month": story_facts.month_words(found.settled_on),
    }


def story_context(story: Story, names: NamedLists) -> dict[str, Any]:
    """Return what the letter and the slip read; of a story that isn't live yet there is no month."""
    named, place = names.forces.get(story.force_id or ""), story_facts.place_words(story, names)
    if not place.url:
        # To the stories of that region or nation, if there are any.
        where = StoryFilter.of(names, **{"region" if story.region else "nation": slugify(story.region or story.nation)})
        place = replace(place, url=where.url()) if where.count() else place
    return {
        "title": story.title,
        "description": story.opening
        if story.may_quote
        else _("How the police handled a report, in somebody’s own words."),
        "body": story.body,
        "below": story_sections.story_sections(
            {name: rendering.text_as_html(getattr(story, name)) for name in story_sections.NAMES}
        ),
        "place": place,
        "year": story_facts.year_of_story(story),
        "is_never_reported": agreed_text.NEVER_REPORTED in story_facts.slugs_of(story.themes),
        "outcome": names.outcomes.get(story.outcome_id or "", ""),
        "month": story_facts.month_words(story.month),
        "edited": story_facts.month_words(story.edited_month),
        "notes": story_facts.words_of_slugs(story.content_notes, names.notes),
        "themes": story_facts.words_of_slugs(story.themes, names.themes),
        "law": offences.law_in_year(story.year, story.nation),
        "force": named,
        **_answers(story, named),
        "slug": story.slug,
        "permanent_url": permanent_url(story.get_absolute_url()),
    }


def page_context(story: Story, near: Sequence[Story], names: NamedLists) -> dict[str, object]:
    """Return what `story.html` reads of a live story; `near` are other stories about its force."""
    letter, months = story_context(story, names), {"datePublished": story.month, "dateModified": story.edited_month}
    force, slugs = names.forces.get(story.force_id or ""), story_facts.slugs_of(story.themes)
    of_force = counts.count_stories(names, force.name, force=force.id) if force else None
    themes = [counts.count_stories(names, words, theme=slug) for slug, words in names.themes.items() if slug in slugs]
    return letter | {
        "canonical_url": f"{settings.BASE_URL}{story.get_absolute_url()}",
        "may_quote": story.may_quote,
        "uses": [story_facts.USES[use] for use in story_facts.uses_allowed(story)],
        # All that its page leads on to, never by a person who might be alike; counts are those of the lists.
        "related": {
            "near": near,
            "of_force": of_force if of_force and of_force.stories > len(near) + 1 else None,
            "themes": [theme for theme in themes if theme.stories > 1],
        },
        # The same for machines, in the words of schema.org: an article by nobody, of a month.
        "linked_data": {
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": story.title,
            "url": letter["permanent_url"],
            "inLanguage": "en-GB",
            "isAccessibleForFree": True,
            **{name: f"{month:%Y-%m}" for name, month in months.items() if month},
        },
        "card_url": permanent_url(f"{story.get_absolute_url()}share.png") if story.may_quote else "",
        "card": pictures.CARD,
    }


def _answers(story: Story, force: NamedForce | None) -> dict[str, object]:
    """The words of its force: to this story, and in general; and when it was asked about it, and hasn't answered."""
    if force is None:
        return {}
    every = responses.responses_by(force.id)
    answers = [each for each in every if each.is_about(story.slug)]
    said = [each for each in every if not each.stories]
    asked = [letter for letter in responses.letters_to(force.id) if letter.is_about(story.slug)]
    return {
        "answers": answers,
        "said": said,
        # Each kind once, in the order in which the page shows them.
        "kinds_said": list(dict.fromkeys(each.kind for each in answers or said)),
        "asked": [letter for letter in asked if not letter.is_answered],
    }


def permanent_url(path: str) -> str:
    """The address to cite, in English."""
    return f"{settings.BASE_URL}{addresses.path_in_english(path)}"
