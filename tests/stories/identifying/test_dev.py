"""Keeps the recall and precision reached on the project's synthetic texts."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from stories.identifying import find

pytestmark = pytest.mark.slow
DATA = Path(__file__).parent / "data" / "dev.jsonl"
EACH = {
    **dict.fromkeys(
        ("EMAIL", "URL", "PHONE", "POSTCODE", "NI_NUMBER", "BANK", "EXACT_DATE", "NHS_NUMBER", "VRM"), 0.97
    ),
    **dict.fromkeys(("PERSON", "OFFICER_NAME"), 0.97),
    **dict.fromkeys(("CRIME_REF", "COLLAR_NUMBER", "HANDLE", "AGE"), 0.98),
    **dict.fromkeys(("ADDRESS", "PLACE"), 0.97),
    "SCHOOL_EMPLOYER": 0.95,
}


def letters(text, span):
    return {at for at in range(span[0], span[1]) if text[at].isalnum()}


@cache
def scores():
    """As the benchmark counts: found when half of a span is covered, right when half of a finding lies in spans."""
    count = Counter()
    for line in DATA.read_text(encoding="utf-8").splitlines():
        count += score_text(json.loads(line))
    return count


def score_text(row):
    text, count = row["text"], Counter()
    gold = [(each["type"], letters(text, (each["start"], each["end"]))) for each in row["spans"]]
    neutral = set().union(*(letters(text, (each["start"], each["end"])) for each in row["neutral"]))
    found = [letters(text, (each.start, each.end)) for each in find(text)]
    covered, wanted = set().union(*found), set().union(*(span for _, span in gold))
    for kind, span in gold:
        count["gold", kind] += 1
        count["found", kind] += 2 * len(span & covered) >= len(span)
        count["whole"] += span <= covered
    right = [
        2 * len(one & wanted) >= len(one) or any(2 * len(one & span) >= len(span) for _, span in gold) for one in found
    ]
    wrong = sum(not ok and not one & neutral for ok, one in zip(right, found, strict=True))
    count.update(
        {
            "right": sum(right),
            "wrong": wrong,
            "words": len(text.split()),
            "clean": not gold,
            "quiet": not gold and not wrong,
        }
    )
    return count


@pytest.mark.parametrize("kind", EACH)
def test_each_kind_is_found(kind):
    count = scores()

    assert count["found", kind] / count["gold", kind] >= EACH[kind]


def test_overall_bars_are_kept():
    count = scores()
    gold = sum(value for key, value in count.items() if key[0] == "gold")
    found = sum(value for key, value in count.items() if key[0] == "found")

    assert found / gold >= 0.985
    assert count["whole"] / gold >= 0.98
    assert count["right"] / (count["right"] + count["wrong"]) >= 0.99


def test_texts_with_nothing_in_them_stay_quiet():
    count = scores()

    assert count["quiet"] / count["clean"] >= 0.97
    assert 100 * count["wrong"] / count["words"] <= 0.1
