"""Receipt codes are easy to type and hard to guess; and a token opens with a key still kept, for its purpose alone."""

import base64
import json
import re

import pytest
from hypothesis import given, strategies as st
from nacl.secret import SecretBox

from stories.crypto import receipts, tokens
from stories.crypto.sealing import BadKey, BadPepper, SealingError, UnreadableCode
from stories.crypto.tokens import StaleToken

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


def test_spelling_derives_the_known_bytes_and_another_pepper_or_code_others():
    for derive, known in (
        (receipts.look_up_id, "b82d872391a90b9012d401f9e7ba4e699df065d5693ed8acd352d9de2ce76af5"),
        (receipts.wrapping_key, "7fef55dd024aa9085b51437240b85fbb75897cf9c076a818d4aae0fb2a106238"),
    ):
        usual = derive(CODE, pepper=PEPPER)

        assert usual.hex() == known
        assert derive("oi23 4567 89ab cdef", pepper=PEPPER) == usual
        assert usual not in (derive(CODE, pepper=PEPPER[::-1]), derive("0123-4567-89AB-CDEG", pepper=PEPPER))
        for length in (0, 16, 31, 65):
            with pytest.raises(BadPepper):
                derive(CODE, pepper=b"p" * length)


KEY = b"k" * 32
NEXT_KEY = b"n" * 32
AT = 29_000_000
URL_SAFE = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

# Issued by the first version, with KEY.
FIRST = (
    "PY600E2zEB2DvyI3ahVxEWNgAIxxweNeu6YKEQ1-dKbxtx23Q4jPALRBve3rI04OSGAnhas8tJWA8LOA"
    "-XGqmJTJ-QXtt-InhG2JYAzSE45xrVpJP6HsnamqrSPJldHJLov1GrIVg-yBNbKWjkS9UhKTd3dtU_16"
    "W1MtwwWisZB24-zNMUCdNFYqwEOpVphtlDr4jmodZXJBbJD_VQQ66CllrXxfncttfoFpHK3U4WNkIj0y"
    "7dNsp7rd4cpph0W3H2MMaOo5CsgByXiO_dP0P3sipLmKMjkkil-cgXjy2qdngs5tz6PykgmYbjB-Y4Qh"
    "GOe9SKSlFTYwaCzh4XBxvsElynb7aQlx_nGhKFpn229pOwDBoZPdDd3I-gIscf0p9uV07IO_va0"
)

texts = st.text(st.characters(exclude_categories=["Cs"]))
names = texts.filter(lambda name: name not in {"purpose", "at"})


def issued(key: bytes = KEY) -> str:
    return tokens.seal_token(key, purpose="send", at=AT, code=CODE)


def box_of(token: str) -> bytes:
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))


def assert_stale(token: str, *keys: bytes, purpose="send") -> None:
    with pytest.raises(StaleToken) as refused:
        tokens.open_token(keys or [KEY], token, purpose=purpose)
    error = refused.value
    assert type(error) is StaleToken
    assert error.args == ()
    assert error.__context__ is None
    assert CODE not in f"{error!s} {error!r}"


@given(words=st.dictionaries(names, texts), purpose=texts, at=st.integers(0, 2**40))
def test_any_words_come_back_as_they_were_issued(words, purpose, at):
    token = tokens.seal_token(KEY, purpose=purpose, at=at, **words)

    read = tokens.open_token([KEY], token, purpose=purpose)
    assert read == {**words, "at": at}


def test_token_is_length_canonical_json_and_zeros_and_a_first_version_still_opens():
    assert tokens.open_token([KEY], FIRST, purpose="send") == {"code": "0123", "at": AT}
    token = issued()
    plain = SecretBox(KEY).decrypt(box_of(token))

    length = int.from_bytes(plain[:4], "big")
    text = plain[4 : 4 + length]
    assert json.loads(text) == {"at": AT, "purpose": "send", "words": {"code": CODE}}
    assert text.startswith(b'{"at":29000000,"purpose":"send"')
    assert plain[4 + length :] == bytes(256 - 4 - length)
    # It can stand in a form or an address, and shows nothing.
    assert set(token) <= URL_SAFE
    assert CODE.encode() not in box_of(token)
    assert token != issued()


@given(st.integers(0, 1500))
def test_length_of_a_token_shows_only_the_number_of_blocks(length):
    frame = 4 + len('{"at":1,"purpose":"p","words":{"w":""}}')
    token = tokens.seal_token(KEY, purpose="p", at=1, w="a" * length)

    blocks = -(-(frame + length) // 256)
    assert len(box_of(token)) == 40 + 256 * blocks


def test_token_is_good_for_its_purpose_and_with_the_last_key_beside_the_next_alone():
    token = issued(KEY)

    for keys in ([NEXT_KEY, KEY], [KEY, NEXT_KEY], (KEY,)):
        assert tokens.open_token(keys, token, purpose="send")["code"] == CODE
    for purpose in ("", "check", "Send", "send "):
        assert_stale(token, NEXT_KEY, KEY, purpose=purpose)
    assert_stale(token, NEXT_KEY)
    with pytest.raises(StaleToken):
        tokens.open_token([], token, purpose="send")


def test_token_with_any_byte_changed_or_spelled_in_another_way_is_stale():
    token, box = issued(), box_of(issued())
    for position in range(len(box)):
        wrong = box[:position] + bytes([box[position] ^ 1]) + box[position + 1 :]
        assert_stale(base64.urlsafe_b64encode(wrong).rstrip(b"=").decode())

    for added in ("=", "!", " ", "\n", "A", "é", "\0"):
        for wrong in (token + added, added + token, token[:9] + added + token[9:]):
            assert_stale(wrong)


@given(texts)
def test_any_other_text_is_stale(text):
    assert_stale(text)


def test_keys_of_a_wrong_length_are_refused_by_name():
    for bad in (b"", b"k" * 31, b"k" * 33):
        with pytest.raises(BadKey):
            issued(bad)
        with pytest.raises(BadKey):
            tokens.open_token([KEY, bad], issued(), purpose="send")
