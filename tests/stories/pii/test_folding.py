"""What hides a number from a machine but not from a reader is read through."""

import unicodedata

import pytest

from stories.pii import find_identifying
from stories.pii.tokens import fold_text

UNSEEN = ["\u00ad", "\u034f", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\ufe0f", "\u2063"]
NUMBERS = [
    "０７７００ ９００１２３",
    "٠٧٧٠٠ ٩٠٠١٢٣",
    "𝟬𝟳𝟳𝟬𝟬 𝟵𝟬𝟬𝟭𝟮𝟯",
    "".join(f"{digit}\ufe0f\u20e3" for digit in "07700900123"),
    "07700\u2800900123",
    "07700\u2011900\u2011123",
]


def found_in(text):
    return [(each.kind, text[each.start : each.end]) for each in find_identifying(text, by_rules_alone=True)]


def test_number_with_something_unseen_in_it_or_in_other_shapes_is_found():
    for number in [*(f"077{unseen}00{unseen} 900{unseen}123" for unseen in UNSEEN), *NUMBERS]:
        # What follows the last digit unseen may stay.
        assert found_in(f"Ring me on {number} please.") == [("PHONE", number.rstrip("\ufe0f\u20e3"))]


def test_soft_hyphen_another_at_and_letters_that_only_look_like_ours_hide_nothing():
    assert found_in("Write to jane.smith＠gm\u00adail.com today") == [("EMAIL", "jane.smith＠gm\u00adail.com")]
    assert found_in("I live at СВ1 2АВ now") == [("POSTCODE", "СВ1 2АВ")]


def test_other_languages_and_emoji_are_nothing_to_find():
    for text in ("и мир", "café, naïve, señor", "👩‍👩‍👧 😭 1️⃣", "نام من", "½ ² … ﬁ ™", "नमस्ते"):
        assert found_in(text) == []
    assert fold_text("My ex's café – “no”, £5…").text == "My ex's café – “no”, £5…"


def test_odd_texts_are_no_trouble():
    for text in ("\u00ad", "\u00ad\u200b", "a\u00ad", "\u00ada", "\ud800", "é\ud800\u00adb"):
        assert all(0 <= each.start < each.end <= len(text) for each in find_identifying(text))
        assert len(fold_text(text).text) <= len(text)


@pytest.mark.parametrize("gap", ["\xa0", "  ", "\t", "\u2009", "\u202f", " \xa0 "])
def test_wider_gaps_hide_nothing(gap):
    for kind, words in (
        ("OFFICER_NAME", "told by PC {Smith} then"),
        ("PHONE", "ring me on {07700 900123} now"),
        ("ADDRESS", "he lives at {14 Mill Lane} still"),
        ("NHS_NUMBER", "my nhs number is {943 476 5919} ok"),
        ("VRM", "his car is {AB12 CDE} and red"),
        ("POSTCODE", "my postcode is {LS11 4XP} now"),
    ):
        text = words.replace("{", "").replace("}", "").replace(" ", gap)
        assert found_in(text) == [(kind, words[words.index("{") + 1 : words.index("}")].replace(" ", gap))]


def test_letter_with_its_accent_apart_is_one_letter():
    name = unicodedata.normalize("NFD", "Siobhán Kelly")

    assert found_in(f"My ex {name} rang") == [("PERSON", name)]
