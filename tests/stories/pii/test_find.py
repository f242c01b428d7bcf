"""What find() promises whatever the text: order, offsets, limits, a bound on its work, silence."""

import gc
import importlib
import pkgutil
import random
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from stories import pii
from stories.pii import KINDS, MAX_CHARACTERS, IdentifyingError, find_identifying, words
from stories.pii.model import names
from stories.pii.tokens import NOBODY, Token
from tests.stories.pii.hostile import HOSTILE, PIECES, filled

STORY = "My ex Dave put the pictures on a site and PC Hussein at Derby said that it was a civil matter. i rang again. "
# Measured at 1.9 for the worst of them; what grows with the square of the length is past ten.
MOST_TIMES_A_STORY = 6
# A call for each character and layer, and no more: measured at 57 for the worst of them.
MOST_CALLS_A_CHARACTER = 80


def are_sorted_and_apart(found):
    return all(one.end <= other.start for one, other in pairwise(found))


def test_findings_are_sorted_and_apart():
    found = find_identifying("My ex Dave Smith, 07700 900123, lives at 12 High Street, Derby DE1 1AA. PC Jones 4521.")

    assert len(found) > 4
    assert are_sorted_and_apart(found)


@pytest.mark.full
@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40))
def test_any_text_gives_findings_inside_it_and_the_same_again(parts):
    text = "".join(parts)

    found = find_identifying(text)

    assert found == find_identifying(text)
    assert all(0 <= one.start < one.end <= len(text) and one.kind in KINDS for one in found)
    assert are_sorted_and_apart(found)


def test_offsets_count_python_characters_of_the_unchanged_text():
    text = "İ👩‍👧 My ex Siobhán Kelly rang from 07700 900123 👍🏽"

    words = [text[one.start : one.end] for one in find_identifying(text)]

    assert words == ["Siobhán Kelly", "07700 900123"]
    # Half of a surrogate pair is read over.
    assert [one.kind for one in find_identifying("\ud83d PC Jones \ude00")] == ["OFFICER_NAME"]


def test_too_long_a_text_is_refused_without_its_words():
    with pytest.raises(IdentifyingError) as error:
        find_identifying("Dave " * MAX_CHARACTERS)

    assert "Dave" not in str(error.value)
    assert find_identifying("x" * MAX_CHARACTERS) == []


def time_of(text):
    """This process's own seconds: a ratio of such times is the same on any machine."""
    began = time.process_time()
    find_identifying(text, by_rules_alone=True)
    return time.process_time() - began


@cache
def time_of_a_story():
    return min(time_of(filled(STORY)), time_of(filled(STORY)))


def calls_made(text):
    """How many calls find() makes, of functions and of the patterns' searches."""
    count = 0

    def note(_frame, event, _arg):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        find_identifying(text, by_rules_alone=True)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.full
@pytest.mark.slow
@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_text_takes_no_more_work_than_its_length_and_a_few_times_as_long_as_a_story_at_most(shape):
    text, most = filled(HOSTILE[shape]), MOST_TIMES_A_STORY * time_of_a_story()

    assert calls_made(text) <= MOST_CALLS_A_CHARACTER * MAX_CHARACTERS
    # What the machine was busy with costs one of them at most.
    assert time_of(text) <= most or time_of(text) <= most


@pytest.mark.full
@pytest.mark.slow
def test_thousands_of_unknown_words_and_shuffled_shapes_take_no_more_work_than_their_length():
    chance = random.Random(5)
    unknown = " ".join("".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=5)) for _ in range(3_300))
    shuffled = "".join(chance.choice(PIECES) for _ in range(MAX_CHARACTERS))[:MAX_CHARACTERS]

    for text in (unknown, shuffled):
        assert calls_made(text) <= MOST_CALLS_A_CHARACTER * MAX_CHARACTERS


def patterns_in(value):
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from patterns_in(each)


def all_patterns():
    for module in pkgutil.walk_packages(pii.__path__, "stories.pii."):
        if not module.name.endswith(("__main__", "network", "rule_files")):
            for value in vars(importlib.import_module(module.name)).values():
                yield from patterns_in(value)


def unbounded_in(part):
    """The repeats without a bound in a parsed pattern."""
    if isinstance(part, tuple) and str(part[0]) in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        yield from [part] if part[1][1] == re._parser.MAXREPEAT else []
    if isinstance(part, tuple | list | re._parser.SubPattern):
        for each in part:
            yield from unbounded_in(each)


def test_every_pattern_repeats_a_bounded_number_of_times():
    patterns = list(all_patterns())

    assert len(patterns) > 200
    assert list(unbounded_in(re._parser.parse(r"(?:a|b(?:c+)){2}"))), "one without a bound would be seen"
    assert [each.pattern for each in patterns if list(unbounded_in(re._parser.parse(each.pattern, each.flags)))] == []


def test_threads_agree():
    texts = [f"my ex dave{'o' * at} rang me from 07700 9001{at:02}" for at in range(12)]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(find_identifying, texts)) == [find_identifying(text) for text in texts]


def test_nothing_of_the_text_is_remembered():
    gc.collect()
    find_identifying("teh polcie laguhed at xylorphine")

    assert not [each for each in gc.get_objects() if isinstance(each, Token) and each is not NOBODY]
    assert words.is_slip.cache_info().currsize == 0
    assert words.is_slip_of_small_word.cache_info().currsize == 0
    if names.is_here():
        assert names._loaded()[1].cut.cache_info().currsize == 0


def test_once_loaded_it_opens_no_file_and_no_connection(monkeypatch, caplog):
    text = "teh polcie laguhed at xylorphine, my ex Dave and PC Smith in Bakewell on 1 May 2024"
    expected = find_identifying(text)

    def refuse(*_args, **_kwargs):
        raise AssertionError("opened something")

    for place in ("builtins.open", "io.open", "os.open", "socket.socket"):
        monkeypatch.setattr(place, refuse)

    assert find_identifying(text) == expected
    assert caplog.records == []
