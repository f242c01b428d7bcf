"""What the scanner of danger finds by its rules, in which languages, and that its work is bounded."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from stories.danger import NONE, Danger, languages, scan_all, scan_for_danger, weighing
from stories.danger.spelling import sentences
from stories.pii.rule_files import sections_of
from tests.stories.danger import measuring, weigh
from tests.stories.pii.hostile import HOSTILE, PIECES
from tests.work import calls_made

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


HERE = Path(__file__).parent
OTHERS = {name: lines.splitlines() for name, lines in sections_of(HERE / "other_languages.txt").items()}
ROWS = [row for name in (*measuring.BUILT_ON, "held_out") for row in measuring.rows(name)]
ENGLISH, WELSH = ([row.text for row in ROWS if row.language == code] for code in ("en", "cy"))


@pytest.mark.parametrize("code", OTHERS)
def test_an_account_in_another_language_is_seen_in_any_script(code):
    texts = [" ".join(OTHERS[code])] if code != "others" else OTHERS[code][3:]
    for text in texts:
        assert languages.is_in_another_language(text), text
        assert scan_for_danger(text).is_urgent


def test_single_sentences_are_mostly_seen_too():
    sentences = [text for texts in OTHERS.values() for text in texts]
    missed = [text for text in sentences if not languages.is_in_another_language(text)]
    # A Spanish and a French one, half of whose words are English ones, too.
    assert len(missed) <= 2, missed


def test_english_and_welsh_are_not_taken_for_another_however_they_are_typed():
    taken = [text for text in (*ENGLISH, *WELSH) if languages.is_in_another_language(text)]
    # "m 14 nd i cnt b here nemore srry": what that costs is whom to call, and to be read early.
    assert len(taken) <= 1, taken


def test_who_speaks_both_is_told_of_no_other_language():
    dice = random.Random(22)
    mixed = [" ".join(dice.sample(ENGLISH, 2) + dice.sample(WELSH, 2)) for _ in range(300)]
    assert [text for text in mixed if languages.is_in_another_language(text)] == []


def test_a_name_or_a_quotation_makes_no_other_language():
    for text in ("", "José", "He wrote “te voy a matar” and sent it to my sister twice.", "My nan, 奶奶, was there."):
        assert not languages.is_in_another_language(text)
    assert languages.is_in_another_language("هو سيقتلني")
    assert scan_for_danger("Thank you for reading this.") == NONE


def test_a_run_in_another_language_is_seen_between_english():
    polish = " ".join(OTHERS["pl"][:2])
    assert languages.is_in_another_language(f"Sorry my english is not so good so I write. {polish} Please help me.")


LONGEST = 20_000  # characters, as long as an account may be
PIECES_OF_DANGER = [
    *("i want to ", "im going to kill ", "i have the tablets ", "he is outside ", "not not ", "my son is ", "im 1 "),
    *("three years ago ", "i was was ", "year ", "hes hes hes ", "dwi eisiau ", "mae o yn ", "was "),
]
# Measured at 2.0003 for the worst of them.
MOST_GROWTH = 2.1


@pytest.mark.parametrize("piece", [*PIECES_OF_DANGER, *HOSTILE.values(), *PIECES])
def test_twice_the_text_is_twice_the_work(piece):
    half, whole = ((piece * length)[:length] for length in (LONGEST // 2, LONGEST))

    # What is remembered of words is known to both.
    scan_for_danger(whole)
    assert calls_made(scan_for_danger, whole) <= MOST_GROWTH * calls_made(scan_for_danger, half)
