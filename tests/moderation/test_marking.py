import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation import marking
from stories.identifying import MAX_CHARACTERS


def test_finding_carries_its_kind_in_words_and_why():
    pieces = marking.marked("Ring me on 07700 900123, please.")

    [finding] = [piece for piece in pieces if piece.kind]
    assert (finding.text, finding.kind) == ("07700 900123", "phone number")
    assert finding.why


def test_plain_text_is_one_piece():
    assert [piece.text for piece in marking.marked("I waited and waited.")] == ["I waited and waited."]


def test_kinds_are_counted_in_words():
    assert marking.kinds_in("07700 900123 and 07700 900124 and someone@example.com") == {
        "phone number": 2,
        "email address": 1,
    }


@pytest.mark.slow
def test_text_longer_than_one_look_is_looked_through_to_its_end():
    long = ("I waited and waited.\n" * (MAX_CHARACTERS // 20 + 10)) + "Ring 07700 900123."

    pieces = marking.marked(long)

    assert "".join(piece.text for piece in pieces) == long
    assert [piece.text for piece in pieces if piece.kind] == ["07700 900123"]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_pieces_joined_are_the_text(text):
    assert "".join(piece.text for piece in marking.marked(text)) == text
