"""How an address is read, what a filter lists and counts beside each choice, and how often a page asks the database."""

import random

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from bench.seeding import stories as seeding
from stories.core import lifecycle, named_lists, snapshot, takedown
from stories.models import Story
from stories.reading import choices, facets, filters, marked_sets, story_queries
from stories.reading.filters import StoryFilter
from tests import factories
from tests.stories.reading.conftest import live

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def read(query):
    return StoryFilter.from_query(QueryDict(query))


FITTING = {
    "": "abcd",
    "force=kent": "ab",
    "force=kent&force=essex": "abc",
    "year=2024": "ac",
    "year=before-2015": "d",
    "year=before-2015&year=2019": "bd",
    "force=kent&outcome=charged": "b",
    "force=essex&year=2019": "",
    "force=kent&force=kent": "ab",
    "force=atlantis&force=kent": "ab",
    "force=&year=2019": "b",
    "says=change": "abc",
    "says=change&says=well": "abcd",
}


def test_filter_finds_what_it_says_and_an_unknown_one_is_named_and_changes_nothing():
    live(title="a", force="kent", year="2024", outcome="closed")
    live(title="b", force="kent", year="2019", outcome="charged")
    live(title="c", force="essex", year="2024", outcome="charged")
    live(title="d", place_shown="nothing", year="2014", outcome="", differently="")

    def titles(query):
        return "".join(sorted(story.title for story in story_queries.find_page(read(query)).stories))

    assert {query: titles(query) for query in FITTING} == FITTING
    for query in ("colour=red", "force=atlantis", "year=1999", "year=2", "outcome=%27--", "after=!", "before=i"):
        assert (len(read(query).unknown), titles(query)) == (1, "abcd"), query
    assert list(read("force=atlantis&force=kent").unknown) == ["force=atlantis"]


def test_unknown_words_are_short_few_and_without_hidden_characters():
    asked = read("&".join(f"x{number}={'long' * 50}" for number in range(50)) + "&a=%E2%80%AE%00b")

    assert list(asked.unknown[3:]) == ["…"]
    assert all(len(each) <= 41 for each in asked.unknown)
    assert list(read("a=%E2%80%AE%00b").unknown) == ["a=b"]


def test_equal_lists_have_one_address_and_words_for_every_choice():
    wanted = read("year=2024&force=kent&force=essex&force=kent&outcome=")

    assert wanted.url(before="4k") == "/stories/?force=essex&force=kent&year=2024&before=4k"
    assert (read("").url(), read("force=kent").url("/stories.csv")) == ("/stories/", "/stories.csv?force=kent")
    assert read("q=rang&force=kent").url() == "/stories/?force=kent&q=rang"
    tags = read("force=kent&force=essex&year=before-2015").tags()
    assert [tag.words for tag in tags] == ["Essex Police", "Kent Police", "Before 2015"]
    assert tags[1].without_url == "/stories/?force=essex&year=before-2015"
    named = read("without=threats&force=kent&year=2024&q=rang").words()
    assert named == "Kent Police, 2024, without: Mentions threats, “rang”"


def test_words_places_and_years_since_the_law_are_read_from_an_address_or_left():
    this_year = lifecycle.today().year

    assert read("&".join(f"year={year}" for year in range(2015, this_year + 1))).how_many == this_year - 2014
    assert read(f"year={this_year + 1}").unknown
    assert read("q=%20two%20%0A%09words%00%20").q == "two words"
    assert len(read(f"q={'long ' * 100}").q) <= 201
    assert read(f"before={filters.place_code(32)}").before == 32
    assert read(f"after={filters.place_code(1023)}").after == 1023
    assert read("before=&after=i").before is None


def test_number_beside_a_choice_is_what_the_list_then_shows():
    told, asked = live(), live(force="essex")
    factories.a_response(stories=[told])
    factories.a_letter("essex", stories=[asked])
    seeding.seed(400, chance=3)
    snapshot.forget_snapshot()
    dice, names = random.Random(7), named_lists.get_named_lists()
    options = [(facet.name, slug) for facet in facets.FACETS for slug in facet.options(names)]
    for number in range(12):
        asked = dice.sample(options, dice.randint(1, 4) if number else 0)
        query = "&".join(f"{name}={slug}" for name, slug in asked)
        wanted = read(query)
        for facet in facets.FACETS:
            for slug, count in choices.choice_counts(facet, wanted).items():
                chosen = wanted.chosen.get(facet.name, ())
                is_in = slug in chosen and not facet.leaves_out
                then = {**wanted.chosen, facet.name: (slug,) if is_in else (*chosen, slug)}
                more = wanted.count() if chosen and not is_in and not facet.leaves_out else 0
                assert StoryFilter(wanted.names, then).count() == more + count, (query, facet.name, slug)


