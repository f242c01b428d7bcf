"""Tests of the list in which the same words stand once."""

import pytest

from stories.pii import MAX_CHARACTERS, find_identifying
from stories.pii.replacements import group_wordings, key_of, look_through, replace_wordings

TOGETHER = "the only polish pcso in bakewell"
TEXT = "My ex Jamie Holt rang. Ring 07700 900123 and ask for jamie holt, or ring 07700 900123 again."


def test_the_same_words_stand_once_with_how_often():
    listed = group_wordings([(TEXT, find_identifying(TEXT)), ("07700 900123", find_identifying("07700 900123"))])

    assert [(each.words, each.times) for each in listed] == [("Jamie Holt", 2), ("07700 900123", 3)]


def test_wording_is_sure_when_one_of_its_findings_is_and_brings_words_that_fit():
    listed = {each.words: each.is_sure for each in group_wordings([(TEXT, find_identifying(TEXT))])}
    first = [group_wordings([(text, find_identifying(text))])[0] for text in ("my daughter Amy saw it", TOGETHER)]

    assert listed["07700 900123"]
    assert first[0].fitting.moderator == "child's name"
    assert "bakewell" in first[1].others


def test_chosen_words_are_replaced_everywhere_and_the_rest_stays():
    text = replace_wordings(TEXT, find_identifying(TEXT), {key_of("PHONE", "07700 900123"): "[a phone number]"})

    assert text == TEXT.replace("07700 900123", "[a phone number]")
    assert replace_wordings(TEXT, find_identifying(TEXT), {}) == TEXT


def test_what_is_taken_out_goes_with_its_comma_everywhere():
    text = "My ex, Jamie Holt, rang. I blocked Jamie Holt, and he came."

    left = replace_wordings(text, find_identifying(text), {key_of("PERSON", "Jamie Holt"): ""})

    assert left == "My ex rang. I blocked, and he came."


def test_several_side_by_side_are_each_replaced():
    text = "PC Harris and my ex, Jamie Holt, stood in Hull."
    neutral = {key_of("OFFICER_NAME", "Harris"): "[an officer]", key_of("PERSON", "Jamie Holt"): "[my ex]"}

    assert replace_wordings(text, find_identifying(text), neutral) == "[an officer] and [my ex] stood in Hull."


def test_no_two_wordings_can_be_made_to_share_a_key():
    """A reason for one would speak for the other; four bytes of a key are brought together in seconds."""
    harmless, held = key_of("PHONE", "0161 363 8604"), key_of("PHONE", "079-11 12 3456")

    assert harmless != held
    assert len(bytes.fromhex(held)) == 16


@pytest.mark.parametrize("between", ["\n", " "])
def test_a_text_too_long_for_one_look_is_looked_at_whole(between):
    filler = f"we waited and waited{between}" * 1_100
    text = f"{filler}{between}Ring 07700 900123"

    found = look_through(text, by_rules_alone=True)

    assert len(text) > MAX_CHARACTERS
    assert [text[each.start : each.end] for each in found] == ["07700 900123"]
