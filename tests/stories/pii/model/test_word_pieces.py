"""Cutting a text into the pieces that the network knows."""

import pytest

from stories.pii.model.names import UNKNOWN, Vocabulary

LINES = [*("[PAD]", "[UNK]", "[CLS]", "[SEP]"), *("dave", "da", "##ve", "##v", "##es", "s", "siob", "##han"), *".'@’"]


def cut(text):
    return [(LINES[piece.number], text[piece.start : piece.end]) for piece in Vocabulary(LINES).pieces(text)]


def test_longest_known_beginning_is_taken_again_and_again():
    assert cut("Davve") == [("da", "Da"), ("##v", "v"), ("##ve", "ve")]
    assert cut("dave daves.") == [("dave", "dave"), ("[UNK]", "daves"), (".", ".")]


def test_accents_and_capitals_are_read_over_and_the_place_stays():
    assert cut("x Siobhán.") == [("[UNK]", "x"), ("siob", "Siob"), ("##han", "hán"), (".", ".")]


def test_punctuation_stands_alone():
    assert [shown for _, shown in cut("dave's @dave’s")] == ["dave", "'", "s", "@", "dave", "’", "s"]


def test_letter_that_grows_in_lower_case_keeps_the_place_of_its_word():
    assert cut("İdave dave") == [("[UNK]", "İdave"), ("dave", "dave")]


def test_endless_word_is_one_unknown_piece():
    pieces = Vocabulary(LINES).pieces("d" * 300)

    assert [(piece.number, piece.end) for piece in pieces] == [(UNKNOWN, 300)]


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b", "😭"])
def test_text_without_words_has_no_more_than_unknown_pieces(text):
    assert {number for number, _ in cut(text)} <= {"[UNK]"}


def test_words_are_forgotten_when_asked():
    vocabulary = Vocabulary(LINES)
    vocabulary.pieces("dave")

    vocabulary.forget()

    assert vocabulary._cut.cache_info().currsize == 0
