"""The page of one story: its text, its facts, what comes next, and what its address says once it is withheld."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _

from stories.core import addresses, agreed_text, named_lists, rendering, snapshot, story_sections
from stories.core.named_lists import NamedForce, NamedLists
from stories.figures import counts
from stories.models import Story, TakeDownRequest
from stories.reading import marked_sets, offences, passages, patterns, pictures, responses, story_facts
from stories.reading.filters import StoryFilter

_SHOWN = (
    *("slug", "status", "sequence", "month", "edited_month", "title", "text", *story_sections.NAMES, "force_id"),
    *("region", "nation", "year", "outcome_id", "themes", "content_notes", "is_withheld", "may_quote", "may_train"),
)


def story_at(slug: str) -> Story | None:
    """The story at this address, whatever became of it; one that never went live has no place in the order."""
    rows = Story.objects.using(snapshot.public_reads()).filter(slug=slug, sequence__isnull=False)
    return rows.only(*_SHOWN).first()


def withheld_context(story: Story) -> dict[str, object]:
    """The context of `withheld.html`: nothing of the story, and of a request that nobody signed nothing at all.

    The force is named only where the story named that same force: an objection to one that showed its region alone
    would say after all which force it was.
    """
    found = TakeDownRequest.objects.using(snapshot.public_reads()).filter(story=story.pk, is_upheld=True).first()
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
    quotable = passages.quotable_passages(story)
    named, place = names.forces.get(story.force_id or ""), story_facts.place_words(story, names)
    themes = story_facts.slugs_of(story.themes)
    if not place.url:
        # To the stories of that region or nation, if there are any.
        where = StoryFilter.of(names, **{"region" if story.region else "nation": slugify(story.region or story.nation)})
        place = replace(place, url=where.url()) if where.count() else place
    return {
        "title": story.title,
        "description": story.opening
        if story.may_quote
        else _("How the police handled a report, in somebody’s own words."),
        "body": passages.marked_body(story, quotable),
        "below": story_sections.story_sections(
            {name: rendering.text_as_html(getattr(story, name)) for name in story_sections.NAMES}
        ),
        "place": place,
        "year": story_facts.year_of_story(story),
        "is_never_reported": agreed_text.NEVER_REPORTED in themes,
        "outcome": names.outcomes.get(story.outcome_id or "", ""),
        "outcome_url": StoryFilter.of(names, outcome=story.outcome_id or "").url(),
        "month": story_facts.month_words(story.month),
        "edited": story_facts.month_words(story.edited_month),
        "notes": story_facts.words_of_slugs(story.content_notes, names.notes),
        "themes": [(words, patterns.theme_url(names, slug)) for slug, words in names.themes.items() if slug in themes],
        "law": offences.law_in_year(story.year, story.nation, {*themes, *story_facts.slugs_of(story.content_notes)}),
        "force": named,
        **_answers(story, named),
        "pictures": [(words, patterns.passage_name(words)) for words in quotable],
        "slug": story.slug,
        "permanent_url": permanent_url(story.get_absolute_url()),
    }


def page_context(story: Story, names: NamedLists) -> dict[str, object]:
    """Return what `story.html` reads of a live story, and what it leads on to: never by a person who might be alike."""
    letter, months = story_context(story, names), {"datePublished": story.month, "dateModified": story.edited_month}
    force = names.forces.get(story.force_id or "")
    every = counts.count_stories(names, force.name, force=force.id) if force else None
    return letter | {
        "canonical_url": f"{settings.BASE_URL}{story.get_absolute_url()}",
        "may_quote": story.may_quote,
        "uses": [story_facts.USES[use] for use in story_facts.uses_allowed(story)],
        **_what_is_next(story, names),
        "every_of_force": every if every and every.stories > 1 else None,
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


def _what_is_next(story: Story, names: NamedLists) -> dict[str, object]:
    """The next story of its force, and one more in a pattern of it or about a theme of it that is in no pattern.

    One query, and none where there is nothing older.
    """
    sets, place = marked_sets.current_sets(), story.sequence or 0
    of_force = _newest(marked_sets.older_than(sets.having([f"force:{story.force_id}"]), place))
    others = marked_sets.older_than(sets.everything, place) & ~marked_sets.place_bits(of_force)
    themes = [slug for slug in names.themes if slug in story_facts.slugs_of(story.themes)]
    in_pattern, name, url = list[int](), "", ""
    for theme in sorted(themes, key=lambda theme: patterns.pattern_of(theme) is None):
        pattern = patterns.pattern_of(theme)
        name, alike = (pattern.title, pattern.themes) if pattern else (names.themes[theme], (theme,))
        url = patterns.theme_url(names, theme)
        if in_pattern := _newest(others & sets.having(f"theme:{each}" for each in alike)):
            break
    found = dict[int | None, Story]()
    if places := [*of_force, *in_pattern]:
        rows = Story.live.using(snapshot.public_reads()).filter(sequence__in=places)
        found = {row.sequence: row for row in rows.only("slug", "title", "sequence")}
    next_one = next((found.get(place) for place in in_pattern), None)
    return {
        "of_force": next((found.get(place) for place in of_force), None),
        "in_pattern": next_one and {"story": next_one, "name": name, "url": url},
    }


def _newest(found: int) -> list[int]:
    return marked_sets.newest_places(found, most=1)


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
    return f"{settings.BASE_URL}{addresses.path_in_english(path)}"
