"""Keeps what was reached: on the texts that the rules were made with, on ours kept apart, and on those by strangers."""

from functools import cache, partial

import pytest

from stories.pii import find_identifying
from stories.pii.model import names
from tests.stories.pii import scoring

NEEDS_THE_MODEL = pytest.mark.skipif(not names.is_here(), reason="the name model is not in var/models")
WAYS = ["rules alone", pytest.param("with the model", marks=NEEDS_THE_MODEL)]
# Recall, whole, precision, quiet, false alarms a 100 words: what was reached, less the weight of two or three details.
BARS = {
    ("dev", "rules alone"): (0.99, 0.985, 0.99, 0.98, 0.1),
    ("dev", "with the model"): (0.99, 0.985, 0.99, 0.98, 0.1),
    ("tuned_on", "rules alone"): (0.978, 0.965, 0.99, 0.98, 0.3),
    ("tuned_on", "with the model"): (0.985, 0.975, 0.99, 0.98, 0.3),
    ("kept_apart", "rules alone"): (0.935, 0.93, 0.97, 0.96, 0.3),
    ("kept_apart", "with the model"): (0.945, 0.94, 0.97, 0.96, 0.3),
    ("by_strangers", "rules alone"): (0.965, 0.955, 0.975, 0.94, 0.3),
    ("by_strangers", "with the model"): (0.97, 0.965, 0.975, 0.94, 0.3),
}
HELD_OUT = ["tuned_on", "kept_apart", "by_strangers"]
LEAST_OF_A_STYLE = 0.95
LEAST_OF_A_KIND = {
    **dict.fromkeys(("EMAIL", "URL", "PHONE", "POSTCODE", "NI_NUMBER", "BANK", "EXACT_DATE"), 0.99),
    **dict.fromkeys(("NHS_NUMBER", "VRM", "CRIME_REF", "COLLAR_NUMBER", "HANDLE", "AGE"), 0.99),
    **dict.fromkeys(("PERSON", "OFFICER_NAME"), 0.97),
    **dict.fromkeys(("ADDRESS", "PLACE", "SCHOOL_EMPLOYER"), 0.98),
}


def texts(name):
    return scoring.dev() if name == "dev" else scoring.held_out(name)


@cache
def counted(name, way):
    return scoring.score(texts(name), partial(find_identifying, by_rules_alone=way == "rules alone"))


def keeps_the_bars(score, name, way):
    recall, whole, precision, quiet, alarms = BARS[name, way]
    assert score.recall >= recall
    assert score.whole >= whole
    assert score.precision >= precision
    assert score.quiet >= quiet
    assert score.alarms_per_100_words <= alarms


def test_rules_alone_keep_the_bars_on_300_texts():
    some = scoring.score(scoring.dev()[:300], partial(find_identifying, by_rules_alone=True))

    keeps_the_bars(some, "dev", "rules alone")
    assert some.count["gold",] > 600


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["dev", *HELD_OUT])
def test_bars_are_kept(name, way, capsys):
    score = counted(name, way)

    with capsys.disabled():
        print(f"\n\nFound ({name}), {way}: of how many, in per cent, whole\n{scoring.table(score, 'kind')}")
    keeps_the_bars(score, name, way)


@pytest.mark.parametrize("way", WAYS)
def test_each_kind_and_each_style_is_found(way):
    score = counted("dev", way)

    assert score.count["gold",] == 1500
    for kind, least in LEAST_OF_A_KIND.items():
        assert score.share("found", "gold", "kind", kind) >= least, kind
    for style in ("plain", "lower", "typo", "lownp", "lowtypo", "caps"):
        assert score.share("found", "gold", "style", style) >= LEAST_OF_A_STYLE, style


@NEEDS_THE_MODEL
@pytest.mark.parametrize("where", ["start", "middle", "end"])
def test_recall_is_kept_wherever_a_text_stands_in_a_long_account(where):
    alone = counted("by_strangers", "with the model")

    within = scoring.score(scoring.in_prose(scoring.held_out("by_strangers"), where), find_identifying)

    assert within.count["gold",] == alone.count["gold",]
    assert within.count["words",] > 3_700 * 7
    assert within.recall >= alone.recall - 0.01


@pytest.mark.parametrize("name", HELD_OUT)
def test_every_kind_stands_in_each(name):
    assert {detail.kind for row in scoring.held_out(name) for detail in row.details} == set(LEAST_OF_A_KIND)


def test_no_text_that_is_only_counted_stands_among_the_others():
    apart = {row.text for name in ("kept_apart", "by_strangers") for row in scoring.held_out(name)}

    assert not apart & {row.text for row in [*scoring.held_out("tuned_on"), *scoring.dev()]}
