"""Keeps what was reached on held-out texts: those the rules were tuned on, ours kept apart, and those by strangers."""

from functools import cache, partial

import pytest

from stories.pii import find_identifying
from stories.pii.model import names
from tests.stories.pii import scoring
from tests.stories.pii.test_dev import WAYS

pytestmark = pytest.mark.slow
# Recall, whole, precision, quiet: what was reached, less the weight of two or three details.
BARS = {
    ("tuned_on", "rules alone"): (0.978, 0.965, 0.99, 0.98),
    ("tuned_on", "with the model"): (0.985, 0.975, 0.99, 0.98),
    ("kept_apart", "rules alone"): (0.935, 0.93, 0.97, 0.96),
    ("kept_apart", "with the model"): (0.945, 0.94, 0.97, 0.96),
    ("by_strangers", "rules alone"): (0.965, 0.955, 0.975, 0.94),
    ("by_strangers", "with the model"): (0.97, 0.965, 0.975, 0.94),
}
TEXTS = ["tuned_on", "kept_apart", "by_strangers"]


@cache
def counted(name, way):
    return scoring.score(scoring.held_out(name), partial(find_identifying, by_rules_alone=way == "rules alone"))


@pytest.mark.full
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", TEXTS)
def test_bars_are_kept(name, way, capsys):
    score = counted(name, way)
    recall, whole, precision, quiet = BARS[name, way]

    with capsys.disabled():
        print(f"\n\nFound on held-out texts ({name}), {way}\n{scoring.table(score, 'kind')}")

    assert score.recall >= recall
    assert score.whole >= whole
    assert score.precision >= precision
    assert score.quiet >= quiet
    assert score.alarms_per_100_words <= 0.3


@pytest.mark.full
@pytest.mark.skipif(not names.is_here(), reason="the name model is not in var/models")
@pytest.mark.parametrize("where", ["start", "middle", "end"])
def test_recall_is_kept_wherever_a_text_stands_in_a_long_account(where):
    alone = counted("by_strangers", "with the model")

    within = scoring.score(scoring.in_prose(scoring.held_out("by_strangers"), where), find_identifying)

    assert within.count["gold",] == alone.count["gold",]
    assert within.count["words",] > 3_700 * 7
    assert within.recall >= alone.recall - 0.01


@pytest.mark.parametrize("name", TEXTS)
def test_every_kind_stands_in_each(name):
    kinds = {detail.kind for row in scoring.held_out(name) for detail in row.details}

    assert kinds == {
        "PERSON",
        "OFFICER_NAME",
        "PHONE",
        "EMAIL",
        "POSTCODE",
        "ADDRESS",
        "URL",
        "HANDLE",
        "NI_NUMBER",
        "NHS_NUMBER",
        "VRM",
        "CRIME_REF",
        "COLLAR_NUMBER",
        "EXACT_DATE",
        "AGE",
        "PLACE",
        "SCHOOL_EMPLOYER",
        "BANK",
    }


def test_no_text_that_is_only_counted_stands_among_the_others():
    apart = {row.text for name in ("kept_apart", "by_strangers") for row in scoring.held_out(name)}

    assert not apart & {row.text for row in [*scoring.held_out("tuned_on"), *scoring.dev()]}
