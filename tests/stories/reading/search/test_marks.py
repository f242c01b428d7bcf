import pytest
from hypothesis import given, settings, strategies as st

from stories.reading.search import marks, terms

pytestmark = pytest.mark.store

TEXT = (
    "I rang 101 on a Sunday.\n\nThe officer was kind, and policed nothing. "
    + "We waited for a long time. " * 20
    + "Then the officers lost the evidence, and nobody called me back."
)


def marked(pieces):
    return [piece.words for piece in pieces if piece.is_marked]


def line(pieces):
    return "".join(piece.words for piece in pieces)


def test_what_was_searched_for_is_marked_and_what_is_left_out_is_not():
    for typed, expected in {
        "police": ["policed"],
        "POLICING sunday": ["Sunday", "policed"],
        '"called me back"': ["called me back"],
        '"called back"': [],
        "evid*": ["evidence"],
        "heron": [],
        "heron -evidence": [],
        "evidence -police": ["evidence"],
        'nobody "nobody called"': ["nobody called"],
    }.items():
        assert marked(marks.marked_snippet(TEXT, terms.parse_search(typed))) == expected, typed
    assert marks.marked_snippet("", terms.parse_search("heron")) == []


def test_snippet_is_where_most_of_the_terms_stand_together():
    pieces = marks.marked_snippet(TEXT, terms.parse_search("officer evidence lost"))

    assert marked(pieces) == ["officers", "lost", "evidence"]
    assert line(pieces).endswith("called me back.")


def test_snippet_is_one_line_that_begins_and_ends_at_words():
    beginning, middle = (line(marks.marked_snippet(TEXT, terms.parse_search(typed))) for typed in ("101", "evidence"))

    assert beginning.startswith("I rang 101 on a Sunday. The officer")
    assert beginning.endswith(" …")
    assert middle.startswith("… ")
    assert set(f"{beginning} {middle}".replace("…", "").split()) <= set(TEXT.split())
    assert max(len(beginning), len(middle)) <= marks.LENGTH + 4


def test_whole_title_is_shown_with_its_words_marked():
    pieces = marks.marked_text("Nobody called me back", terms.parse_search("call backs"))

    assert [(piece.words, piece.is_marked) for piece in pieces] == [
        ("Nobody ", False),
        ("called", True),
        (" me ", False),
        ("back", True),
    ]


@settings(max_examples=100)
@given(st.text(alphabet="ab é’-\n\u0301", max_size=400), st.text(alphabet='ab"*- é', max_size=20), st.integers(1, 80))
def test_pieces_are_the_text_itself_whatever_it_is(text, typed, length):
    search = terms.parse_search(typed)

    assert line(marks.marked_text(text, search)).split() == text.split()
    assert line(marks.marked_snippet(text, search, length=length)).strip("… ") in " ".join(text.split())
