"""Text as safe HTML, as an opening, as words that differ and as cells of a spreadsheet."""

import csv

from hypothesis import given, strategies as st

from stories.core import rendering
from stories.core.rendering import Piece

TEXTS = st.text(alphabet=st.sampled_from("ab .\n\té"), max_size=60)


def test_text_is_paragraphs_with_every_character_escaped():
    for text, html in {
        "<b a=\"1\"> & 'so' on": "<p>&lt;b a=&quot;1&quot;&gt; &amp; &#x27;so&#x27; on</p>",
        "One.\nStill one.\n \t\n\n\nTwo.\n": "<p>One.<br>\nStill one.</p>\n<p>Two.</p>",
        "One.\r\n\r\nTwo.\r\rThree.": "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>",
        " \n\n \t\n": "",
        "One.\n\n   Two.": "<p>One.</p>\n<p>Two.</p>",
    }.items():
        assert rendering.text_as_html(text) == html


def test_opening_is_one_line_that_ends_at_the_end_of_a_word():
    for text, length, opening in [
        ("I rang 101.\n\nNobody came.", 60, "I rang 101. Nobody came."),
        ("I rang, and nobody answered", 9, "I rang…"),
        ("I rang, and nobody answered", 11, "I rang, and…"),
        ("I rang 101", 10, "I rang 101"),
        ("A" * 50, 10, "A" * 10 + "…"),
    ]:
        assert rendering.text_opening(text, length=length) == opening


def test_changed_words_stand_between_the_same_ones():
    pieces = rendering.compare_words("PC Holt wrote it down.", "An officer wrote it down.")

    assert pieces == [Piece("removed", "PC Holt "), Piece("added", "An officer "), Piece("same", "wrote it down.")]
    assert rendering.compare_words("The same.\n\nText.", "The same.\n\nText.") == [Piece("same", "The same.\n\nText.")]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_pieces(before, after):
    pieces = rendering.compare_words(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


def test_cell_that_a_spreadsheet_would_run_is_a_text():
    for cell in ("=1+1", "+44", "-1", "@sum", "\t=1", "\r=1", "\n=1", "＝1+1", "＠sum"):
        (line,) = rendering.csv_lines([[cell, 7]])

        assert next(csv.reader([line])) == [f"'{cell}", "7"] or cell[0] in "\r\n"
        assert rendering.safe_cell(cell) == f"'{cell}"
