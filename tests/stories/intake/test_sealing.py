"""What is sealed opens with its key, in its own place, unchanged, or not at all."""

import hashlib
import struct
import threading
import time
from contextlib import contextmanager

import nacl.exceptions
import nacl.pwhash
import pytest
from hypothesis import given, strategies as st
from nacl.public import PrivateKey, SealedBox

from stories.crypto import sealing
from stories.crypto.sealing import BadKey, DoesNotOpen, Pair, Place, SealingError, WrongPlace
from tests.stories.intake.visiting import raising

PLACE = Place("row", "account", 1)
KEY_PLACE = Place("row", "key", 1)
ELSEWHERE = [Place("another", "account", 1), Place("row", "message", 1), Place("row", "account", 2)]
TEAM = Pair(
    public=bytes.fromhex("07a37cbc142093c8b755dc1b10e86cb426374ad16aa853ed0bdfc0b2b86d1c7c"),
    private=bytes(range(1, 33)),
)
STRANGER = Pair(public=bytes(PrivateKey(b"s" * 32).public_key), private=b"s" * 32)
SECRET = bytes(range(32))
UNDER = b"u" * 32
PASSPHRASE = "river candle orbit lemon quiet stone"
WORDS = "They said it was not a crime."

LOCKED = bytes.fromhex(
    "5bbad37d6e5086800d3984233b20da8f6df359f5cf7d96b167c084696124507b321ef965e3924dc6"
    "7db164f71f4c3a4e154a04e42be14ef6219e89862c74e5622b0ed750db6dd636caee87d59caf7e8b"
    "237a80da2d75988593cdd7c6beb6e2e981c0da0963b30497"
)
SEALED = bytes.fromhex(
    "1c259e09de8388019c3614f4cdcbfa6787ca413ab58cbe0f27a4ccc614177627db3216fe0111c6f0"
    "794cfcb48a5c201f1173f1a046a9d3a6c33cbd85357ee298a7a4d7d2b166c6b054f66a0e7698619a"
    "3c2aac34150bd6a7e0cb6c4061f887a409c939f578f12411effee1b5f3428380"
)
UNDER_PASSPHRASE = bytes.fromhex(
    "010003000100009cbed37ac5b2a4db46358d29542a882088ea7690ab8e1565b4db83717caffd8bef"
    "92fa5b6b04ff9dafeca6e8f0e8b3d9a07123072f9b51015d0dedabe6477c36cce695934cd2959423"
    "758d33908cdac24e37d0205c4efb8ac359b742e65e59e8b3b3299ac4b1e703af0cc73a9211d6d7bb"
    "f651e30e134033"
)

# Any Unicode, emoji and NUL too; lone surrogates are not characters.
texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=8,
)
payloads = st.dictionaries(texts, values)
places = st.builds(Place, texts, texts, st.integers(0, 2**31))


def changed(box: bytes, position: int) -> bytes:
    return box[:position] + bytes([box[position] ^ 1]) + box[position + 1 :]


def framed(text: bytes) -> bytes:
    return (struct.pack(">I", len(text)) + text).ljust(1024, b"\0")


@contextmanager
def refused(kind: type[SealingError]):
    """The error is of this kind, and holds no secret."""
    with pytest.raises(kind) as error:
        yield error
    assert error.value.args == ()
    assert str(error.value) == type(error.value).__doc__
    assert error.value.__context__ is error.value.__cause__ is None


def test_new_pair_has_two_halves_of_32_bytes_that_match_and_no_other_does():
    pair = sealing.new_pair()

    assert len(pair.public) == len(pair.private) == 32
    assert sealing.matches(pair.public, pair.private)
    assert pair != sealing.new_pair()
    assert not sealing.matches(STRANGER.public, TEAM.private)
    assert not sealing.matches(TEAM.public, STRANGER.private)
    for length in (0, 31, 33):
        assert not sealing.matches(TEAM.public, b"k" * length)
        assert not sealing.matches(b"k" * length, TEAM.private)
    shown = Pair(public=b"P" * 32, private=b"SECRET-HALF-OF-A-PAIR-0123456789")
    assert "SECRET" not in f"{shown!r} {shown!s}"
    assert "private" not in repr(shown)


@given(payload=payloads, place=places, other=places)
def test_any_payload_opens_in_its_place_as_it_was_sealed_and_in_no_other(payload, place, other):
    box = sealing.seal_payload(payload, to=TEAM.public, place=place)

    assert sealing.open_sealed(box, private=TEAM.private, place=place) == payload
    # As a database hands it back.
    assert sealing.open_sealed(memoryview(box), private=TEAM.private, place=place) == payload
    if other != place:
        with pytest.raises(WrongPlace):
            sealing.open_sealed(box, private=TEAM.private, place=other)


def test_sealed_text_is_length_canonical_json_and_zeros_and_different_each_time():
    box, again = (sealing.seal_payload({"b": "é", "a": 1}, to=TEAM.public, place=PLACE) for _ in range(2))

    plain = SealedBox(PrivateKey(TEAM.private)).decrypt(box)
    assert plain == framed('{"payload":{"a":1,"b":"é"},"place":["row","account",1]}'.encode())
    assert box != again


