"""Receipt codes: making one, reading what was typed, and what is derived from it."""

import hashlib
import re
import secrets
import unicodedata

from stories.crypto.sealing import BadPepper, UnreadableCode

# Crockford's base32: no I, L, O or U. http://www.crockford.com/base32.html
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AS_WE_WRITE_IT = re.compile(rf"[{ALPHABET}]{{4}}(?:-[{ALPHABET}]{{4}}){{3}}")
LOOK_ALIKES = str.maketrans("OIL", "011")
_LENGTH = 16  # characters of 5 bits each: 80 bits
_LONGEST_TYPED = 200  # more than this is not a code, and not worth normalising
_DOTS = ".·•\N{MINUS SIGN}"  # punctuation ignored besides every dash and space


def new_code() -> str:
    """Return 80 random bits as `XXXX-XXXX-XXXX-XXXX`."""
    return _spelled(secrets.randbits(5 * _LENGTH))


def further_code(code: str, *, about: str) -> str:
    """Return a code made from this one for what it is `about`: the same each time, and no way back from it."""
    key = read_code(code).encode("ascii")
    made = hashlib.blake2b(about.encode(), digest_size=5 * _LENGTH // 8, key=key, person=b"heard further")
    return _spelled(int.from_bytes(made.digest(), "big"))


def read_code(typed: str) -> str:
    """Return the code as `XXXX-XXXX-XXXX-XXXX`, however it was typed.

    Case, spaces, dashes and dots do not matter; O counts as 0, I and L as 1.
    Raises UnreadableCode, which never holds what was typed.
    """
    if len(typed) > _LONGEST_TYPED:
        raise UnreadableCode
    if _AS_WE_WRITE_IT.fullmatch(typed):
        return typed
    spelled = unicodedata.normalize("NFKC", typed)
    kept = "".join(mark for mark in spelled if not _is_ignored(mark))
    characters = kept.upper().translate(LOOK_ALIKES)
    if len(characters) != _LENGTH or not set(characters) <= set(ALPHABET):
        raise UnreadableCode
    return _grouped(characters)


def code_length(typed: str) -> int:
    """Count the typed characters of a code, whatever they are; 0 for as many as a code has."""
    count = sum(not _is_ignored(mark) for mark in typed)
    return 0 if count == _LENGTH else count


def look_up_id(code: str, *, pepper: bytes) -> bytes:
    """Return the 32 bytes by which a submission is found; stored. Raises BadPepper, UnreadableCode."""
    return _derived(code, pepper=pepper, label=b"heard look-up")


def wrapping_key(code: str, *, pepper: bytes) -> bytes:
    """Return the 32-byte key that locks a story key; never stored. Raises as `look_up_id` does."""
    return _derived(code, pepper=pepper, label=b"heard wrapping")


def check_of_pepper(pepper: bytes) -> bytes:
    """Return 16 bytes that tell one pepper from another, and help nobody to a code; stored. Raises BadPepper."""
    return _keyed(b"", pepper=pepper, label=b"heard pepper", size=16)


def _spelled(bits: int) -> str:
    return _grouped(spelled(bits, length=_LENGTH))


def spelled(bits: int, *, length: int) -> str:
    """Return these bits as `length` letters of the alphabet, from the highest."""
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(5 * (length - 1), -1, -5))


def _grouped(characters: str) -> str:
    return "-".join(characters[at : at + 4] for at in range(0, _LENGTH, 4))


def _is_ignored(mark: str) -> bool:
    # Zs is every space, Pd every dash; Cc and Cf are the line ends, tabs, soft hyphens
    # and direction marks that come along when a code is pasted.
    return mark in _DOTS or unicodedata.category(mark) in {"Zs", "Pd", "Cc", "Cf"}


def _derived(code: str, *, pepper: bytes, label: bytes) -> bytes:
    # Read again here: an id of a code in another spelling would find nothing.
    return _keyed(read_code(code).encode("ascii"), pepper=pepper, label=label, size=32)


def _keyed(content: bytes, *, pepper: bytes, label: bytes, size: int) -> bytes:
    """Return BLAKE2b of this under a pepper of 32 to 64 bytes; hashlib pads the label to 16 bytes."""
    if not 32 <= len(pepper) <= 64:
        raise BadPepper
    return hashlib.blake2b(content, digest_size=size, key=pepper, person=label).digest()
