"""What a reader reads of a value."""

import pytest

from stories.core import publication_gate
from stories.core.rendering import words_within as within


def read(value):
    return [text.split() for text in within(value) if text.strip()]


def test_plain_words_are_themselves():
    assert read("Ring back.") == [["Ring", "back."]]


def test_number_stays_whole_where_a_part_of_it_is_bold():
    assert "07700 900123" in next(within("<p>Ring <b>07700</b> 900<i>123</i>.</p>"))


def test_paragraphs_are_kept_apart():
    assert read("<p>One.</p><p>Two.</p>") == [["One.", "Two."]]
    assert "One.Two." not in next(within("<p>One.</p><p>Two.</p>"))


def test_where_a_link_leads_is_read_too():
    assert read('<p>Write <a href="mailto:jamie@nettle.example?a=1&amp;b=2">here</a>.</p>') == [
        ["Write", "here."],
        ["mailto:jamie@nettle.example?a=1&b=2"],
    ]


def test_what_stands_between_angle_brackets_and_is_no_mark_is_words():
    assert read("Jamie <jamie@nettle.example>") == [["Jamie", "<jamie@nettle.example>"]]


def test_signs_of_html_are_read_as_what_they_show():
    assert read("<p>&#48;7700&nbsp;900123 &lt;3</p>") == [["07700", "900123", "<3"]]


@pytest.mark.parametrize("value", ["", None, 5, [], {}, True])
def test_what_has_no_words_has_none(value):
    assert read(value) == []


def test_words_within_blocks_are_read_without_their_marks():
    stream = [{"type": "quote", "id": "4f1b", "value": {"text": "Sorry.", "rows": [{"values": ["A", "B"]}]}}]

    assert read(stream) == [["Sorry."], ["A"], ["B"]]


# --- Numbers and addresses that a link holds -------------------------------------------------


def found_in(value):
    return [(each.found.kind, each.words) for each in publication_gate.held_back(within(value))]


@pytest.mark.parametrize("address", ["mailto:jane@nettle.example", "mailto:jane%40nettle.example?subject=Hello"])
def test_mail_address_in_a_link_is_read_as_a_browser_reads_it(address):
    assert found_in(f'<p><a href="{address}">Write</a></p>') == [("EMAIL", "jane@nettle.example")]
    assert found_in(address) == [("EMAIL", "jane@nettle.example")]


@pytest.mark.parametrize(
    "address",
    [
        "tel:+447700900456",
        "tel:%2B447700900456",
        "https://wa.me/447700900456",
        "https://wa.me/+44%207700%20900456?text=Hi",
        "https://words.example/?to=1&amp;q=07700900456",
        "https://words.example/?q=07700+900+456",
        "/search/07700-900-456/",
    ],
)
def test_number_within_the_address_of_a_link_is_read(address):
    assert "PHONE" in {kind for kind, _ in found_in(f'<p><a href="{address}">Ring</a></p>')}


@pytest.mark.parametrize("address", ["https://wa.me/447700900456", "https://words.example/?q=07700900456"])
def test_number_within_an_address_that_is_no_link_is_read(address):
    assert "PHONE" in {kind for kind, _ in found_in({"url": address})}
    assert "PHONE" in {kind for kind, _ in found_in(f"<p>It is at {address}.</p>")}


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/2024-01-15-165450842/",
        "https://news.example/2024-01-15-123456/",
        "https://words.example/id/9781234567897",
        "https://law.example/ukpga/2015/2/section/33#0440",
        "https://words.example/1048576104857610485761048576",
    ],
)
def test_other_numbers_of_an_address_are_no_phone_number(address):
    assert found_in(f'<p><a href="{address}">Read it</a></p>') == []
