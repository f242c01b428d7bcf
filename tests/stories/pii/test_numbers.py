"""Bank and officers' numbers without the word that says what they are, beside numbers that lead to nobody."""

from functools import partial

import pytest

from stories.pii import find_identifying
from tests.stories.pii import scoring

BY_RULES = partial(find_identifying, by_rules_alone=True)
SETS = ["tuned_on", "kept_apart"]
LEAST = {"BANK": 0.95, "COLLAR_NUMBER": 0.85}
MOST_FALSE_MARKS = 0.02


@pytest.mark.parametrize("name", SETS)
def test_number_is_found_without_its_word(name):
    counted = scoring.score(scoring.held_out(name, of="numbers"), BY_RULES)

    for kind, least in LEAST.items():
        assert counted.count["gold", "kind", kind] >= 30
        assert counted.share("found", "gold", "kind", kind) >= least, kind


@pytest.mark.parametrize("name", SETS)
def test_count_duration_law_sum_or_room_is_no_such_number(name):
    clean = [row for row in scoring.held_out(name, of="numbers") if not row.details]

    alarms = [words for kind, words, _text in scoring.score(clean, BY_RULES).alarms if kind in LEAST]

    assert len(clean) >= 50
    assert len(alarms) <= MOST_FALSE_MARKS * len(clean), alarms


def test_international_account_is_told_by_its_check_digits():
    for text, is_one in (("IE29 AIBK 9311 5212 3456 78", True), ("IE29 AIBK 9311 5212 3456 87", False)):
        kinds = [each.kind for each in BY_RULES(f"It went to {text} and that was that.")]
        assert (kinds == ["BANK"]) is is_one, text


def test_help_line_and_emergency_number_are_no_officers():
    for number in ("101", "999", "111", "105"):
        assert BY_RULES(f"I called {number}, then I rang {number} again and {number} told me to wait.") == []
