"""The same words find the same stories on either store, and the choices narrow them."""

import random
from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, example, given, settings, strategies as st

from bench.seeding import stories as seeding
from stories.core import named_lists
from stories.models import Story
from stories.reading import choices, facets, filters, marked_sets, story_queries
from stories.reading.filters import StoryFilter
from stories.reading.search import store, terms

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def read(query):
    return StoryFilter.from_query(QueryDict(query))


def ask(typed, *chosen):
    return store.find_matches(terms.parse_search(typed), chosen or ((), ()), size=20)


def places(found):
    return marked_sets.newest_places(found, most=5000)


@pytest.fixture
def all_live(monkeypatch):
    """As if at every place there were a live story."""
    monkeypatch.setattr(marked_sets, "current_sets", lambda: marked_sets.MarkedSets((1 << 200) - 1, {}))


@pytest.fixture
def few(all_live):
    """Four stories that stand in search alone, told by their places."""
    store.index_story(
        Story(sequence=sequence, **words)
        for sequence, words in enumerate(
            (
                {"title": "Nobody", "text": "They policed nothing. I rang 101, and nobody called me back."},
                {"title": "Lost", "text": "The police called. They said it’s a civil matter, and lost the evidence."},
                {"text": "Café José rang: “don’t” wait. The evidential review.", "differently": "Save the evidence."},
                {"text": "Un échange de mots, 証拠 and доказ. No no no.", "well": "She listened"},
            ),
            start=1,
        )
    )


FOUND = {
    "police": [2, 1],
    "POLICING": [2, 1],
    "evidence": [3, 2],
    "listening": [4],
    '"no she"': [],
    "evid*": [3, 2],
    "evidenti*": [3],
    "evidences -civil": [3],
    "-police": [4, 3],
    "-police -jose": [4],
    "-evid*": [4, 1],
    "police -police": [],
    '"called me back"': [1],
    '"me called back"': [],
    '"nobody they"': [],
    '"review save"': [],
    '"no no no"': [4],
    '"no no no no"': [],
    "nobody lost": [],
    "rang evidence": [3],
    "rang OR evidence": [3],
    "and the": [2],
    "they were nobody": [1],
    "JOSE": [3],
    "dont": [3],
    "its civil": [2],
    "échange": [4],
    "echan*": [4],
    "証拠": [4],
    "доказ -证": [4],
    "civil-matter": [2],
    'evidence -"civil matter"': [3],
    "and NEAR": [],
    "0all1 swait": [],
    "forcekent": [],
}


def test_words_find_what_they_say(few):
    assert {typed: places(ask(typed).searched) for typed in FOUND} == FOUND


def test_search_finds_exactly_the_stories_that_hold_the_words_and_carry_the_choices(all_live):
    makes, names, some = seeding._Maker(random.Random(5)), named_lists.get_named_lists(), 0
    many = [makes.story(sequence, date(2026, 12, 16)) for sequence in range(1, 121)]
    store.index_story(many)
    for query in ("force=kent&force=essex&nation=wales", "without=threats", "outcome=closed&year=2024&year=2023"):
        wanted = read(query)
        for typed in ("police", "evid*", '"the police"', "-kind", "asked -nobody"):
            answer = ask(typed, *wanted.tokens())

            marks = {story.sequence: set(facets.story_marks(story, names)) for story in many}
            fits = {place for place, has in marks.items() if all(has & group for group in wanted.groups())}
            fits = {place for place in fits if not marks[place] & wanted.left_out()}
            assert places(answer.searched) == places(ask(typed).searched)
            fitting = [place for place in places(answer.searched) if place in fits]
            assert places(answer.matched) == fitting, (query, typed)
            some += 0 < answer.count < answer.searched.bit_count()
    assert some > 5


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80), st.text(max_size=80))
@example("", "\x00")
@example("NEAR 's' \\ &", '"""*** -"" -* ""* NEAR( ) { } ^ : + | & ! <-> \' \\ %s %(x)s')
@example("x" * 10_000, "x" * 10_000)
@example("a " * 20_000, " ".join(f"word{number}" for number in range(500)))
@example("¼\u0301 ﷺ e\u0301\u0301 ß", "-" * 300)
@example("\ud800", "\ud800 a\ud800b")
def test_no_search_is_an_error_in_no_text(db, all_live, text, typed):
    store.index_story([Story(sequence=7, text=text)])

    assert places(ask(typed).searched) in ([], [7])
    assert places(ask(f'"{text[:150]}"').searched) == ([7] if terms.parse_search(f'"{text[:150]}"').terms else [])


def test_only_the_newest_are_looked_at_and_that_is_said(few, monkeypatch):
    monkeypatch.setattr(store, "MOST", 2)
    store.index_story([Story(sequence=5, text="The police came.", force_id="kent")])

    both, one = ask("police -civil"), ask("police", [["0forcekent"]], [])
    all_three = ask("police")

    assert (places(both.searched), both.is_capped, both.is_counted) == ([5, 1], False, True)
    assert (places(one.matched), one.is_capped, one.is_counted) == ([5], False, False)
    assert (places(all_three.matched), all_three.is_capped, all_three.is_counted) == ([5, 2], True, False)


def test_pages_of_a_search_hold_each_story_once_in_one_query_and_lead_back(django_assert_num_queries):
    seeding.seed(60, chance=5)
    marked_sets.current_sets()
    for more in ("q=police", "q=evid*&force=kent", f"q=-police&before={filters.place_code(40)}", "q=heron"):
        wanted = read(more)
        with django_assert_num_queries(1):
            story_queries.find_page(wanted)
    query = "q=nobody+asked&without=threats"
    everything = [story.sequence for story in story_queries.all_found(read(query))]

    def page(where=""):
        return story_queries.find_page(read(f"{query}{where}"), size=3)

    first = page()
    second = page(f"&before={first.older}")
    third = page(f"&before={second.older}")
    back = page(f"&after={third.newer}")

    assert len(everything) == first.count > 9
    assert [story.sequence for story in (*first.stories, *second.stories, *third.stories)] == everything[:9]
    assert back == second
    assert first.newer == ""


def test_number_beside_a_choice_is_what_the_search_then_lists():
    seeding.seed(60, chance=5)
    wanted = read("q=police&without=threats")
    searched = story_queries.find_page(wanted).searched

    for name in ("outcome", "without"):
        facet = facets.BY_NAME[name]
        for slug, count in choices.choice_counts(facet, wanted, searched=searched).items():
            slugs = (*wanted.chosen.get(name, ()), slug) if facet.leaves_out else (slug,)
            then = StoryFilter(wanted.names, {**wanted.chosen, name: slugs}, q="police")
            assert story_queries.find_page(then).count == count, (name, slug)
