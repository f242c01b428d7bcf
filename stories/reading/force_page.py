"""The page of one force, and its sheet: what people told us, what happens again, what it was asked, what it said."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.text import slugify

from stories.core import rendering
from stories.core.named_lists import NamedForce, NamedLists
from stories.figures import counts
from stories.reading import ask_progress, patterns, responses, story_queries
from stories.reading.filters import StoryFilter

_OPENINGS, _FIGURES = 10, "/actions/ask-for-the-figures/"
# What a sheet of one page has room for, and of how many of the newest stories its passages are chosen.
_ON_A_SHEET, _LONGEST_PASSAGE, _LOOKED_AT = 3, 200, 30


def page_context(force: NamedForce, names: NamedLists) -> dict[str, object]:
    rows = story_queries.opening_rows().filter(force=force.id)[:_OPENINGS]
    around = StoryFilter.of(names, region=slugify(force.region))
    # To a force that a demo invented nobody writes.
    every = [] if force.is_example else ask_progress.get_actions()
    actions = [each for each in every if each["is_open"] and each["is_to_a_force"]]
    return _facts(force, names) | {
        # Each names the force of the page, which needn't be named once more.
        "openings": story_queries.make_openings(rows, names, with_place=False),
        "dots": story_queries.dots_of(StoryFilter.of(names, force=force.id).matching()).values(),
        "around_url": around.url() if around.count() else "",
        "said": responses.responses_by(force.id),
        "actions": [each for each in actions if each["path"] != _FIGURES],
        # Until there are official figures of a force, the letter that asks for them.
        "figures_action": next((each for each in actions if each["path"] == _FIGURES), None),
        "patterns": list(_patterns(force, names)),
    }


def sheet_context(force: NamedForce, names: NamedLists) -> dict[str, object]:
    """What its sheet says, in one query. It quotes who may be quoted, and first the words that editors marked."""
    rows = list(story_queries.opening_rows().filter(force=force.id, may_quote=True)[:_LOOKED_AT])
    marked = {row: words for row in rows for words in patterns.marked_passages(row.slug) if words in row.text}
    chosen = sorted(rows, key=lambda row: row not in marked)[:_ON_A_SHEET]
    demands = (counts.count_stories(names, each, force=force.id, demand=slug) for slug, each in names.demands.items())
    return _facts(force, names) | {
        "passages": [
            (rendering.text_opening(marked.get(row, row.text), length=_LONGEST_PASSAGE), row) for row in chosen
        ],
        "demands": sorted((each for each in demands if each.stories), key=lambda each: -each.stories),
        "caution": counts.caution_words(),
        "address": f"{settings.BASE_URL}{force.url}",
    }


def _facts(force: NamedForce, names: NamedLists) -> dict[str, object]:
    """What both show, without a query: how many stories with which end, the letters to it, and the asks."""
    ends = (counts.count_stories(names, words, force=force.id, outcome=end) for end, words in names.outcomes.items())
    letters, asks = responses.letters_to(force.id), (ask for ask in ask_progress.get_asks() if ask.is_of(force.id))
    return {
        "force": force,
        "all": counts.count_stories(names, force.name, force=force.id),
        "outcomes": [each for each in ends if each.stories],
        "letters": letters,
        "silent": sum(not letter.is_answered for letter in letters),
        # What is overdue first, then what is asked of this force alone.
        "asks": sorted(asks, key=lambda ask: (not ask.is_late, not ask.force)),
    }


def _patterns(force: NamedForce, names: NamedLists) -> Iterator[tuple[str, str, int, str]]:
    """Each pattern, or theme of none, that its stories tell of: words, address, how many, and the list of those."""
    for pattern in patterns.get_patterns():
        wanted = pattern.wanted(names, force=force.id)
        if many := wanted.count():
            yield pattern.title, pattern.url, many, wanted.url()
    for theme in (theme for theme in names.themes if patterns.pattern_of(theme) is None):
        wanted = StoryFilter.of(names, force=force.id, theme=theme)
        if many := wanted.count():
            yield names.themes[theme], patterns.theme_url(names, theme), many, wanted.url()
