import pytest

from stories.core import snapshot, takedown
from stories.models import Story
from stories.reading import story_queries
from tests import factories

pytestmark = pytest.mark.django_db


def test_newest_openings_come_with_their_facts():
    factories.live_story(fields={"title": "Older"})
    story = factories.live_story(fields={"title": "Newer", "text": "I rang.\n\nNobody came."})

    found = story_queries.newest_openings(1)

    assert found == [
        story_queries.Opening(
            url=f"/stories/{story.slug}/",
            title="Newer",
            lines="I rang. Nobody came.",
            facts=("Kent Police", "2024", "Looked into, then closed"),
            notes=("Mentions threats",),
        )
    ]


def test_only_live_stories_have_openings():
    live = factories.live_story(fields={"title": "Live"})
    hidden, removed = factories.live_story(fields={"title": "H"}), factories.live_story(fields={"title": "R"})
    takedown.hide_story(hidden)
    takedown.remove_story(removed)
    factories.submission_at("agreed")

    assert Story.objects.count() == 4
    assert [opening.url for opening in story_queries.newest_openings(10)] == [f"/stories/{live.slug}/"]


def test_site_without_a_story_has_no_opening():
    assert story_queries.newest_openings(3) == []


def test_openings_are_one_query_beside_the_edition(django_assert_num_queries):
    factories.live_story()
    snapshot.invalidate()
    snapshot.forget_snapshot()

    with django_assert_num_queries(2):
        story_queries.newest_openings(3)


def test_word_that_left_its_list_is_left_out():
    factories.live_story(fields={"content_notes": "threats,no-such-note"})

    assert story_queries.newest_openings(1)[0].notes == ("Mentions threats",)
