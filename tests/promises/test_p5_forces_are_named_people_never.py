"""P5 Forces are named, people never are."""

import json

import pytest

from campaign import starting
from heard.demo import stories as demo_stories
from stories import identifying
from stories.models import Force, Story
from tests import factories

PEOPLE = {"PERSON", "OFFICER_NAME", "PHONE", "EMAIL", "POSTCODE", "ADDRESS", "HANDLE", "COLLAR_NUMBER", "CRIME_REF"}
PUBLISHED = json.loads((demo_stories.DATA / "stories.json").read_text())


def named_in(text):
    return [finding.kind for finding in identifying.find(text) if finding.sure and finding.kind in PEOPLE]


def all_words(value):
    """Every string within what a JSON file holds."""
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [words for each in inside for words in all_words(each)]


@pytest.mark.parametrize("story", PUBLISHED, ids=[story["title"][:40] for story in PUBLISHED])
def test_published_example_names_nobody(story):
    assert named_in(f"{story['title']}\n{story['text']}") == []


def test_every_kind_of_naming_is_seen_so_that_the_silence_means_something():
    text = "Officer Quillfeather (PC 4471) said that he is called Jamie Oakes: 07700 900123, jamie@heard.example."

    assert {"OFFICER_NAME", "PERSON", "PHONE", "EMAIL", "COLLAR_NUMBER"} <= set(named_in(text))


def test_pages_of_a_new_site_name_no_person_and_no_officer():
    said = [words for page in starting.read("pages") + [starting.read("home")] for words in all_words(page)]

    assert [words for words in said if {"PERSON", "OFFICER_NAME"} & set(named_in(words))] == []


@pytest.mark.django_db
@pytest.mark.parametrize("shown", ["force", "region", "nation", "nothing"])
def test_force_is_named_where_its_contributor_chose_so_and_nowhere_else(shown, alice, bob, client):
    story = factories.live_story(place_shown=shown, fields={"place_shown": shown})

    pages = [client.get(path, secure=True).content.decode() for path in (story.get_absolute_url(), "/forces/kent/")]

    assert ("Kent Police" in pages[0]) is (shown == "force")
    assert (story.title in pages[1]) is (shown == "force")


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
    story = factories.live_story()

    for path in ("/", "/stories/", story.get_absolute_url(), "/forces/kent/"):
        page = client.get(path, secure=True).content.decode().lower()
        assert "alice" not in page
        assert "bob" not in page
