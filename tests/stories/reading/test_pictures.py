"""Drawn pictures: whole within their paper; a share card has the title alone, and is drawn only where it may be."""

import io

import pytest
from PIL import Image, ImageChops, ImageColor

from stories.models import Story
from stories.reading import pictures
from stories.reading.pictures import CARD, PAPER
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


def test_picture_is_of_the_size_asked_for_and_its_title_is_whole_within_its_margins():
    for name, title in TITLES.items():
        png = pictures.share_card(title)
        drawn = look(png).convert("RGB")

        assert drawn.size == (1200, 630)
        assert len(png) < 60_000
        if name in ("short", "long", "one word"):
            left, _top, right, bottom = ImageChops.difference(drawn, Image.new("RGB", CARD, PAPER)).getbbox()
            assert (left >= 75, right <= CARD[0] - 75, bottom <= CARD[1] - 50) == (True, True, True), name


def test_same_title_is_the_same_file_in_the_colours_of_the_site_and_tells_no_time():
    site, first = colours.of(), pictures.share_card("At my age")

    assert pictures.share_card("At my age") == first
    assert look(first).info.keys() <= {"transparency"}
    assert not any(chunk in first for chunk in (b"tIME", b"tEXt", b"zTXt", b"iTXt", b"eXIf"))
    assert (site["paper"], site["ink"], site["moss"]) == (PAPER, pictures.INK, pictures.MOSS)
    assert look(first).convert("RGB").getpixel((1, 1)) == ImageColor.getrgb(PAPER)


@pytest.fixture
def story(db):
    told = factories.live_story(consent_quote=True, fields={"title": "The heron"})
    addresses.forget()
    return told


def ask(story):
    return addresses.ask(f"/stories/{story.slug}/share.png")


def test_picture_is_public_drawn_once_and_kept_with_the_edition_for_quotes(
    story, monkeypatch, django_assert_num_queries
):
    drawn, draw = [], pictures.share_card
    monkeypatch.setattr(pictures, "share_card", lambda title: drawn.append(title) or draw(title))

    response = ask(story)

    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response.content == draw("The heron")
    assert "Last-Modified" not in response
    with django_assert_num_queries(0):
        assert ask(story).content == response.content
    assert addresses.ask(f"/stories/{story.slug}/share.png?x=1").content == response.content
    assert drawn == ["The heron"]
    # None where the contributor wants no quotes, or nothing is live yet.
    Story.objects.update(may_quote=False)
    addresses.forget()
    agreed = Story.objects.get(submission=factories.submission_at("agreed", consent_quote=True))

    assert ask(story).status_code == ask(agreed).status_code == 404
