from hypothesis import given
from hypothesis import strategies as st

from stories import word_diff
from stories.word_diff import Piece

TEXTS = st.text(alphabet=st.sampled_from("ab .\n\té"), max_size=60)


def test_changed_words_stand_between_the_same_ones():
    pieces = word_diff.compare("PC Holt wrote it down.", "An officer wrote it down.")

    assert pieces == [Piece("removed", "PC Holt "), Piece("added", "An officer "), Piece("same", "wrote it down.")]


def test_equal_texts_are_one_piece():
    assert word_diff.compare("The same.\n\nText.", "The same.\n\nText.") == [Piece("same", "The same.\n\nText.")]


def test_nothing_at_all_gives_no_piece():
    assert word_diff.compare("", "") == []


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_pieces(before, after):
    pieces = word_diff.compare(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
