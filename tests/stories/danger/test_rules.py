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


def test_text_without_words_or_with_one_or_two_and_no_cue_is_no_danger():
    for text in ("", " \n ", "👩‍👧", "disappointed", "Hammer.", "class", "Yes. Bottle."):
        assert scan_for_danger(text) == NONE, text


def test_child_in_danger_is_both_and_nobody_is_near_where_none_is_told_of():
    assert scan_for_danger("i'm 15 and i want to die") == Danger(life="now", child=True)
    for text in ("I want to die.", "He says he is going to kill me.", "I tried to take my own life."):
        assert not scan_for_danger(text).is_near, text


def test_danger_is_now_amid_an_account_beside_what_is_past_however_it_is_written():
    account = "I rang on Monday. Nobody rang back. " * 40
    written = ("I WANT TO DIE", "i want to die", "I  want\tto die", "i wanna die", "I w\u00adant to die")
    beside = "I tried to take my own life in 2019. Tonight I want to die again."
    for text in (f"{account}I have the tablets here. {account}", beside, *written):
        assert scan_for_danger(text).life == "now", text


def test_what_any_text_speaks_of_is_said_of_all():
    assert scan_all(["I'm 15.", "hes outside my door rn", "Thank you."]) == Danger("now", child=True, is_near=True)
    assert scan_all([]) == NONE


def test_one_spelling_for_what_people_type():
    assert sentences("I'm gonna. We're both twenty-eight. Od'd 2nite. Dwi'n un deg pedwar. Suicde overdoes tonigt") == [
        *("im going to", "we are both 28", "overdosed tonight", "dwin 14", "suicide overdose tonight")
    ]
    assert sentences("yr10") == ["year 10"]


def test_words_are_weighed_where_no_cue_is_met(monkeypatch):
    drawer = "there's a drawer full of co-dydramol here and i keep opening it"
    door = "he is kicking the panels out of the back door as we speak"
    assert [*map(scan_for_danger, (drawer, door))] == [Danger("now"), Danger("now", is_near=True)]

    monkeypatch.setattr(weighing.Weighed, "heavy", lambda weighed, of_what: iter(()))
    assert [*map(scan_for_danger, (drawer, door))] == [NONE, NONE]


def test_weights_are_those_that_are_learned(tmp_path, monkeypatch):
    kept = set(weighing.WEIGHTS.read_text(encoding="utf-8").splitlines())
    monkeypatch.setattr(weighing, "WEIGHTS", tmp_path / "weights.tsv")
    weigh.main()

    learned = set(weighing.WEIGHTS.read_text(encoding="utf-8").splitlines())
    assert len(kept ^ learned) <= len(kept) / 100, "run tests/stories/danger/weigh.py"
