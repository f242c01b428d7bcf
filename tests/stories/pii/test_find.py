"""What find() promises whatever the text: order, offsets, limits, a bound on its work, silence."""

import gc
import importlib
import pkgutil
import random
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from stories import pii
from stories.pii import KINDS, MAX_CHARACTERS, IdentifyingError, find_identifying, words
from stories.pii.model import names
from stories.pii.tokens import NOBODY, Token
from tests.stories.pii.hostile import HOSTILE, PIECES, filled
from tests.work import calls_made, is_bounded

# A call for each character and layer, and no more: measured at 57 for the worst of them.
MOST_CALLS = 80 * MAX_CHARACTERS


def are_sorted_and_apart(found):
    return all(one.end <= other.start for one, other in pairwise(found))


def test_findings_are_sorted_and_apart():
    found = find_identifying("My ex Dave Smith, 07700 900123, lives at 12 High Street, Derby DE1 1AA. PC Jones 4521.")

    assert len(found) > 4
    assert are_sorted_and_apart(found)


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


@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_text_takes_no_more_work_than_its_length(shape):
    """How long that takes, beside a story, `bench/identifying.py` says."""
    assert calls_made(find_identifying, filled(HOSTILE[shape]), by_rules_alone=True) <= MOST_CALLS


def test_unknown_words_and_shuffled_shapes_take_no_more_work_than_their_length():
    chance = random.Random(5)
    unknown = " ".join("".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=5)) for _ in range(3_300))
    shuffled = "".join(chance.choice(PIECES) for _ in range(MAX_CHARACTERS))[:MAX_CHARACTERS]

    for text in (unknown, shuffled):
        assert calls_made(find_identifying, text, by_rules_alone=True) <= MOST_CALLS


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


def test_every_pattern_repeats_a_bounded_number_of_times():
    patterns = list(all_patterns())

    assert len(patterns) > 200
    assert not is_bounded(re.compile(r"(?:a|b(?:c+)){2}")), "one without a bound would be seen"
    assert [each.pattern for each in patterns if not is_bounded(each)] == []


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

    # pytest and its plugins open files too, before the test's own patches end.
    with monkeypatch.context() as patch:
        for place in ("builtins.open", "io.open", "os.open", "socket.socket"):
            patch.setattr(place, refuse)
        found = find_identifying(text)

    assert found == expected
    assert caplog.records == []
