from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import pytest
from hypothesis import example, given, settings, strategies as st

from stories.reading.search import words

pytestmark = pytest.mark.store


def stems(text):
    return [words.stem_word(match[0]) for match in words.split_words(text)]


def test_two_spellings_of_one_word_are_one_and_other_words_are_others():
    for pair in (
        ("police", "POLICING"),
        ("evidence", "evidences"),
        ("don’t", "dont"),
        ("officer's", "officers"),
        ("José", "jose"),
        ("José", "Jose\u0301"),
        ("evidence", "evi\u00addence"),
        ("ŵyneb", "wyneb"),
        ("straße", "STRASSE"),
        ("ДОКАЗ", "доказ"),
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


def test_word_that_stands_often_and_text_that_is_long_are_kept_as_far_as_either_store_can():
    stems, others = words.search_document("no " * 300, "a b " * 20_000)

    assert stems.count("sno") == words.MOST_OF_ONE
    assert stems[299:302] == [words.BREAK, words.BREAK, "sa"]
    assert len(stems) == words.MOST_STEMS
    assert others == ["wno", "wa", "wb", words.EVERY]


def test_threads_stem_without_disturbing_each_other():
    asked = [f"{word}{number}ing" for number in range(300) for word in ("investigat", "arrest", "nationaliz")]
    alone = [words.stem_word(word) for word in asked]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _thread: list(map(words.stem_word, asked)), range(4))) == [alone] * 4
