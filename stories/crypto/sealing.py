"""Sealing texts and keys, so that what is stored opens only in its own place.

A box says that nobody read it, not who wrote it: anyone who holds a public key can seal
to it. So `_tried` raises its errors outside `except`: a chained one would hold the plain text.
"""

import hashlib
import json
import secrets
import struct
import threading
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple, TypeVar

import nacl.pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox


class SealingError(Exception):
    """Something about a code, a key, a seal or a token is not right."""

    # Of them all: without arguments, so that no secret can end up in a log.
    def __init__(self) -> None:
        super().__init__()

    def __str__(self) -> str:
        return str(self.__doc__)


class UnreadableCode(SealingError):
    """This is not a receipt code: it has 16 letters and numbers."""


class BadPepper(SealingError):
    """The receipt pepper must be 32 to 64 bytes long."""


class BadKey(SealingError):
    """A key must be 32 bytes, and a public key one that can be sealed to."""


class CannotSeal(SealingError):
    """Only plain JSON values in valid Unicode can be sealed."""


class EmptyPassphrase(SealingError):
    """A passphrase needs at least one word."""


class NotEnoughMemory(SealingError):
    """There is not enough memory to try the passphrase, which may be right."""


class DoesNotOpen(SealingError):
    """This does not open: a wrong key or passphrase, or the box was changed."""


class WrongPlace(DoesNotOpen):
    """This was sealed for another place: another row, kind or number."""


_T = TypeVar("_T")
Box = bytes | memoryview  # some databases hand bytes back as a memoryview

_KEY_LENGTH = 32
BLOCK = 1024  # bytes
_LENGTH_PREFIX = struct.Struct(">I")
_KEY_PLACE_LABEL = b"heard key place"

# What stands before a key locked under a passphrase: format, Argon2id operations,
# memory in KiB, salt.
_STRETCHING = struct.Struct(">BHI16s")
_FORMAT = 1
_OPERATIONS, _MEMORY = 3, 64 * 1024
# Parameters outside these come from tampering, and huge ones would exhaust the machine.
_MOST_OPERATIONS, _MOST_MEMORY = 16, 256 * 1024
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Pair:
    """An X25519 pair, 32 bytes each half; the private half stays out of repr."""

    public: bytes
    private: bytes = field(repr=False)


class Place(NamedTuple):
    """The place of a sealed text or key: its row's id, its kind, its number there."""

    row: str
    kind: str
    number: int


def new_pair() -> Pair:
    private = PrivateKey.generate()
    return Pair(public=bytes(private.public_key), private=bytes(private))


def matches(public: bytes, private: bytes) -> bool:
    """Say whether the two halves belong together; halves of a wrong length do not."""
    if len(private) != _KEY_LENGTH:
        return False
    return bytes(PrivateKey(bytes(private)).public_key) == bytes(public)


def seal_payload(payload: Mapping[str, object], *, to: bytes, place: Place, size: int = BLOCK) -> bytes:
    """Return 48 + n x `size` bytes that only the private half of `to` opens. Raises CannotSeal, BadKey."""
    content = {"place": place, "payload": dict(payload)}
    return _sealed(to_blocks(content, size=size), to=to)


def open_sealed(box: Box, *, private: bytes, place: Place) -> dict[str, Any]:
    """Return the payload that was sealed for this place. Raises DoesNotOpen, WrongPlace, BadKey."""
    content = from_blocks(_unsealed(box, private=private))
    if content.get("place") != list(place):
        raise WrongPlace
    payload = content.get("payload")
    if not isinstance(payload, dict):
        raise DoesNotOpen
    return payload


def lock_key(private: bytes, *, under: bytes, place: Place) -> bytes:
    """Return 104 bytes that the 32-byte key `under` unlocks. Raises BadKey."""
    return safe_under(under).encrypt(_in_place(private, place))


def unlock_key(box: Box, *, under: bytes, place: Place) -> bytes:
    """Return the 32 bytes that `lock_key` locked. Raises DoesNotOpen, WrongPlace, BadKey."""
    return _out_of_place(_opened(safe_under(under).decrypt, box), place)


def seal_key(private: bytes, *, to: bytes, place: Place) -> bytes:
    """Return 112 bytes that only the private half of `to` opens. Raises BadKey."""
    return _sealed(_in_place(private, place), to=to)


def open_key(box: Box, *, private: bytes, place: Place) -> bytes:
    """Return the 32 bytes that `seal_key` sealed. Raises DoesNotOpen, WrongPlace, BadKey."""
    return _out_of_place(_unsealed(box, private=private), place)


def lock_with_passphrase(private: bytes, passphrase: str, *, place: Place) -> bytes:
    """Return 127 bytes that the passphrase unlocks: parameters, salt, locked key.

    Case, spacing and hyphens of the passphrase do not matter. Takes 64 MiB and a tenth of a second or more; one at a
    time in each process. Raises EmptyPassphrase, BadKey, NotEnoughMemory.
    """
    words = _normalised(passphrase)
    if not words:
        raise EmptyPassphrase
    salt = secrets.token_bytes(nacl.pwhash.argon2id.SALTBYTES)
    front = _STRETCHING.pack(_FORMAT, _OPERATIONS, _MEMORY, salt)
    return front + lock_key(private, under=_stretched(words, front), place=place)


