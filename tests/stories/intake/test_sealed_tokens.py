"""A token opens with a key still kept, for the purpose it names, unchanged."""

import base64
import json

import pytest
from hypothesis import given, strategies as st
from nacl.secret import SecretBox

from stories.crypto import tokens
from stories.crypto.sealing import BadKey
from stories.crypto.tokens import StaleToken

KEY = b"k" * 32
NEXT_KEY = b"n" * 32
AT = 29_000_000
CODE = "0123-4567-89AB-CDEF"
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
