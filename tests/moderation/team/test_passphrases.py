import pytest
from hypothesis import given, strategies as st

from stories.crypto import passphrases

PRIVATE = bytes(range(7, 39))
PRINTED = "0W40D-J2GBG-1G6G8-W3RGX-2491M-650NF-2RBHB-G68TM-3CE1E-T7GZ9-40GJJ-48S4G-4MK3S"
PAPER = passphrases.key_as_paper(PRIVATE)
WORDS = "abacus abdomen abdominal abide abiding ability"


def reason_for(paper):
    with pytest.raises(passphrases.Misread) as misread:
        passphrases.paper_as_key(paper)
    return str(misread.value)


def test_passphrase_is_six_of_7776_words_and_another_each_time():
    words, known = passphrases.six_words(), passphrases.word_list()

    assert len(known) == len(set(known)) == 7776
    assert (len(words.split()), set(words.split()) <= set(known)) == (6, True)
    assert passphrases.six_words() != words


@given(st.binary(min_size=32, max_size=32))
def test_any_key_comes_back_from_its_paper(private):
    assert passphrases.paper_as_key(passphrases.key_as_paper(private)) == private


def test_paper_has_13_groups_of_five_and_reads_the_same_however_it_was_typed():
    assert [len(group) for group in PAPER.split("-")] == [5] * 13
    # No letters that look alike.
    assert not set(PAPER) & set("ILOU")
    alike = PAPER.replace("0", "O").replace("1", "l")
    for typed in (PAPER.lower(), PAPER.replace("-", " "), PAPER.replace("-", ""), f"  {PAPER}\n", alike, PRINTED):
        assert passphrases.paper_as_key(typed) == PRIVATE, typed


def test_one_wrong_letter_is_never_read_as_another_key():
    for position, letter in enumerate(PAPER):
        if letter != "-":
            wrong = "7" if letter != "7" else "8"
            reason_for(PAPER[:position] + wrong + PAPER[position + 1 :])


def test_slip_in_the_paper_is_told_by_its_place_and_repeats_nothing_of_it():
    groups = PAPER.split("-")
    wrong, changed_about = [*groups], [*groups]
    wrong[4] = "7" + groups[4][1:]
    changed_about[1:3] = groups[2], groups[1]

    for typed, told in (
        ("-".join(wrong), "group 5."),
        ("-".join(changed_about), "group 2, 3."),
        (PAPER[6:], "you typed 60"),
        ("U" + PAPER[1:], "no letter U"),
    ):
        reason = reason_for(typed)
        assert told in reason
        assert not [group for group in groups if group in reason]


def test_slip_is_told_by_its_place_and_never_by_the_word():
    for typed, told in (
        (WORDS, None),
        (WORDS.upper().replace(" ", "-"), None),
        ("abacus abdomenn abdominal abide abiding ability", "Look at word 2: it isn’t in our list."),
        ("abacus abdomenn abdominal abide abidin ability", "Look at words 2, 5: they aren’t in our list."),
        ("abacus abdomen abdominal abide abiding", "There are six words, and you typed 5."),
        ("drop-down yo yo t-shirt felt tip abide ability", None),
    ):
        assert passphrases.slip_in(typed) == told, typed


def test_fingerprint_is_the_same_however_it_was_spaced():
    for typed, is_same in {"0A1B 2C3D": True, "oalb-2c3d": True, "0a1b-2c3e": False, "": False}.items():
        assert passphrases.same_fingerprint(typed, "0a1b-2c3d") is is_same, typed
