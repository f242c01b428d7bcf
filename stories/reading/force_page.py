"""The page of one force, and its sheet: what people told us, what happens again, what it was asked, what it said."""

from collections.abc import Iterator
from dataclasses import replace

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _, ngettext

from stories.core import rendering
from stories.core.named_lists import NamedForce, NamedLists
from stories.figures import counts
from stories.figures.counts import StoryCount
from stories.models import Story
from stories.reading import ask_progress, patterns, responses, story_facts, story_queries
from stories.reading.filters import StoryFilter
from stories.reading.responses import PublicLetter

_OPENINGS, _DOTS = 10, 200
# What a sheet of one page has room for.
_PASSAGES, _LONGEST_PASSAGE, _LOOKED_AT = 3, 160, 30


def page_context(force: NamedForce, names: NamedLists) -> dict[str, object]:
    """Everything of its page, in two queries."""
    rows = story_queries.opening_rows().filter(force=force.id)
    dots = list(rows.only("slug", "title", "year", "may_quote")[:_DOTS])
    openings = story_queries.make_openings(rows[:_OPENINGS], names, with_place=False)
    around = StoryFilter.of(names, region=slugify(force.region))
    return facts_context(force, names) | {
        "openings": openings,
        "dots": [_dot(story) for story in dots],
        "has_more": len(dots) > _OPENINGS,
        "around_url": around.url() if around.count() else "",
        "said": responses.responses_by(force.id),
        "actions": [each for each in ask_progress.get_actions() if each["is_open"] and each["is_to_a_force"]],
        "patterns": list(_patterns(force, names)),
    }


def sheet_context(force: NamedForce, names: NamedLists) -> dict[str, object]:
    """What its sheet says, in one query; of the newest stories alone, and only of those that may be quoted."""
    rows = story_queries.opening_rows().filter(force=force.id, may_quote=True)[:_LOOKED_AT]
    told = list(rows)
    return facts_context(force, names) | {
        "passages": [_passage(story, _chosen_words(story)) for story in told[:_PASSAGES]],
        "wanted": [_passage(story, story.differently) for story in told if story.differently][:_PASSAGES],
        "caution": counts.caution_words(),
        "address": f"{settings.BASE_URL}{force.url}",
    }


def facts_context(force: NamedForce, names: NamedLists) -> dict[str, object]:
    """What both show, without a query: how many stories with which end, the letters to it, and the asks."""
    of_outcomes = (
        counts.count_stories(names, words, force=force.id, outcome=slug) for slug, words in names.outcomes.items()
    )
    letters = responses.letters_to(force.id)
    return {
        "force": force,
        "all": counts.count_stories(names, force.name, force=force.id),
        "outcomes": [each for each in of_outcomes if each.stories],
        "letters": letters,
        "asked": _asked(letters),
        "asks": [ask for ask in ask_progress.get_asks() if ask.is_of(force.id)],
    }


def _dot(story: Story) -> dict[str, str]:
    """One story as a dot: its title where it may be quoted, and else no more than its year."""
    year = story_facts.year_of_story(story)
    untitled = _("A story of %(year)s") % {"year": year} if year else _("A story")
    return {"url": story.get_absolute_url(), "words": story.title if story.may_quote else untitled}


def _patterns(force: NamedForce, names: NamedLists) -> Iterator[tuple[str, StoryCount]]:
    """What its stories tell of: each pattern, or each theme of none, with its address and exactly its stories of it."""
    made = patterns.get_patterns()
    found = [(each.title, each.url, each.wanted(names)) for each in made]
    for theme, words in names.themes.items():
        if patterns.pattern_of(theme) is None:
            found.append((words, patterns.theme_url(names, theme), StoryFilter.of(names, theme=theme)))
    for words, url, every in found:
        wanted = replace(every, chosen={"force": (force.id,), **every.chosen})
        if many := wanted.count():
            yield url, StoryCount(slugify(words), words, many, wanted.url())


def _chosen_words(story: Story) -> str:
    """What an editor marked in it, while it is still there; else how it begins."""
    return next((words for words in patterns.marked_passages(story.slug) if words in story.text), story.text)


def _passage(story: Story, words: str) -> dict[str, str]:
    opening = rendering.text_opening(words, length=_LONGEST_PASSAGE)
    return {"words": opening, "title": story.title, "url": story.get_absolute_url()}


def _asked(letters: list[PublicLetter]) -> str:
    """A sentence on the letters to a force and those without an answer; nothing where there are none."""
    many, silent = len(letters), sum(not letter.is_answered for letter in letters)
    if not many:
        return ""
    asked = ngettext("We have asked it once.", "We have asked it %(many)s times.", many) % {"many": many}
    if silent == 0:
        said = _("It answered.") if many == 1 else _("It answered each time.")
    elif silent == many:
        said = _("It has not answered, as far as we know.")
    else:
        said = ngettext("%(silent)s letter has no answer yet.", "%(silent)s letters have no answer yet.", silent)
    return f"{asked} {said % {'silent': silent}}"
