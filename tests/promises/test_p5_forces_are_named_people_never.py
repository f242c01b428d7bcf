"""P5 Forces are named, people never are."""

import json

import pytest

from heard.demo import stories as demo_stories
from stories import identifying
from stories.models import Force, Story

PEOPLE = {"PERSON", "OFFICER_NAME", "PHONE", "EMAIL", "POSTCODE", "ADDRESS", "HANDLE", "COLLAR_NUMBER", "CRIME_REF"}
PUBLISHED = json.loads((demo_stories.DATA / "stories.json").read_text())


@pytest.mark.parametrize("story", PUBLISHED, ids=[story["title"][:40] for story in PUBLISHED])
def test_published_example_names_nobody(story):
    sure = [finding.kind for finding in identifying.find(story["text"]) if finding.sure and finding.kind in PEOPLE]

    assert sure == []


@pytest.mark.django_db
def test_every_force_has_its_page_under_its_name(client):
    for force in Force.objects.all():
        page = client.get(f"/forces/{force.pk}/", secure=True)

        assert page.status_code == 200
        assert force.name.replace("&", "&amp;") in page.content.decode()


def test_story_has_no_field_for_a_person_but_its_two_readers():
    names = {field.name for field in Story._meta.concrete_fields if field.remote_field}

    assert names == {"submission", "force", "outcome", "first_reader", "second_reader"}


@pytest.mark.django_db
def test_readers_are_never_named_in_public(alice, bob, client):
    from tests import factories

    story = factories.live_story()

    for path in ("/", "/stories/", story.get_absolute_url(), "/forces/kent/"):
        page = client.get(path, secure=True).content.decode().lower()
        assert "alice" not in page
        assert "bob" not in page
