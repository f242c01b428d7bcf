"""What a story leads on to: the same force, the same theme, and counts that are those of the lists."""

import pytest
from django.db import connection

from stories.core import takedown
from stories.reading import story_page
from tests import factories

pytestmark = pytest.mark.django_db


def live(**fields):
    return factories.live_story(fields=fields)


def address(story):
    return f"/stories/{story.slug}/"


def test_newest_three_of_the_same_force_stand_below_by_their_titles(visitor):
    story, *others = [live(title=f"Kent {number}", themes="") for number in range(5)]
    live(force="essex", title="Essex", themes="")

    words = visitor.words(address(story)).split("More stories")[1]

    assert words.strip() == "About Kent Police Kent 4 Kent 3 Kent 2 All 5 stories about Kent Police"
    assert visitor.words(address(others[0])).endswith("Kent 4 Kent 3 Kent 2 All 5 stories about Kent Police")
    assert len(visitor.slugs("/stories/?force=kent")) == 5


def test_theme_leads_to_the_list_that_its_number_counts(visitor):
    story = live(force="kent", themes="waiting kindness")
    live(force="essex", themes="waiting")

    page = visitor.read(address(story))

    assert 'href="/stories/?theme=waiting">Waiting: 2 stories</a>' in page
    assert "Kindness:" not in page, "there is no other story about it"
    assert len(visitor.slugs("/stories/?theme=waiting")) == 2


def test_story_without_a_like_or_a_force_has_no_neighbours(visitor):
    alone = live()
    assert "More stories" not in visitor.words(address(alone))
    hidden = live(place_shown="region", themes="")

    assert story_page.story_with_related(hidden.slug)[1] == story_page.story_with_related(alone.slug)[1] == []
    assert 'href="/stories/?region=south-east">South East</a>' in visitor.read(address(hidden))


def test_neighbour_that_goes_down_is_named_no_more_and_names_none(visitor, django_capture_on_commit_callbacks):
    story, other = live(), live(title="The other")
    assert "The other" in visitor.words(address(story))

    with django_capture_on_commit_callbacks(execute=True):
        takedown.hide_story(other)

    assert "The other" not in visitor.words(address(story))
    found, near = story_page.story_with_related(other.slug)
    assert (found.status, near) == ("hidden", [])


def test_story_and_neighbours_are_one_query_out_of_the_index(django_assert_num_queries):
    story, other = live(), live()

    with django_assert_num_queries(1):
        found, near = story_page.story_with_related(story.slug)
        assert (found.title, found.text, found.may_quote) == (story.title, story.text, story.may_quote)
        assert [(each.title, each.get_absolute_url()) for each in near] == [(other.title, address(other))]

    # PostgreSQL plans by what it last counted, and of a table of two anything will do: `make bench` times 100,000.
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {story_page._statement()}", [story.slug, story.slug])
            assert "story_by_force" in str(cursor.fetchall())
