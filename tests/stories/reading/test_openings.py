import pytest

from stories.core import takedown
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
    assert story_queries.newest_openings(3) == []
    live = factories.live_story(fields={"title": "Live", "content_notes": "threats,no-such-note"})
    hidden, removed = factories.live_story(fields={"title": "H"}), factories.live_story(fields={"title": "R"})
    takedown.hide_story(hidden)
    takedown.remove_story(removed)
    factories.submission_at("agreed")

    assert Story.objects.count() == 4
    (opening,) = story_queries.newest_openings(10)
    assert opening.url == f"/stories/{live.slug}/"
    assert opening.notes == ("Mentions threats",), "a word that left its list is left out"
