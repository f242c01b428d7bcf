"""Cutting a text into the pieces that the network knows."""

from stories.pii.model.names import Vocabulary

LINES = [*("[PAD]", "[UNK]", "[CLS]", "[SEP]"), *("dave", "da", "##ve", "##v", "##es", "s", "siob", "##han"), *".'@’"]


def cut(text):
    return [(LINES[number], text[start:end]) for number, start, end in Vocabulary(LINES).pieces(text)]


PIECES = {
    # The longest known beginning is taken again and again.
    "Davve": [("da", "Da"), ("##v", "v"), ("##ve", "ve")],
    "dave daves.": [("dave", "dave"), ("[UNK]", "daves"), (".", ".")],
    # Accents and capitals are read over, and the place stays.
    "x Siobhán.": [("[UNK]", "x"), ("siob", "Siob"), ("##han", "hán"), (".", ".")],
    # A letter that grows in lower case keeps the place of its word.
    "İdave dave": [("[UNK]", "İdave"), ("dave", "dave")],
    # An endless word is one piece, and what is no word is none.
    "d" * 300: [("[UNK]", "d" * 300)],
    " \n\t": [],
}


def test_text_is_cut_into_known_pieces_and_punctuation_stands_alone():
    assert {text: cut(text) for text in PIECES} == PIECES
    assert [shown for _, shown in cut("dave's @dave’s")] == ["dave", "'", "s", "@", "dave", "’", "s"]
    assert {number for number, _ in cut("\u200b 😭")} <= {"[UNK]"}
