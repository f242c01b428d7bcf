"""Sealing texts and keys, so that what is stored opens only in its own place.

A box says that nobody read it, not who wrote it: anyone who holds a public key can seal
to it. So errors are raised outside `except`: a chained one would hold the plain text.
"""

import hashlib
import json
import secrets
import struct
import threading
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import nacl.pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

# --- What can go wrong ------------------------------------------------------------------------


class SealingError(Exception):
    """Base of them all. It takes no arguments, so no secret can end up in a log."""

    says = "Something about a code, a key, a seal or a token is not right."

    def __init__(self) -> None:
        super().__init__()

    def __str__(self) -> str:
        return self.says


class UnreadableCode(SealingError):
    """What was typed cannot be a receipt code."""

    says = "This is not a receipt code: it has 16 letters and numbers."


class BadPepper(SealingError):
    """The pepper is not 32 to 64 bytes long."""

    says = "The receipt pepper must be 32 to 64 bytes long."


class BadKey(SealingError):
    """A key is not 32 bytes long, or is a public key that nothing can be sealed to."""

    says = "A key must be 32 bytes, and a public key one that can be sealed to."


class CannotSeal(SealingError):
    """The value is not plain JSON in valid Unicode, so nothing was sealed."""

    says = "Only plain JSON values in valid Unicode can be sealed."


class EmptyPassphrase(SealingError):
    """A key was about to be locked under no words at all."""

    says = "A passphrase needs at least one word."


class NotEnoughMemory(SealingError):
    """The machine lacks the memory to try a passphrase, which may be right."""

    says = "There is not enough memory to try the passphrase."


class DoesNotOpen(SealingError):
    """Wrong key or passphrase, or the box was changed."""

    says = "This does not open."


class WrongPlace(DoesNotOpen):
    """It opens, but was sealed for another row, kind or number."""

    says = "This was sealed for another place."


# --- Boxes ------------------------------------------------------------------------------------

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


@dataclass(frozen=True)
class Place:
    """Where a sealed text or key lives: its row's id, its kind, its number there."""

    row: str
    kind: str
    number: int


def new_pair() -> Pair:
    """Return a random pair."""
    private = PrivateKey.generate()
    return Pair(public=bytes(private.public_key), private=bytes(private))


def matches(public: bytes, private: bytes) -> bool:
    """Say whether the two halves belong together; halves of a wrong length do not."""
    if len(private) != _KEY_LENGTH:
        return False
    return bytes(PrivateKey(bytes(private)).public_key) == bytes(public)


def seal_payload(payload: Mapping[str, Any], *, to: bytes, place: Place, size: int = BLOCK) -> bytes:
    """Return 48 + n x `size` bytes that only the private half of `to` opens.

    `payload` is plain JSON whose keys are text. Raises CannotSeal, BadKey.
    """
    content = {"place": _as_list(place), "payload": dict(payload)}
    return _sealed(to_blocks(content, size=size), to=to)


def open_sealed(box: Box, *, private: bytes, place: Place) -> dict[str, Any]:
    """Return the payload that `seal` was given for this place.

    Raises DoesNotOpen, WrongPlace, and BadKey for a key that is not 32 bytes.
    """
    content = from_blocks(_unsealed(box, private=private))
    if content.get("place") != _as_list(place):
        raise WrongPlace
    payload = content.get("payload")
    if not isinstance(payload, dict):
        raise DoesNotOpen
    return payload


def lock_key(private: bytes, *, under: bytes, place: Place) -> bytes:
    """Return 104 bytes that the 32-byte key `under` unlocks. Raises BadKey."""
    return SecretBox(_key(under)).encrypt(_in_place(private, place))


def unlock_key(box: Box, *, under: bytes, place: Place) -> bytes:
    """Return the 32 bytes that `lock_key` locked.

    Raises DoesNotOpen, WrongPlace, BadKey.
    """
    safe = SecretBox(_key(under))
    return _out_of_place(_opened(safe.decrypt, box), place)


def seal_key(private: bytes, *, to: bytes, place: Place) -> bytes:
    """Return 112 bytes that only the private half of `to` opens. Raises BadKey."""
    return _sealed(_in_place(private, place), to=to)


def open_key(box: Box, *, private: bytes, place: Place) -> bytes:
    """Return the 32 bytes that `seal_key` sealed.

    Raises DoesNotOpen, WrongPlace, BadKey.
    """
    return _out_of_place(_unsealed(box, private=private), place)


