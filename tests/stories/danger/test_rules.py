"""Named examples of what is danger to life, what is a child, and what softens either."""

from dataclasses import replace
from pathlib import Path

import pytest

from stories.danger import NONE, Danger, scan_all, scan_for_danger, weighing
from stories.danger.spelling import sentences
from stories.pii.rule_files import sections_of
from tests.stories.danger import weigh

EXAMPLES = sections_of(Path(__file__).with_name("examples.txt"))
MEANT = {
    "now": Danger("now"),
    "near": Danger("now", is_near=True),
    "past": Danger("past"),
    "children": Danger(child=True),
    "nothing": NONE,
}


@pytest.mark.parametrize("section", MEANT)
def test_each_example_speaks_of_what_it_should(section):
    for text in EXAMPLES[section].splitlines():
        found = scan_for_danger(text)

        # Of danger to life now somebody may be near or not.
        assert (replace(found, is_near=False) if section == "now" else found) == MEANT[section], text
        assert found.is_urgent == (section in ("now", "near", "children")), text


@pytest.mark.parametrize("text", ["", " \n ", "👩‍👧"])
def test_text_without_words_is_no_danger(text):
    assert scan_for_danger(text) == NONE


@pytest.mark.parametrize("text", ["I want to die.", "He says he is going to kill me.", "I tried to take my own life."])
def test_nobody_is_near_where_none_is_told_of(text):
    assert not scan_for_danger(text).is_near


def test_child_in_danger_is_both():
    assert scan_for_danger("i'm 15 and i want to die") == Danger(life="now", child=True)


def test_danger_is_found_in_the_midst_of_an_account():
    account = "I rang on Monday. Nobody rang back. " * 40
    assert scan_for_danger(f"{account}I have the tablets here. {account}").life == "now"


def test_now_outweighs_past():
    assert scan_for_danger("I tried to take my own life in 2019. Tonight I want to die again.").life == "now"


@pytest.mark.parametrize(
    "text", ["I WANT TO DIE", "i want to die", "I  want\tto die", "i wanna die", "I w\u00adant to die"]
)
def test_writing_makes_no_difference(text):
    assert scan_for_danger(text).life == "now"


def test_what_any_text_speaks_of_is_said_of_all():
    assert scan_all(["I'm 15.", "hes outside my door rn", "Thank you."]) == Danger("now", child=True, is_near=True)
    assert scan_all([]) == NONE


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("I'm gonna", "im going to"),
        ("we're both twenty-eight", "we are both 28"),
        ("od'd 2nite", "overdosed tonight"),
        ("dwi'n un deg pedwar", "dwin 14"),
        ("yr10", "year 10"),
        ("suicde overdoes tonigt", "suicide overdose tonight"),
    ],
)
def test_one_spelling_for_what_people_type(typed, spelt):
    assert sentences(typed) == [spelt]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("there's a drawer full of co-dydramol here and i keep opening it", Danger("now")),
        ("he is kicking the panels out of the back door as we speak", Danger("now", is_near=True)),
    ],
)
def test_words_are_weighed_where_no_cue_is_met(text, expected, monkeypatch):
    assert scan_for_danger(text) == expected

    monkeypatch.setattr(weighing.Weighed, "heavy", lambda weighed, of_what: iter(()))
    assert scan_for_danger(text) == NONE


@pytest.mark.parametrize("text", ["disappointed", "Hammer.", "class", "Yes. Bottle."])
def test_word_or_two_without_a_cue_are_weighed_for_nothing(text):
    assert scan_for_danger(text) == NONE


@pytest.mark.full
@pytest.mark.slow
def test_weights_are_those_that_are_learned(tmp_path, monkeypatch):
    kept = set(weighing.WEIGHTS.read_text(encoding="utf-8").splitlines())
    monkeypatch.setattr(weighing, "WEIGHTS", tmp_path / "weights.tsv")
    weigh.main()

    learned = set(weighing.WEIGHTS.read_text(encoding="utf-8").splitlines())
    assert len(kept ^ learned) <= len(kept) / 100, "run tests/stories/danger/weigh.py"