def test_story_stands_under_each_place_that_it_shows_and_once_down_under_none():
    for shown, force, query in [
        ("force", "kent", "region=south-east&nation=england&force=kent"),
        ("region", "kent", "region=south-east&nation=england"),
        ("nation", "kent", "nation=england"),
        ("nation", "gwent", "nation=wales&region=wales"),
        ("force", "south-wales", "nation=wales&region=wales&force=south-wales"),
    ]:
        story = live(place_shown=shown, force=force)

        marks = set(facets.story_marks(Story.live.get(pk=story.pk), named_lists.get_named_lists()))

        places = {mark for mark in marks if mark.split(":")[0] in ("force", "region", "nation")}
        assert places == {pair.replace("=", ":") for pair in query.split("&")}
        assert next(story_queries.all_found(read(query))).pk == story.pk
    for story in Story.live.all():
        takedown.hide_story(story)
    snapshot.forget_snapshot()
    assert read("").count() == 0
    assert {option for facet in facets.FACETS for option in choices.choice_counts(facet, read("")).values()} == {0}


def test_no_two_marks_are_one_word_of_a_search():
    names = named_lists.get_named_lists()
    marks = {mark for facet in facets.FACETS for slug in facet.options(names) for mark in facet.marks(names, slug)}

    assert len({facets.mark_token(mark) for mark in marks}) == len(marks) > 80


def queries(taker, address):
    """How many queries a page takes in a process that has read the edition, as one does once a second."""
    # Whoever comes first after many were seeded counts them, and keeps that to this test's transaction.
    marked_sets.current_sets()
    snapshot.forget_snapshot()
    named_lists.get_named_lists()
    marked_sets.current_sets()
    with CaptureQueriesContext(connection) as captured:
        taker.take(address)
    return len(captured)


def addresses():
    """A list at its start, in its depth, filtered, searched; the oldest and the newest story; the figures."""
    first, last = Story.live.earliest("sequence"), Story.live.latest("sequence")
    deep = f"before={filters.place_code(60)}"
    lists = ["", f"?{deep}", f"?after={filters.place_code(1)}", "?force=kent", "?says=change&theme=waiting"]
    lists += ["?force=kent&force=essex&year=before-2015&outcome=closed"]
    lists += ["?q=police", "?q=evid*&force=kent&without=threats", f'?q="the+police"+-kind&{deep}']
    stories = (story.get_absolute_url() for story in (first, last))
    files = [f"/stories.{kind}{query}" for kind in ("json", "atom") for query in ("", "?q=rang")]
    files += ["/stories.json?nation=england", "/open-data/", "/open-data/openapi.json"]
    return [*(f"/stories/{query}" for query in lists), *stories, *files, "/what-we-hear/", "/wall/"]


def test_list_search_story_file_and_figures_take_two_queries_at_60_and_at_5000(taker):
    taken = {}
    for more in (60, 4940):
        seeding.seed(more, chance=1)
        taken |= {(Story.live.count(), address): queries(taker, address) for address in addresses()}
        # A CSV asks again for every few hundred rows, and a search first finds which they are.
        assert more > 60 or max(queries(taker, f"/stories.csv{query}") for query in ("", "?q=rang")) <= 3

    assert {count for count, _ in taken} == {60, 5000}
    assert {key: number for key, number in taken.items() if number > 2} == {}


def test_page_of_a_force_takes_as_many_queries_with_many_stories_and_its_index_two(taker):
    snapshot.invalidate()
    assert queries(taker, "/forces/") <= 1
    assert queries(taker, "/forces/kent/") <= 2
    seeding.seed(1000, chance=1)

    assert Story.live.filter(force="kent").count() > 10
    assert queries(taker, "/forces/kent/") <= 2
    assert queries(taker, "/forces/kent/sheet/") <= 1
    assert len(taker.slugs("/forces/kent/")) == 10
    assert 'href="/stories/?force=kent">All stories about Kent Police</a>' in taker.read("/forces/kent/")
