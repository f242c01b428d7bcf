"""The statement on accessibility: each criterion of WCAG 2.2 once, and none said to be checked by a test that isn't."""

import re
from pathlib import Path

import pytest

from campaign.blocks.live import CRITERIA
from stories.core import tables

TESTS = Path(__file__).parents[2]
LEVEL_A = "1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3"
LEVEL_A += " 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2"
LEVEL_AA = "1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8"
LEVEL_AA += " 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3"
# The tests behind each way of checking; "transcript" is read in docs/heard-aloud/.
BEHIND = tables.read(__file__)


def test_each_criterion_stands_there_once_with_its_level_its_result_and_who_looked():
    levels = {level: [number for number, row in CRITERIA.items() if row["level"] == level] for level in ("A", "AA")}
    assert sorted(levels["A"]) == sorted(LEVEL_A.split())
    assert sorted(levels["AA"]) == sorted(LEVEL_AA.split())
    assert len(CRITERIA) == 55
    for number, row in CRITERIA.items():
        assert row["state"] in ("met", "partly", "not", "nothing"), number
        if row["state"] == "nothing":
            assert "checked" not in row, number
        else:
            assert row["says"].endswith("."), number
            assert row["checked"] == ["nobody"] or set(row["checked"]) <= {"machine", "keyboard", "transcript"}, number


@pytest.mark.parametrize("how", ["machine", "keyboard", "transcript"])
def test_what_is_said_to_be_checked_has_its_tests(how):
    said = {number for number, row in CRITERIA.items() if how in row.get("checked", ())}
    assert BEHIND[how].keys() == said
    for number, tests in BEHIND[how].items():
        for test in tests:
            path, _colons, name = test.partition("::")
            assert re.search(rf"^def {name}\(", (TESTS / path).read_text(), re.M), f"{number}: {test}"
