"""The pictures of an action: whole within their paper, the same for the same words, and without a time."""

import io

import pytest
from PIL import Image, ImageChops

from campaign.actions import posters
from campaign.actions.posters import A4, PICTURES, SQUARE, Words

SHORT = Words(
    "Heard",
    "the Home Office",
    "Count them.",
    "Nobody does.",
    ("Ask.", "Wait.", "Ask again."),
    "https://h.example/actions/a/",
)
LONG = Words(
    "Heard",
    "every police force in England, Wales, Scotland and Northern Ireland, and the ports",
    "Teach every officer the law. " * 6,
    "It is new. " * 25,
    ("Choose your police force and copy the letter. " * 5,) * 3,
    "https://a-long-name-of-a-site.example/actions/ask-your-police-force-to-teach-every-officer/",
)
DRAWN = ("poster", "what-we-ask", "why-now", "what-you-can-do")


def look(png):
    picture = Image.open(io.BytesIO(png))
    picture.load()
    return picture


@pytest.mark.slow
@pytest.mark.parametrize("words", [SHORT, LONG], ids=["short", "long"])
def test_each_stands_whole_within_its_margins_and_is_light(words):
    for name in DRAWN:
        png = PICTURES[name].draw(words)
        drawn = look(png).convert("RGB")
        left, top, right, bottom = ImageChops.difference(drawn, Image.new("RGB", drawn.size, posters.PAPER)).getbbox()

        assert drawn.size == PICTURES[name].size(words) == (A4 if name == "poster" else SQUARE)
        assert left >= 90, name
        assert right <= drawn.width - 90, name
        assert bottom <= drawn.height - 40, name
        assert len(png) < 150_000, name


@pytest.mark.slow
def test_same_words_are_the_same_file_without_a_time():
    first, again = (PICTURES["what-we-ask"].draw(SHORT) for _ in range(2))

    assert first == again
    assert PICTURES["what-we-ask"].draw(LONG) != first
    assert not look(first).info.keys() & {"date:create", "Creation Time"}
    assert b"tIME" not in first


def test_parts_of_text_on_a_picture_do_not_stand_on_each_other():
    sheet = posters._Sheet(SQUARE, "Heard")
    end = sheet.write("Why now", top=270, height=70, largest=44)

    below = sheet.write("It is new. " * 25, top=end, height=300, largest=92)

    assert end <= 340
    assert below <= end + 300


def test_an_address_goes_on_in_the_next_line_after_a_stroke_and_loses_no_letter():
    lines = [line for line, _begins in posters._lines(LONG.address, 52, room=600)]

    assert "".join(lines) == LONG.address
    assert len(lines) > 1
    assert all(line.endswith(("/", "-")) for line in lines[:-1])


def test_the_code_leads_to_the_page_and_is_of_the_size_that_is_said():
    drawn = look(PICTURES["code"].draw(SHORT))
    dots = posters._dots(SHORT.url)

    assert drawn.size == PICTURES["code"].size(SHORT)
    rows = [list(row) for row in dots.matrix_iter(border=posters._QUIET)]
    dot = posters._DOT_ALONE
    dark = drawn.convert("L")
    assert all(
        (dark.getpixel((x * dot + dot // 2, y * dot + dot // 2)) < 128) == bool(rows[y][x])
        for y in range(len(rows))
        for x in range(len(rows))
    )
