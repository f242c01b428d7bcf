"""Named examples, by what they are of: what is found whole, and what only looks like it."""

from functools import partial

import pytest

from stories.pii import find_identifying
from stories.pii.context import places
from stories.pii.rule_files import sections_of
from tests.stories.pii import scoring

EXAMPLES = sections_of(scoring.DATA / "examples.txt")
BY_RULES = partial(find_identifying, by_rules_alone=True)


def is_found(line, find):
    row = scoring.marked_line(line.removeprefix("= "))
    wanted = {(each.kind, each.start, each.end) for each in row.details}
    found = {(each.kind, each.start, each.end) for each in find(row.text)}
    return found == wanted if line.startswith("= ") or not wanted else wanted <= found


@pytest.mark.parametrize("section", EXAMPLES)
def test_what_is_marked_is_found_whole_and_nothing_where_nothing_is(section):
    assert [line for line in EXAMPLES[section].splitlines() if not is_found(line, find_identifying)] == []


def test_examples_are_there():
    assert sum(len(lines.splitlines()) for lines in EXAMPLES.values()) > 490


@pytest.mark.parametrize("section", ["welsh", "shapes"])
def test_rules_alone_find_it_too(section):
    assert [line for line in EXAMPLES[section].splitlines() if not is_found(line, BY_RULES)] == []


def test_welsh_town_is_known_by_any_first_letter_and_english_has_none():
    for town in ("caernarfon", "nghaernarfon", "gaernarfon", "mangor", "fangor", "ddinbych", "lanrwst"):
        assert places.is_a_town(town), town
    for text in ("I met Paula in the pub", "i Gave up", "we met at Gate 4"):
        assert not [each for each in BY_RULES(text) if each.kind == "PLACE"], text
