"""What is unseen goes; what anybody can see stays."""

import unicodedata

import pytest

from stories.intake.receive import cleaned_words as clean


@pytest.mark.parametrize(
    "unseen",
    [
        *"\x00\x07\x1b\x1f\x7f\x80\xad\u034f\u200b\u2060\ufeff\u200e\u200f\u202e\u2066\u2069\u061c\ufffe\ud800\u180e\u2062\u206a\ufff9\U000e0001\U000e0041\U000e007f"
    ],
)
def test_unseen_character_goes(unseen):
    assert clean(f"no{unseen}body") == "nobody"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_the_same(end):
    assert clean(f"one{end}two") == "one\ntwo"


def test_tab_becomes_a_space_so_that_words_stay_apart():
    assert clean("one\ttwo") == "one two"


@pytest.mark.parametrize(
    "seen",
    [
        "Ffôn, ŵyl, naïve, Łódź, 你好, שלום, مرحبا",
        "👩‍👩‍👧 and 🏴󠁧󠁢󠁷󠁬󠁳󠁿 and ❤️",
        "می‌خواهم",
        "  two spaces before\n\n\nand three lines between  ",
        "=1+1, <b>&amp;</b>, 'quoted' \"words\", 100 %",
    ],
)
def test_what_anybody_can_see_stays(seen):
    assert clean(seen) == seen


def test_letters_nobody_sees_are_no_flag():
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "John Smith did it")

    assert clean(f"no\U0001f3f4{hidden}body") == "no\U0001f3f4body"


@pytest.mark.full
def test_of_all_characters_only_controls_and_what_has_no_width_or_turns_a_line_change():
    changed = {chr(code) for code in range(0x110000) if clean(f"a{chr(code)}b") != f"a{chr(code)}b"}

    kinds = {unicodedata.category(each) for each in changed}
    assert kinds == {"Cc", "Cf", "Cs", "Cn", "Mn", "Zl", "Zp"}
    assert {each for each in changed if unicodedata.category(each) == "Mn"} == {"\u034f"}
    assert {each for each in changed if unicodedata.category(each) == "Cn" and ord(each) < 0xE0000} == {*"\ufffe\uffff"}
    assert "\n" not in changed
    assert {clean(f"a{each}b") for each in changed} == {"ab", "a b", "a\nb"}
