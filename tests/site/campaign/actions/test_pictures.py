"""The pictures of an action: whole within their paper, the same for the same words, and without a time."""

import io

import pytest
from PIL import Image, ImageChops

from campaign import share_pictures
from campaign.share_pictures import A4, PICTURES, SQUARE, Words
from stories.reading.pictures import PAPER

SHORT = Words("Heard", "We ask the Home Office:", "Count them.", "Nobody does.", "https://h.example/actions/a/")
LONG = Words(
    "Heard",
    "We ask every police force in England, Wales, Scotland and Northern Ireland, and the ports:",
    "Teach every officer the law. " * 6,
    "It is new. " * 25,
    "https://a-long-name-of-a-site.example/actions/ask-your-police-force-to-teach-every-officer/",
)
DRAWN = ("poster", "what-we-ask")


def look(png):
    picture = Image.open(io.BytesIO(png))
    picture.load()
    return picture


@pytest.mark.parametrize("words", [SHORT, LONG], ids=["short", "long"])
def test_each_stands_whole_within_its_margins_and_is_light(words):
    for name in DRAWN:
        png = PICTURES[name].draw(words)
        drawn = look(png).convert("RGB")
        left, top, right, bottom = ImageChops.difference(drawn, Image.new("RGB", drawn.size, PAPER)).getbbox()

        assert drawn.size == PICTURES[name].size == (A4 if name == "poster" else SQUARE)
        assert left >= 90, name
        assert right <= drawn.width - 90, name
        assert bottom <= drawn.height - 40, name
        assert len(png) < 150_000, name


def test_same_words_are_the_same_file_without_a_time_and_the_code_has_its_size():
    first, again = (PICTURES["what-we-ask"].draw(SHORT) for _ in range(2))

    assert first == again
    assert PICTURES["what-we-ask"].draw(LONG) != first
    assert not look(first).info.keys() & {"date:create", "Creation Time"}
    assert b"tIME" not in first
    for words in (SHORT, LONG):
        assert look(PICTURES["code"].draw(words)).size == share_pictures.code_size(words)