@given(st.integers(0, 5000))
def test_length_of_a_box_shows_only_the_number_of_blocks(length):
    payload = {"account": "a" * length}
    frame = 4 + len('{"payload":{"account":""},"place":["row","account",1]}')

    box = sealing.seal_payload(payload, to=TEAM.public, place=PLACE)

    blocks = -(-(frame + length) // 1024)
    assert len(box) == 48 + 1024 * blocks


def test_text_opens_with_no_other_key_in_no_other_place_and_with_no_byte_changed():
    box = sealing.seal_payload({"account": WORDS}, to=TEAM.public, place=PLACE)

    with refused(DoesNotOpen) as error:
        sealing.open_sealed(box, private=STRANGER.private, place=PLACE)
    assert type(error.value) is DoesNotOpen
    for place in ELSEWHERE:
        with refused(WrongPlace):
            sealing.open_sealed(box, private=TEAM.private, place=place)
    for position in range(len(box)):
        with pytest.raises(DoesNotOpen):
            sealing.open_sealed(changed(box, position), private=TEAM.private, place=PLACE)


def test_what_others_sealed_to_the_key_is_refused_without_its_words():
    to_team, place = SealedBox(PrivateKey(TEAM.private).public_key), b'"place": ["row", "account", 1]'
    for plain in (
        *(b"", b"\0\0\0", struct.pack(">I", 2000) + b"{}", struct.pack(">I", 200_000) + b"[" * 200_000),
        *(framed(b"{%s, %s}" % (place, b'"payload": {}')) + b"WORDS", framed(b'{"payload": {"account": "WORDS"')),
        *(framed(b'{"account": "WORDS \xff"}'), framed(b'["WORDS"]'), framed(b'{"payload": {"account": "WORDS"}}')),
        *(framed(b"{%s, %s}" % (place, b'"payload": "WORDS"')), framed(b"{%s}" % place)),
    ):
        with refused(DoesNotOpen):
            sealing.open_sealed(to_team.encrypt(plain), private=TEAM.private, place=PLACE)
    for value in ("lone \ud800", float("nan"), b"bytes", {1, 2}, object()):
        with refused(sealing.CannotSeal):
            sealing.seal_payload({"account": value}, to=TEAM.public, place=PLACE)


@pytest.mark.parametrize("bad", [b"", b"k" * 31, b"k" * 33])
def test_keys_of_a_wrong_length_are_refused_by_name(bad):
    box = sealing.seal_payload({}, to=TEAM.public, place=PLACE)

    for deed in (
        lambda: sealing.seal_payload({}, to=bad, place=PLACE),
        lambda: sealing.open_sealed(box, private=bad, place=PLACE),
        lambda: sealing.lock_key(SECRET, under=bad, place=PLACE),
        lambda: sealing.lock_key(bad, under=UNDER, place=PLACE),
        lambda: sealing.seal_key(bad, to=TEAM.public, place=PLACE),
    ):
        with pytest.raises(BadKey):
            deed()


def test_nothing_is_sealed_to_a_public_key_that_everybody_opens():
    for weak in (bytes(32), b"\1" + bytes(31)):
        with refused(BadKey):
            sealing.seal_payload({"account": WORDS}, to=weak, place=PLACE)


def unlock(box: bytes, place: Place = KEY_PLACE) -> bytes:
    return sealing.unlock_key(box, under=UNDER, place=place)


def open_key(box: bytes, place: Place = KEY_PLACE) -> bytes:
    return sealing.open_key(box, private=TEAM.private, place=place)


def lock(private: bytes, place: Place = KEY_PLACE) -> bytes:
    return sealing.lock_key(private, under=UNDER, place=place)


def seal_key(private: bytes, place: Place = KEY_PLACE) -> bytes:
    return sealing.seal_key(private, to=TEAM.public, place=place)


BOTH_WAYS = pytest.mark.parametrize(("close", "open_", "length"), [(lock, unlock, 104), (seal_key, open_key, 112)])


@BOTH_WAYS
@given(private=st.binary(min_size=32, max_size=32), place=places)
def test_any_key_comes_back_as_it_was_from_a_box_of_one_length(close, open_, length, private, place):
    box = close(private, place)

    assert len(box) == length
    assert open_(box, place) == private


@BOTH_WAYS
def test_key_moved_or_with_any_byte_changed_or_missing_does_not_open(close, open_, length):
    box = close(SECRET, PLACE)
    for place in ELSEWHERE:
        with refused(WrongPlace):
            open_(box, place)
    box = close(SECRET)

    for position in range(length):
        for wrong in (changed(box, position), box[:position]):
            with refused(DoesNotOpen):
                open_(wrong)


def test_key_opens_with_no_other_key_and_is_never_taken_for_a_text_or_it_for_a_key():
    text = sealing.seal_payload({}, to=TEAM.public, place=PLACE)

    # With its own one opens that was kept since the first version.
    assert unlock(LOCKED, Place("row", "key", 1)) == open_key(SEALED, Place("row", "key", 1)) == SECRET
    for deed in (
        lambda: sealing.unlock_key(lock(SECRET), under=b"v" * 32, place=KEY_PLACE),
        lambda: sealing.open_key(seal_key(SECRET), private=STRANGER.private, place=KEY_PLACE),
        lambda: open_key(text, PLACE),
        lambda: sealing.open_sealed(seal_key(SECRET, PLACE), private=TEAM.private, place=PLACE),
    ):
        with pytest.raises(DoesNotOpen):
            deed()


@pytest.fixture
def quick(monkeypatch):
    """Put plain BLAKE2b in place of Argon2id, and note what it was asked."""
    asked = []

    def kdf(size, words, salt, *, opslimit, memlimit):
        asked.append((words, salt, opslimit, memlimit))
        return hashlib.blake2b(words, digest_size=size, salt=salt[:16]).digest()

    monkeypatch.setattr(nacl.pwhash.argon2id, "kdf", kdf)
    return asked


def unlock_words(box: bytes, words: str, place: Place = KEY_PLACE) -> bytes:
    return sealing.unlock_with_passphrase(box, words, place=place)


def lock_words(words: str, place: Place = KEY_PLACE) -> bytes:
    return sealing.lock_with_passphrase(SECRET, words, place=place)


def test_key_locked_under_a_passphrase_of_either_version_opens_with_it_alone():
    box = lock_words(PASSPHRASE)

    assert len(box) == 127
    assert unlock_words(box, PASSPHRASE) == unlock_words(UNDER_PASSPHRASE, PASSPHRASE) == SECRET
    with refused(DoesNotOpen):
        unlock_words(UNDER_PASSPHRASE, PASSPHRASE + "s")


def test_argon2id_is_asked_for_64_mib_and_3_operations_with_the_salt_in_front(quick):
    box = lock_words(PASSPHRASE)

    salt = box[7:23]
    assert quick == [(PASSPHRASE.encode(), salt, 3, 64 * 1024 * 1024)]
    assert box[:7] == struct.pack(">BHI", 1, 3, 64 * 1024)
    assert lock_words(PASSPHRASE)[7:23] != salt


def test_passphrase_reads_the_same_however_it_was_typed_and_other_words_do_not_open(quick):
    box = lock_words(PASSPHRASE)

    for typed in (
        "  River  CANDLE orbit\tlemon quiet stone\n",
        "river-candle-orbit-lemon-quiet-stone",
        "river \u2013 candle\u2011orbit\u00a0lemon\u3000quiet-- stone",
        "ｒｉｖｅｒ candle orbit lemon quiet stone",
    ):
        assert unlock_words(box, typed) == SECRET, typed
    for other in ("", "river", PASSPHRASE.replace(" ", ""), "lone \ud800", PASSPHRASE[:-1]):
        with refused(DoesNotOpen):
            unlock_words(box, other)
    for nothing in ("", "  ", "- \u2014 -"):
        with pytest.raises(sealing.EmptyPassphrase):
            lock_words(nothing)


def test_key_under_a_passphrase_with_any_byte_changed_or_cut_short_does_not_open(quick):
    box = lock_words(PASSPHRASE)
    wrong = [box[:length] for length in (0, 1, 22, 23, 126)]
    wrong += [changed(box, position) for position in set(range(len(box))) - {1, 2, 3, 4, 5, 6}]

    for each in wrong:
        with pytest.raises(DoesNotOpen):
            unlock_words(each, PASSPHRASE)


def test_box_that_asks_for_too_little_or_too_much_is_not_tried(quick):
    other_versions, too_little = [(0, 3, 65536), (2, 3, 65536)], [(1, 2, 65536), (1, 3, 65535)]
    for asked in (*other_versions, *too_little, (1, 17, 65536), (1, 3, 262145), (1, 65535, 2**32 - 1)):
        with pytest.raises(DoesNotOpen):
            unlock_words(struct.pack(">BHI", *asked) + UNDER_PASSPHRASE[7:], PASSPHRASE)
    assert quick == []


def test_lack_of_memory_is_not_called_a_wrong_passphrase(monkeypatch):
    monkeypatch.setattr(nacl.pwhash.argon2id, "kdf", raising(nacl.exceptions.RuntimeError("failed")))

    with refused(sealing.NotEnoughMemory):
        unlock_words(UNDER_PASSPHRASE, PASSPHRASE)


def test_passphrases_are_tried_one_at_a_time(monkeypatch):
    at_work, most = [], []

    def kdf(size, *_args, **_limits):
        at_work.append(1)
        most.append(len(at_work))
        time.sleep(0.005)
        at_work.pop()
        return b"k" * size

    monkeypatch.setattr(nacl.pwhash.argon2id, "kdf", kdf)
    threads = [threading.Thread(target=lock_words, args=(PASSPHRASE,)) for _ in range(6)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1] * 6


def test_fingerprint_has_128_bits_and_begins_as_it_did_in_the_first_release():
    name = sealing.fingerprint(bytes(range(32)))

    assert len(bytes.fromhex(name)) == 16
    assert name.startswith("db6b64363d0821b2")
    assert name[16:] != name[:16]
