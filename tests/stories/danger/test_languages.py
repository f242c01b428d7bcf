"""Texts that are in no language of ours are seen; nobody is told so for how they spell."""

from pathlib import Path

import pytest

from stories.danger import NONE, languages, scan_for_danger
from stories.pii.rule_files import sections_of
from tests.stories.danger import measuring

HERE = Path(__file__).parent
OTHERS = {name: lines.splitlines() for name, lines in sections_of(HERE / "other_languages.txt").items()}


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages_are_seen_in_any_script(code):
    for text in OTHERS[code]:
        assert languages.is_in_another_language(text), text
        assert scan_for_danger(text).is_urgent


def test_english_and_welsh_are_never_taken_for_another_however_they_are_typed():
    known = [row.text for name in (*measuring.BUILT_ON, "held_out") for row in measuring.rows(name)]
    assert [text for text in known if languages.is_in_another_language(text)] == []


def test_a_name_or_a_quotation_makes_no_other_language():
    for text in ("", "José", "He wrote “te voy a matar” and sent it to my sister twice.", "My nan, 奶奶, was there."):
        assert not languages.is_in_another_language(text)
    assert languages.is_in_another_language("هو سيقتلني")
    assert scan_for_danger("Thank you for reading this.") == NONE


def test_a_run_in_another_language_is_seen_between_english():
    polish = " ".join(OTHERS["pl"][:2])
    assert languages.is_in_another_language(f"Sorry my english is not so good so I write. {polish} Please help me.")
