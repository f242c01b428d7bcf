from hypothesis import given
from hypothesis import strategies as st

from stories.core import rendering
from stories.core.rendering import Piece

TEXTS = st.text(alphabet=st.sampled_from("ab .\n\té"), max_size=60)


def test_changed_words_stand_between_the_same_ones():
    pieces = rendering.compare_words("PC Holt wrote it down.", "An officer wrote it down.")

    assert pieces == [Piece("removed", "PC Holt "), Piece("added", "An officer "), Piece("same", "wrote it down.")]


def test_equal_texts_are_one_piece():
    assert rendering.compare_words("The same.\n\nText.", "The same.\n\nText.") == [Piece("same", "The same.\n\nText.")]


def test_nothing_at_all_gives_no_piece():
    assert rendering.compare_words("", "") == []


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_pieces(before, after):
    pieces = rendering.compare_words(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
