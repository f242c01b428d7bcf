"""Texts that are in no language of ours are seen; nobody is told so for how they spell, or for speaking two."""

import random
from pathlib import Path

import pytest

from stories.danger import NONE, languages, scan_for_danger
from stories.pii.rule_files import sections_of
from tests.stories.danger import measuring

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
