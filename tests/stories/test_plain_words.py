"""What a reader reads of a value."""

import pytest

from stories.plain_words import within


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
