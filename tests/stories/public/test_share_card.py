"""The share picture: the title and nothing else, whatever its length, and none where none is wished."""

import io

import pytest
from PIL import Image

from stories import going_down
from stories.models import Story
from stories.public import share_card
from tests import factories
from tests.site import colours
from tests.site.heard import addresses

TITLES = {
    "short": "At my age",
    "long": "I was told to make a list, and to make it again in a table, and then they lost it. Twice.",
    "one word": "W" * 120,
    "with accents": "Ŵyn a’r ŷd: “naïve café”",
    "without a letter of ours": "😀 \u202e\u0000 مرحبا",
    "empty": "",
}


def look(png):
    picture = Image.open(io.BytesIO(png))
    picture.load()
    return picture


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_picture_is_of_the_size_asked_for_and_light(title):
    png = share_card.draw(title)

    assert look(png).size == (1200, 630)
    assert len(png) < 60_000


@pytest.mark.parametrize("title", [TITLES["short"], TITLES["long"], TITLES["one word"]])
def test_title_stands_whole_within_its_margins(title):
    written = Image.new("L", share_card.SIZE)
    share_card._write(written, title, below=174)

    left, top, right, bottom = written.getbbox()
    assert left >= 85
    assert top > 174, "it stands below the mark"
    assert right <= 1115
    assert bottom <= 630 - 50


def test_longer_title_is_set_in_smaller_letters_and_loses_none():
    large, small = (share_card._set(TITLES[name], width=1020, height=340) for name in ("short", "long"))

    assert large[0].size > small[0].size
    assert " ".join(small[1]) == TITLES["long"]
    assert "".join(share_card._set(TITLES["one word"], width=1020, height=340)[1]) == TITLES["one word"]


def test_same_title_is_the_same_file_and_tells_no_time():
    first = share_card.draw("At my age")

    assert share_card.draw("At my age") == first
    assert look(first).info.keys() <= {"transparency"}
    assert not any(chunk in first for chunk in (b"tIME", b"tEXt", b"zTXt", b"iTXt", b"eXIf"))


def test_colours_are_those_of_the_site():
    site = colours.of()

    assert (site["paper"], site["ink"], site["moss"]) == (share_card.PAPER, share_card.INK, share_card.MOSS)


# --- At its address -------------------------------------------------------------------------


@pytest.fixture
def story(db):
    told = factories.live_story(consent_quote=True, fields={"title": "The heron"})
    addresses.forget()
    return told


def ask(story):
    return addresses.ask(f"/stories/{story.slug}/share.png")


def test_picture_is_public_and_kept_with_the_edition(story, django_assert_num_queries):
    response = ask(story)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response.content == share_card.draw("The heron")
    assert "Last-Modified" not in response
    with django_assert_num_queries(0):
        assert ask(story).content == response.content


def test_picture_is_drawn_once_however_often_it_is_asked_for(story, monkeypatch):
    drawn = []
    monkeypatch.setattr(share_card, "draw", lambda title: drawn.append(title) or b"a picture")

    answers = {addresses.ask(f"/stories/{story.slug}/share.png?x={number}").content for number in range(3)}

    assert answers == {b"a picture"}
    assert drawn == ["The heron"]


def test_no_picture_where_the_contributor_wants_no_quotes(story):
    Story.objects.update(may_quote=False)

    assert ask(story).status_code == 404


@pytest.mark.parametrize("way_down", [going_down.hide, going_down.withhold, going_down.remove])
def test_picture_goes_with_its_story(story, way_down, django_capture_on_commit_callbacks):
    assert ask(story).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        way_down(story)

    response = ask(story)
    assert response.status_code == 410
    assert b"heron" not in response.content


def test_picture_of_a_story_that_is_not_live_yet_never_was(db):
    agreed = Story.objects.get(submission=factories.submission_at("agreed", consent_quote=True))

    assert ask(agreed).status_code == 404
