import pytest

from stories.core import takedown
from stories.reading import story_queries
from tests import factories

pytestmark = pytest.mark.django_db


def test_newest_openings_are_of_live_stories_and_come_with_their_facts():
    assert story_queries.newest_openings(3) == []
    factories.live_story(fields={"title": "Older"})
    text = "I rang.\n\nNobody came."
    live = factories.live_story(fields={"title": "Newer", "text": text, "content_notes": "threats,no-such-note"})
    hidden, removed = factories.live_story(fields={"title": "H"}), factories.live_story(fields={"title": "R"})
    takedown.hide_story(hidden)
    takedown.remove_story(removed)
    factories.submission_at("agreed")

    assert len(story_queries.newest_openings(10)) == 2
    assert story_queries.newest_openings(1) == [
        story_queries.Opening(
            url=f"/stories/{live.slug}/",
            title="Newer",
            lines="I rang. Nobody came.",
            facts=("Kent Police", "2024", "Looked into, then closed"),
            # A word that left its list is left out.
            notes=("Mentions threats",),
        )
    ]
