import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.redaction import findings
from stories.pii import MAX_CHARACTERS, replacements


def marked(text):
    return findings.marked_pieces((text, replacements.look_through(text)))


def test_finding_carries_the_words_that_fit_it_best_and_why():
    [finding] = [piece for piece in marked("Ring me on 07700 900123, please.") if piece.key]
    assert (finding.text, finding.kind, finding.is_sure) == ("07700 900123", "phone number", True)
    assert finding.why
    assert finding.key == replacements.key_of("PHONE", "07700 900123")
    [child] = [piece for piece in marked("My daughter Amy saw it.") if piece.key]
    assert (child.text, child.kind) == ("Amy", "child's name")
    [combined] = [piece for piece in marked("I am the only Polish PCSO in Bakewell.") if piece.others]
    assert (combined.others, combined.is_sure) == ("Bakewell", False)
    assert [piece.text for piece in marked("I waited and waited.")] == ["I waited and waited."]


@pytest.mark.slow
def test_text_longer_than_one_look_is_looked_through_to_its_end():
    long = ("I waited and waited.\n" * (MAX_CHARACTERS // 20 + 10)) + "Ring 07700 900123."

    pieces = marked(long)

    assert "".join(piece.text for piece in pieces) == long
    assert [piece.text for piece in pieces if piece.key] == ["07700 900123"]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_pieces_joined_are_the_text(text):
    assert "".join(piece.text for piece in marked(text)) == text