def lock_with_passphrase(private: bytes, passphrase: str, *, place: Place) -> bytes:
    """Return 127 bytes that the passphrase unlocks: parameters, salt, locked key.

    Case, spacing and hyphens of the passphrase do not matter. Takes 64 MiB and a
    tenth of a second or more; one at a time in each process.
    Raises EmptyPassphrase, BadKey, NotEnoughMemory.
    """
    words = _normalised(passphrase)
    if not words:
        raise EmptyPassphrase
    salt = secrets.token_bytes(nacl.pwhash.argon2id.SALTBYTES)
    front = _STRETCHING.pack(_FORMAT, _OPERATIONS, _MEMORY, salt)
    return front + lock_key(private, under=_stretched(words, front), place=place)


def unlock_with_passphrase(box: Box, passphrase: str, *, place: Place) -> bytes:
    """Return the 32 bytes that `lock_with_passphrase` locked.

    Raises DoesNotOpen, WrongPlace, NotEnoughMemory.
    """
    whole = bytes(box)
    front, locked = whole[: _STRETCHING.size], whole[_STRETCHING.size :]
    if not _is_sane(front):
        raise DoesNotOpen
    under = _stretched(_normalised(passphrase), front)
    return unlock_key(locked, under=under, place=place)


def fingerprint(public: bytes) -> str:
    """Return 32 hexadecimal digits that name a public key.

    The first half was the whole of it in the first release: papers and pins of that time still have it.
    """
    halves = (b"heard key", b"heard key, more")
    return "".join(hashlib.blake2b(bytes(public), digest_size=8, person=half).hexdigest() for half in halves)


def to_blocks(value: Mapping[str, object], *, size: int) -> bytes:
    """Return n x `size` bytes: length in 4, canonical JSON, zeros; or CannotSeal."""
    text = _encoded(_canonical(value))
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
    return _parsed(blocks[start:end])


def _as_list(place: Place) -> list[str | int]:
    return [place.row, place.kind, place.number]


def _key(key: bytes) -> bytes:
    if len(key) != _KEY_LENGTH:
        raise BadKey
    return bytes(key)


def _sealed(plain: bytes, *, to: bytes) -> bytes:
    box = SealedBox(PublicKey(_key(to)))
    try:
        return box.encrypt(plain)
    except CryptoError:
        pass  # a point of low order, which would seal to everybody
    raise BadKey


def _unsealed(box: Box, *, private: bytes) -> bytes:
    return _opened(SealedBox(PrivateKey(_key(private))).decrypt, box)


def _opened(decrypt: Callable[[bytes], bytes], box: Box) -> bytes:
    try:
        return decrypt(bytes(box))
    except CryptoError:
        pass
    raise DoesNotOpen


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
    written = _encoded(_canonical(_as_list(place)))
    return hashlib.blake2b(written, digest_size=32, person=_KEY_PLACE_LABEL).digest()


def _normalised(passphrase: str) -> bytes:
    plain = unicodedata.normalize("NFKC", passphrase).lower()
    spaced = "".join(" " if unicodedata.category(c) == "Pd" else c for c in plain)
    # surrogatepass: an encoding error would carry the passphrase with it.
    return " ".join(spaced.split()).encode("utf-8", "surrogatepass")


def _is_sane(front: bytes) -> bool:
    if len(front) != _STRETCHING.size:
        return False
    version, operations, memory, _salt = _STRETCHING.unpack(front)
    affordable = operations <= _MOST_OPERATIONS and memory <= _MOST_MEMORY
    strong = operations >= _OPERATIONS and memory >= _MEMORY
    return bool(version == _FORMAT and strong and affordable)


def _stretched(words: bytes, front: bytes) -> bytes:
    _version, operations, memory, salt = _STRETCHING.unpack(front)
    with _ONE_AT_A_TIME:
        try:
            return nacl.pwhash.argon2id.kdf(_KEY_LENGTH, words, salt, opslimit=operations, memlimit=memory * 1024)
        except CryptoError:
            pass
    raise NotEnoughMemory


def _canonical(value: object) -> str:
    try:
        return json.dumps(
            value,
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
            allow_nan=False,
        )
    except (TypeError, ValueError, RecursionError):
        pass
    raise CannotSeal


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        pass
    raise CannotSeal


def _parsed(text: bytes) -> dict[str, object]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise DoesNotOpen
    return value
