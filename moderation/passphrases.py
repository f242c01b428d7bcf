"""Words and letters that people write down: six-word passphrases, and the paper's key."""

import secrets
from functools import cache
from pathlib import Path

from moderation.errors import Refused

WORDS = 6
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans("OIL", "011")
_KEY_BYTES = 32
_CHECK_BITS = 4  # 256 bits of key and 4 of check make 52 characters


def six_words() -> str:
    """Return six words of the list, about 77 bits, parted by spaces."""
    return " ".join(secrets.choice(word_list()) for _ in range(WORDS))


@cache
def word_list() -> tuple[str, ...]:
    """The 7,776 words (moderation/data/NOTICE says whose list it is)."""
    return tuple((Path(__file__).parent / "data" / "words.txt").read_text().split())


def key_as_paper(private: bytes) -> str:
    """Return a 32-byte key as 13 groups of four characters, the last bits a check against slips."""
    number = (int.from_bytes(private) << _CHECK_BITS) | _check(private)
    letters = ""
    for _ in range(52):
        number, digit = divmod(number, 32)
        letters = _ALPHABET[digit] + letters
    return "-".join(letters[start : start + 4] for start in range(0, 52, 4))


def paper_as_key(typed: str) -> bytes:
    """Return the key that a paper carries; raises `Refused` with what to look at."""
    letters = "".join(typed.upper().translate(_LOOK_ALIKES).replace("-", " ").split())
    if len(letters) != 52 or any(letter not in _ALPHABET for letter in letters):
        raise Refused("The paper has 13 groups of four letters and numbers. Check that all of them are there.")
    number = 0
    for letter in letters:
        number = number * 32 + _ALPHABET.index(letter)
    private = (number >> _CHECK_BITS).to_bytes(_KEY_BYTES)
    if number & ((1 << _CHECK_BITS) - 1) != _check(private):
        raise Refused("One of the letters isn't as on the paper. Read it again, group by group.")
    return private


def _check(private: bytes) -> int:
    return sum(private) % (1 << _CHECK_BITS)