def unlock_with_passphrase(box: Box, passphrase: str, *, place: Place) -> bytes:
    """Return the 32 bytes that `lock_with_passphrase` locked. Raises DoesNotOpen, WrongPlace, NotEnoughMemory."""
    front, locked = bytes(box)[: _STRETCHING.size], bytes(box)[_STRETCHING.size :]
    if not _is_sane(front):
        raise DoesNotOpen
    return unlock_key(locked, under=_stretched(_normalised(passphrase), front), place=place)


def fingerprint(public: bytes) -> str:
    """Return 32 hexadecimal digits that name a public key.

    The first half was the whole of it in the first release: papers and pins of that time still have it.
    """
    halves = (b"heard key", b"heard key, more")
    return "".join(hashlib.blake2b(bytes(public), digest_size=8, person=half).hexdigest() for half in halves)


def to_blocks(value: Mapping[str, object], *, size: int) -> bytes:
    """Return n x `size` bytes: length in 4, canonical JSON, zeros; or CannotSeal."""
    text = _canonical(value)
    framed = _LENGTH_PREFIX.pack(len(text)) + text
    return framed + bytes(-len(framed) % size)


def from_blocks(blocks: bytes) -> dict[str, object]:
    """Return what `to_blocks` was given. Raises DoesNotOpen if it cannot be that."""
    start = _LENGTH_PREFIX.size
    if len(blocks) < start:
        raise DoesNotOpen
    end = start + _LENGTH_PREFIX.unpack(blocks[:start])[0]
    if end > len(blocks) or any(blocks[end:]):
        raise DoesNotOpen
    value = _tried(lambda: json.loads(blocks[start:end]), fails_as=DoesNotOpen, on=(ValueError, RecursionError))
    if not isinstance(value, dict):
        raise DoesNotOpen
    return value


def safe_under(key: bytes) -> SecretBox:
    """Return what seals and opens under this 32-byte key. Raises BadKey."""
    return SecretBox(_key(key))


def _key(key: bytes) -> bytes:
    if len(key) != _KEY_LENGTH:
        raise BadKey
    return bytes(key)


def _tried(
    work: Callable[[], _T],
    *,
    fails_as: type[SealingError],
    on: type[Exception] | tuple[type[Exception], ...] = CryptoError,
) -> _T:
    try:
        return work()
    except on:
        pass
    raise fails_as


def _sealed(plain: bytes, *, to: bytes) -> bytes:
    box = SealedBox(PublicKey(_key(to)))
    # To a point of low order it would be sealed to everybody.
    return _tried(lambda: box.encrypt(plain), fails_as=BadKey)


def _unsealed(box: Box, *, private: bytes) -> bytes:
    return _opened(SealedBox(PrivateKey(_key(private))).decrypt, box)


def _opened(decrypt: Callable[[bytes], bytes], box: Box) -> bytes:
    return _tried(lambda: decrypt(bytes(box)), fails_as=DoesNotOpen)


def _in_place(private: bytes, place: Place) -> bytes:
    """Return 64 bytes, whatever the place: a hash of the place, then the key."""
    return _place_hash(place) + _key(private)


def _out_of_place(plain: bytes, place: Place) -> bytes:
    if len(plain) != 2 * _KEY_LENGTH:
        raise DoesNotOpen
    if plain[:_KEY_LENGTH] != _place_hash(place):
        raise WrongPlace
    return plain[_KEY_LENGTH:]


def _place_hash(place: Place) -> bytes:
    return hashlib.blake2b(_canonical(place), digest_size=32, person=_KEY_PLACE_LABEL).digest()


def plain_words(typed: str) -> list[str]:
    """Return the words of a passphrase, however it was typed: in lower case, with every dash a space."""
    letters = unicodedata.normalize("NFKC", typed).lower()
    return "".join(" " if unicodedata.category(letter) == "Pd" else letter for letter in letters).split()


def _normalised(passphrase: str) -> bytes:
    # surrogatepass: an encoding error would carry the passphrase with it.
    return " ".join(plain_words(passphrase)).encode("utf-8", "surrogatepass")


def _is_sane(front: bytes) -> bool:
    if len(front) != _STRETCHING.size:
        return False
    version, operations, memory, _salt = _STRETCHING.unpack(front)
    affordable = operations <= _MOST_OPERATIONS and memory <= _MOST_MEMORY
    strong = operations >= _OPERATIONS and memory >= _MEMORY
    return bool(version == _FORMAT and strong and affordable)


def _stretched(words: bytes, front: bytes) -> bytes:
    _version, operations, memory, salt = _STRETCHING.unpack(front)
    stretch = partial(nacl.pwhash.argon2id.kdf, opslimit=operations, memlimit=memory * 1024)
    with _ONE_AT_A_TIME:
        return _tried(lambda: stretch(_KEY_LENGTH, words, salt), fails_as=NotEnoughMemory)


def _canonical(value: object) -> bytes:
    write = partial(json.dumps, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    # Text that is no valid Unicode is a ValueError too.
    errors = (TypeError, ValueError, RecursionError)
    return _tried(lambda: write(value).encode(), fails_as=CannotSeal, on=errors)
