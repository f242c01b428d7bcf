"""The places that quote a story: other rooms answer, and the take-down screens show them."""

import json

import pytest
from django.urls import reverse

from campaign.models import ContentPage, HomePage
from stories.core.takedown import quoting_places
from tests import factories
from tests.moderation import room
from tests.moderation.queue.test_urgent import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(alice, bob):
    return factories.live_story()


def page_with(title, body, *, live=True):
    page = ContentPage(title=title, slug=title.lower().replace(" ", "-"), body=json.dumps(body), live=live)
    HomePage.objects.get().add_child(instance=page)
    page.save_revision()
    return page


def rich(html):
    return [{"type": "text", "value": html}]


def test_page_with_the_storys_address_is_found_wherever_it_stands_and_a_draft_last(story):
    draft = page_with("A plan", rich(f"<p>/stories/{story.slug}/</p>"), live=False)
    for number, body in enumerate(
        (
            rich('<p>Read <a href="/stories/SLUG/">this</a>.</p>'),
            rich('<p>See <a href="https://heard.example/cy/stories/SLUG/">this</a>.</p>'),
            [{"type": "quote", "value": {"text": "Nobody.", "source": "Somebody", "url": "https://x.example/SLUG"}}],
            [{"type": "steps", "value": [{"type": "item", "value": '<a href="/stories/SLUG">One</a>'}]}],
        )
    ):
        page_with(f"Page {number}", json.loads(json.dumps(body).replace("SLUG", story.slug)))
    page_with("Another page", rich("<p>Nothing of it.</p>"))
    HomePage.objects.update(intro=f"As somebody wrote: /stories/{story.slug}/")

    *public, last = quoting_places(story)

    paths = ("/", *(f"/page-{number}/" for number in range(4)))
    assert {place.address for place in public} == {f"https://heard.example{path}" for path in paths}
    assert all(place.is_public for place in public)
    assert (last.is_public, last.address) == (False, reverse("wagtailadmin_pages:edit", args=[draft.pk]))


def test_both_screens_list_where_it_stands(story, alice):
    browser = factories.client_of(alice)
    assert "No page of ours links to it" in room.text_of(room.see(browser, "room_stories:inspect", story.pk))
    page_with("What we heard", rich(f"<p>/stories/{story.slug}/</p>"))

    for name, row in (("room_take_down", ask(story)), ("room_stories:inspect", story)):
        assert 'href="https://heard.example/what-we-heard/"' in room.text_of(room.see(browser, name, row.pk)), name
