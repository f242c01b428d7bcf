"""Words as search reads them, the terms that somebody types, and their places in a text."""

from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import pytest
from hypothesis import example, given, settings, strategies as st

from stories.reading.search import marks, terms, words

pytestmark = pytest.mark.store


def stems(text):
    return [words.stem_word(match[0]) for match in words.split_words(text)]


def test_two_spellings_of_one_word_are_one_and_other_words_are_others():
    for pair in (
        *(("police", "POLICING"), ("evidence", "evidences"), ("don’t", "dont"), ("officer's", "officers")),
        *(("José", "jose"), ("José", "Jose\u0301"), ("evidence", "evi\u00addence"), ("ŵyneb", "wyneb")),
        *(("straße", "STRASSE"), ("ДОКАЗ", "доказ")),
    ):
        assert len({tuple(stems(each)) for each in pair}) == len(stems(pair[0])) == 1, pair
    for one, other in (("police", "policy"), ("доказ", "показ"), ("証拠", "証"), ("1", "11")):
        assert stems(one) != stems(other)


@settings(max_examples=100)
@given(st.text(max_size=200))
@example("\ud800 \x00 ‮ ﹰ ½ ﷺ e\u0301")
def test_of_any_text_stay_letters_and_digits_that_no_store_reads_otherwise(text):
    for token in chain(*words.search_document(text, text)):
        assert token.isascii()
        assert token.isalnum()
        assert token == token.lower()
        assert len(token) <= 1000


def test_frequent_word_and_long_text_are_kept_as_far_as_either_store_can():
    stems, others = words.search_document("no " * 300, "a b " * 20_000)

    assert stems[299:302] == [words.BREAK, words.BREAK, "sa"]
    assert (stems.count("sno"), len(stems)) == (words.MOST_OF_ONE, words.MOST_STEMS)
    assert others == ["wno", "wa", "wb", words.EVERY]


def test_threads_stem_without_disturbing_each_other():
    asked = [f"{word}{number}ing" for number in range(300) for word in ("investigat", "arrest", "nationaliz")]
    alone = [words.stem_word(word) for word in asked]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _thread: list(map(words.stem_word, asked)), range(4))) == [alone] * 4


def written(search):
    """Terms as short text: `-` leaves out, `+` joins a phrase, `*` ends a beginning."""
    return [
        f"{'-' * term.is_out}{'+'.join(token[1:] for token in term.tokens)}{'*' * term.is_beginning}"
        for term in search.terms
    ]


READ = {
    "": [],
    "police Evidence": ["polic", "evid"],
    "police policing POLICE": ["polic"],
    '"called me back" rang': ["call+me+back", "rang"],
    "“called me back” „rang up«": ["call+me+back", "rang+up"],
    "-police –officers −courts": ["-polic", "-offic", "-court"],
    '-"civil matter"': ["-civil+matter"],
    'police -"': ["polic"],
    "follow-up 101/999": ["follow+up", "101+999"],
    "a - b": ["a", "b"],
    '"not closed': ["not+close"],
    "evid* -évid*": ["evid*", "-evid*"],
    "(evid*)": ["evid*"],
    "title:police AND NEAR(a, b) OR ^c": ["titl+polic", "and", "near+a", "b", "or", "c"],
}
READ_OTHERWISE = {
    "ev*": (["ev"], terms.TOO_SHORT),
    "-e*": (["-e"], terms.TOO_SHORT),
    '"call* back"': (["call+back"], terms.STAR),
    "ev*dence": (["ev+denc"], terms.STAR),
    "follow-up*": (["follow+up"], terms.STAR),
    "*": ([], terms.NOTHING),
    "?! \x00 — “”": ([], terms.NOTHING),
    " ".join(map(str, range(25))): ([str(number) for number in range(20)], terms.TOO_MANY),
    "x" * 300: (["x" * 60], terms.TOO_LONG),
    f"{'police ' * 28}evidence": (["polic"], terms.TOO_LONG),
}


def test_terms_are_read_as_they_are_meant_and_what_was_read_otherwise_is_told():
    for typed, (expected, *notes) in ({typed: (read,) for typed, read in READ.items()} | READ_OTHERWISE).items():
        search = terms.parse_search(typed)

        assert (written(search), list(search.notes)) == (expected, notes), typed


@settings(max_examples=100)
@given(st.text(max_size=300))
@example('"""*** -"" -* ""* NEAR( ) { } ^ : + | & ! <-> \' \\ %s %(x)s')
def test_any_text_is_a_search_within_its_limits(typed):
    search = terms.parse_search(typed)

    assert len(search.terms) <= terms.MOST_TERMS
    assert all(term.tokens and all(term.tokens) for term in search.terms)
    assert bool(search.terms) or not typed.strip() or terms.NOTHING in search.notes


TEXT = (
    "I rang 101 on a Sunday.\n\nThe officer was kind, and policed nothing. "
    + "We waited for a long time. " * 20
    + "Then the officers lost the evidence, and nobody called me back."
)


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
        # Where most of the terms stand together.
        "officer evidence lost": ["officers", "lost", "evidence"],
    }.items():
        pieces = marks.marked_snippet(TEXT, terms.parse_search(typed))
        assert [piece.words for piece in pieces if piece.is_marked] == expected, typed
    assert marks.marked_snippet("", terms.parse_search("heron")) == []
    title = marks.marked_text("Nobody called me back", terms.parse_search("call backs"))
    told = [(piece.words, piece.is_marked) for piece in title]
    assert told == [("Nobody ", False), ("called", True), (" me ", False), ("back", True)]


def test_snippet_is_one_line_that_begins_and_ends_at_words():
    asked = ("101", "evidence", "officer evidence lost")
    beginning, middle, end = (line(marks.marked_snippet(TEXT, terms.parse_search(typed))) for typed in asked)

    assert end.endswith("called me back.")
    assert beginning.startswith("I rang 101 on a Sunday. The officer")
    assert beginning.endswith(" …")
    assert middle.startswith("… ")
    assert set(f"{beginning} {middle}".replace("…", "").split()) <= set(TEXT.split())
    assert max(len(beginning), len(middle)) <= marks.LENGTH + 4


@settings(max_examples=100)
@given(st.text(alphabet="ab é’-\n\u0301", max_size=400), st.text(alphabet='ab"*- é', max_size=20), st.integers(1, 80))
def test_pieces_are_the_text_itself_whatever_it_is(text, typed, length):
    search = terms.parse_search(typed)

    assert line(marks.marked_text(text, search)).split() == text.split()
    assert line(marks.marked_snippet(text, search, length=length)).strip("… ") in " ".join(text.split())
