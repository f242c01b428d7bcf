"""What the scanner of danger finds and what it marks for nothing, on sentences that its rules were not made with.

Ninety of 100 of those in danger and of children is what we want and what is held here.
"""

import functools

import pytest

from stories.danger import scan_for_danger
from tests.stories.danger import measuring
from tests.stories.danger.measuring import BUILT_ON

LEAST_NOW_FOUND, LEAST_CHILDREN_FOUND = 0.90, 0.90
MOST_LOOK_ALIKES, MOST_ORDINARY = 0.20, 0.02
MOST_PAST_MISSED = 0.35
LEAST_OF_EACH, MOST_ALIKE = 150, 8

_rows = functools.cache(measuring.rows)


@pytest.mark.parametrize("name", ["build", "build_too", "held_out"])
def test_each_set_is_large_enough_to_say_something(name):
    rows = _rows(name)
    of_danger = ([row for row in rows if row.life == "now"], [row for row in rows if row.child])
    of_none = [measuring.of_kinds(rows, kinds) for kinds in (measuring.LOOK_ALIKES, measuring.ORDINARY)]

    assert min(map(len, [*of_danger, *of_none])) >= LEAST_OF_EACH


@pytest.mark.parametrize("name", BUILT_ON)
def test_no_sentence_is_in_both_sets(name):
    built_on, held_out = ({row.text.casefold() for row in _rows(each)} for each in (name, "held_out"))

    assert len(built_on & held_out) <= MOST_ALIKE, "short ones (I'm 15.) are thought of twice; more would be a copy"


def test_danger_is_found_and_what_only_looks_like_it_is_seldom_urgent():
    rows = _rows("held_out")
    past = [row for row in rows if row.life == "past" and not row.child]
    _, _, missed = measuring.pasts(rows)

    assert measuring.now_found(rows) >= LEAST_NOW_FOUND
    assert measuring.children_found(rows) >= LEAST_CHILDREN_FOUND
    assert measuring.urgent(measuring.of_kinds(rows, measuring.LOOK_ALIKES)) <= MOST_LOOK_ALIKES
    assert measuring.urgent(past) <= MOST_LOOK_ALIKES
    assert missed <= MOST_PAST_MISSED
    assert measuring.urgent(measuring.of_kinds(rows, measuring.ORDINARY)) <= MOST_ORDINARY


@pytest.mark.parametrize("name", ["finder", "demo"])
def test_ordinary_accounts_are_hardly_ever_urgent(name):
    """Some of the finder's speak of a child, and are rightly marked; they count here all the same."""
    texts = measuring.accounts()[name]

    assert sum(scan_for_danger(text).is_urgent for text in texts) / len(texts) <= MOST_ORDINARY
