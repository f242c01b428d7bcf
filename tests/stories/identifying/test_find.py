"""What find() promises whatever the text: order, offsets, limits, speed, silence."""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.identifying import KINDS, MAX_CHARACTERS, TooLong, find, words
from stories.identifying.finding import Finding

PIECES = [
    "PC Smith",
    "my ex Dave",
    "07700 900123",
    "a_b_c",
    "@",
    "...",
    "@@",
    "flat 1, ",
    "St. ",
    "12/",
    "-",
    "'s ",
    "O'",
    "http://",
    "mr ",
    "é",
    "👩‍👧",
    "the officer ",
    "school ",
    "University of ",
    "İ",
    "\n",
    " and ",
    ", ",
    "0",
    "ref no ",
    "x_",
    ".com/",
    "MARCH ",
    "live in ",
    "A ",
    "’",
    "ß",
    "zz99 ",
]
HOSTILE = {
    "one letter": "a",
    "one digit": "7",
    "spaces": " ",
    "digits and spaces": "0 ",
    "dashes": "1-",
    "at signs": "a@",
    "dots": "a.",
    "underscores": "a_",
    "brackets": "((((",
    "slashes": "1/",
    "ranks": "PC ",
    "initials": "A. ",
    "titles": "Aaron ",
    "typos": "qzxwvjk ",
    "links": "http://a.",
    "houses": "12 High ",
    "schools": "Saint school ",
    "references": "ref no is ",
    "owners": "my ex ",
    "newlines": "\n",
    "number words": "one two ",
    "accents": "Ǻé’",
    "capitals": "IT WAS PC ",
    "cues and strangers": "told ǅ",
    "apostrophes": "d'a'St ",
}


def test_findings_are_sorted_and_apart():
    found = find("My ex Dave Smith, 07700 900123, lives at 12 High Street, Derby DE1 1AA. PC Jones 4521 came.")

    assert found == sorted(found)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40))
def test_any_text_gives_findings_inside_it_and_the_same_again(parts):
    text = "".join(parts)

    found = find(text)

    assert found == find(text)
    assert all(0 <= one.start < one.end <= len(text) and one.kind in KINDS for one in found)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))


def test_offsets_count_python_characters_of_the_unchanged_text():
    text = "İ👩‍👧 My ex Siobhán Kelly rang from 07700 900123 👍🏽"

    words = [text[one.start : one.end] for one in find(text)]

    assert words == ["Siobhán Kelly", "07700 900123"]


def test_too_long_a_text_is_refused_without_its_words():
    with pytest.raises(TooLong) as error:
        find("Dave " * MAX_CHARACTERS)

    assert "Dave" not in str(error.value)


def test_a_text_at_the_limit_is_read():
    assert find("x" * MAX_CHARACTERS) == []


@pytest.mark.slow
@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_text_is_read_within_three_seconds(shape):
    text = (HOSTILE[shape] * MAX_CHARACTERS)[:MAX_CHARACTERS]

    started = time.perf_counter()
    find(text)

    assert time.perf_counter() - started < 3


@pytest.mark.slow
def test_thousands_of_unknown_words_are_read_within_three_seconds():
    chance = random.Random(5)
    text = " ".join("".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=5)) for _ in range(3_300))

    started = time.perf_counter()
    find(text)

    assert time.perf_counter() - started < 3


@pytest.mark.slow
def test_three_hundred_words_are_read_in_a_fraction_of_a_second():
    text = "my ex dave put the pics on a site and pc hussein at derby said it was a civil matter. " * 17

    started = time.perf_counter()
    find(text)

    assert time.perf_counter() - started < 0.3


def test_threads_agree():
    texts = [f"my ex dave{'o' * at} rang me from 07700 9001{at:02}" for at in range(40)]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(find, texts)) == [find(text) for text in texts]


def test_nothing_of_the_text_is_remembered():
    find("teh polcie laguhed at xylorphine")

    assert words.is_slip.cache_info().currsize == 0
    assert words.is_slip_of_small_word.cache_info().currsize == 0


@pytest.mark.slow
def test_shuffled_hostile_text_is_read_within_three_seconds():
    chance = random.Random(4)
    text = "".join(chance.choice(PIECES) for _ in range(MAX_CHARACTERS))[:MAX_CHARACTERS]

    started = time.perf_counter()
    find(text)

    assert time.perf_counter() - started < 3


def test_findings_cannot_be_changed():
    with pytest.raises(AttributeError):
        Finding(0, 1, "PERSON", "why", sure=True).start = 2
