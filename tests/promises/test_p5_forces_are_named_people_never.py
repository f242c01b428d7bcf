"""P5 Forces are named, people never are."""

import html
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Page

from campaign import initial_content
from campaign.models import Picture
from heard.demo import stories as demo_stories
from moderation.team.permissions import Refused
from stories import pii
from stories.core import snapshot
from stories.models import Force, Letter, Response, Story
from tests import factories
from tests.site.campaign import posting
from tests.site.campaign.pictures.test_pictures import upload, upload_among_many
from tests.site.campaign.pictures.test_plain_pictures import photograph

PEOPLE = {"PERSON", "OFFICER_NAME", "PHONE", "EMAIL", "POSTCODE", "ADDRESS", "HANDLE", "COLLAR_NUMBER", "CRIME_REF"}
PUBLISHED = json.loads((demo_stories.DATA / "stories.json").read_text())


def named_in(text):
    return [finding.kind for finding in pii.find_identifying(text) if finding.sure and finding.kind in PEOPLE]


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
    said = all_words([initial_content.initial_data("pages"), initial_content.initial_data("home")])

    assert [words for words in said if {"PERSON", "OFFICER_NAME"} & set(named_in(words))] == []


@pytest.mark.django_db
@pytest.mark.parametrize("shown", ["force", "region", "nation", "nothing"])
def test_force_is_named_where_its_contributor_chose_so_and_its_readers_never(shown, alice, bob, client):
    story = factories.live_story(place_shown=shown, fields={"place_shown": shown})

    paths = (story.get_absolute_url(), "/forces/kent/", "/", "/stories/")
    pages = [client.get(path, secure=True).content.decode() for path in paths]

    assert ("Kent Police" in pages[0]) is (shown == "force")
    assert (story.title in pages[1]) is (shown == "force")
    assert not [name for page in pages for name in ("alice", "bob") if name in page.lower()]


@pytest.mark.django_db
def test_every_force_has_its_page_under_its_name(client):
    for force in Force.objects.all():
        page = client.get(f"/forces/{force.pk}/", secure=True)

        assert page.status_code == 200
        assert force.name.replace("&", "&amp;") in page.content.decode()


def test_story_has_no_field_for_a_person_but_its_two_readers():
    names = {field.name for field in Story._meta.concrete_fields if field.remote_field}

    assert names == {"submission", "force", "outcome", "first_reader", "second_reader"}


OFFICERS = (
    "PC Sarah Jones",
    "DCI Jane Smith",
    "Sergeant Quillfeather",
    "Officer Brennan",
    "Head of Training, Jane Smith",
)


@pytest.mark.django_db
def test_no_officer_stands_in_public_where_an_office_does(alice, bob, editor, client):
    story, news = factories.live_story(), Page.objects.get(slug="how-heard-works").specific
    address = reverse("wagtailadmin_pages:edit", args=[news.pk])

    for officer in OFFICERS:
        with pytest.raises(Refused, match="name"):
            factories.a_response(kind="planned", owner=officer)
        with pytest.raises(Refused, match="name"):
            factories.a_letter(role=officer, stories=[story])
        said = editor.post(address, posting.unchanged(news, author_role=officer) | {"action-publish": "1"})
        assert "looks like somebody’s name" in html.unescape(said.content.decode()), officer
        assert not Response.objects.exists(), officer
        assert not Letter.objects.exists(), officer
        assert news.author_role == Page.objects.get(pk=news.pk).specific.author_role, officer
    factories.a_response(kind="planned", owner="Head of Training")
    factories.a_letter(role="The digital team", stories=[story])

    snapshot.forget_snapshot()
    paths = ("/forces/kent/", "/news/", "/news/how-heard-works/")
    pages = [client.get(path, secure=True).content.decode() for path in paths]
    assert not [officer for officer in OFFICERS for page in pages if officer in page]
    assert "Head of Training" in pages[0]
    assert "The digital team" in pages[0]


@pytest.mark.django_db
def test_no_picture_tells_by_its_file_who_is_in_it_or_who_took_it(editor, settings, tmp_path):
    """Neither its name, which stands in its public address, nor what the camera wrote into it."""
    settings.MEDIA_ROOT = tmp_path
    upload(editor, photograph())
    upload_among_many(editor, photograph())
    # It is kept aside until its title is mended.
    upload_among_many(editor, photograph(), title="A" * 300)
    Picture.objects.create(title="A tree", file=SimpleUploadedFile("Jane at home 2026.jpg", photograph()))

    pictures = Picture.objects.all()
    addresses = [picture.get_rendition("width-20").url for picture in pictures]

    assert len(addresses) == 3
    assert not any("jane" in address.lower() or "home" in address.lower() for address in addresses)
    for file in (path for path in tmp_path.rglob("*") if path.is_file()):
        assert "Jane" not in str(file)
        assert b"CANARY" not in file.read_bytes()
        assert not Image.open(file).getexif()
