"""Receipt codes are easy to type, hard to guess, and give away nothing when misread."""

import re

import pytest
from hypothesis import given, strategies as st

from stories.crypto import receipts
from stories.crypto.sealing import BadPepper, SealingError, UnreadableCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PEPPER = b"pepper-for-tests-only-0123456789"
CODE = "0123-4567-89AB-CDEF"

codes = st.text(ALPHABET, min_size=16, max_size=16).map(lambda text: "-".join(re.findall("....", text)))


def test_new_code_spells_its_80_bits_from_the_highest(monkeypatch):
    asked = []
    bits = 0x00443214C74254B635CF
    monkeypatch.setattr(receipts.secrets, "randbits", lambda count: asked.append(count) or bits)

    assert receipts.new_code() == CODE
    assert asked == [80]


def test_new_codes_are_four_groups_of_four_differ_and_use_every_character_everywhere():
    made = {receipts.new_code() for _ in range(2000)}

    assert len(made) == 2000
    assert all(re.fullmatch(f"[{ALPHABET}]{{4}}(-[{ALPHABET}]{{4}}){{3}}", code) for code in made)
    for position in set(range(19)) - {4, 9, 14}:
        assert {code[position] for code in made} == set(ALPHABET)


def test_code_reads_the_same_however_it_was_typed():
    for typed in (
        *("0123456789ABCDEF", "0123 4567 89ab cdef", "  0123-4567-89AB-cdef\r\n", "0123.4567.89ab.cdef."),
        *("0123\u20144567\u201389ab\u2011cdef", "0123\u22124567\u201089ab\u00adcdef"),
        *("0123\u00a04567\u202f89ab\u2009cdef", "0 1 2 3 - 4 5 6 7 - 8 9 a b - c d e f"),
        *("oi23-4567-89ab-cdef", "Ol23-4567-89AB-CDEF", "OL23-4567-89AB-CDEF", "0I23-4567-89AB-CDEF"),
        *("\u200e0123-4567-89ab-cdef\u200b", "０１２３４５６７８９ＡＢＣＤＥＦ"),
    ):
        assert receipts.read_code(typed) == CODE, typed


@given(code=codes, gap=st.sampled_from(["", " ", "-", ".", "\u2013", "\u00a0", "\t"]))
def test_any_code_survives_any_case_and_any_gaps(code, gap):
    typed = gap.join(code.replace("-", "").lower())

    assert receipts.read_code(typed) == code


def test_what_is_not_a_code_is_refused_by_name_and_without_a_word_of_it():
    for typed in (
        *("", "----", "0123-4567-89AB-CDE", "0123-4567-89AB-CDEF0", "0123-4567-89AB-CDEU", "0123-4567-89AB-CDE!"),
        *("0123_4567_89AB_CDEF", "0123-4567-89AB-CDE\ud800", " " * 500 + CODE, "river candle orbit lemon quiet stone"),
        "SECRET-WORDS-HERE",
    ):
        with pytest.raises(UnreadableCode) as refused:
            receipts.read_code(typed)

        error = refused.value
        assert "SECRET" not in f"{error!s} {error!r} {error.args}".upper(), typed
        assert error.__context__ is None, typed
        assert isinstance(error, SealingError), typed


@given(st.text())
def test_any_text_is_read_as_a_code_or_refused(typed):
    try:
        code = receipts.read_code(typed)
    except UnreadableCode:
        return

    assert receipts.read_code(code) == code


@pytest.mark.parametrize(
    ("derive", "known"),
    [
        (receipts.look_up_id, "b82d872391a90b9012d401f9e7ba4e699df065d5693ed8acd352d9de2ce76af5"),
        (receipts.wrapping_key, "7fef55dd024aa9085b51437240b85fbb75897cf9c076a818d4aae0fb2a106238"),
    ],
)
def test_spelling_derives_the_known_bytes_and_another_pepper_or_code_others(derive, known):
    usual = derive(CODE, pepper=PEPPER)

    assert usual.hex() == known
    assert derive("oi23 4567 89ab cdef", pepper=PEPPER) == usual
    assert derive(CODE, pepper=PEPPER[::-1]) != usual
    assert derive("0123-4567-89AB-CDEG", pepper=PEPPER) != usual
    for length in (0, 16, 31, 65):
        with pytest.raises(BadPepper):
            derive(CODE, pepper=b"p" * length)
