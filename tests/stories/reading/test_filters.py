import pytest
from django.http import QueryDict

from stories.core import lifecycle
from stories.reading import filters, story_queries
from stories.reading.filters import StoryFilter
from tests import factories

pytestmark = pytest.mark.django_db


def read(query):
    return StoryFilter.from_query(QueryDict(query))


def live(title, **fields):
    return factories.live_story(fields={"title": title, **fields})


def titles(query):
    return {story.title for story in story_queries.find_page(read(query)).stories}


@pytest.fixture
def four_stories():
    live("a", force="kent", year="2024", outcome="closed")
    live("b", force="kent", year="2019", outcome="charged")
    live("c", force="essex", year="2024", outcome="charged")
    live("d", place_shown="nothing", year="2014", outcome="", differently="")


FITTING = {
    "": "abcd",
    "force=kent": "ab",
    "force=kent&force=essex": "abc",
    "outcome=charged": "bc",
    "year=2024": "ac",
    "year=before-2015": "d",
    "year=before-2015&year=2019": "bd",
    "force=kent&year=2024": "a",
    "force=kent&outcome=charged&year=2019": "b",
    "force=essex&year=2019": "",
    "force=kent&force=kent": "ab",
    "force=&year=2019": "b",
    "says=change": "abc",
    "says=change&says=well": "abcd",
}


def test_filter_finds_what_it_says_and_an_unknown_one_is_named_and_changes_nothing(four_stories):
    assert {query: "".join(sorted(titles(query))) for query in FITTING} == FITTING
    for query in ("colour=red", "force=atlantis", "year=1999", "year=2", "outcome=%27--", "after=!", "before=i"):
        assert len(read(query).unknown) == 1, query
        assert titles(query) == set("abcd"), query
    asked = read("force=atlantis&force=kent")
    assert list(asked.unknown) == ["force=atlantis"]
    assert titles("force=atlantis&force=kent") == set("ab")


def test_unknown_words_are_short_few_and_without_hidden_characters():
    asked = read("&".join(f"x{number}={'long' * 50}" for number in range(50)) + "&a=%E2%80%AE%00b")
    hidden = read("a=%E2%80%AE%00b")

    assert list(asked.unknown[3:]) == ["…"]
    assert all(len(each) <= 41 for each in asked.unknown)
    assert list(hidden.unknown) == ["a=b"]


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
