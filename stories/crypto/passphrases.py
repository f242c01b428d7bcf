"""Words and letters that people write down: six-word passphrases, the paper's key, fingerprints."""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from stories.crypto.receipts import ALPHABET, LOOK_ALIKES, spelled
from stories.crypto.sealing import plain_words

WORDS = 6
_KEY_BYTES = 32
_GROUPS, _IN_A_GROUP = 13, 4  # 52 letters of five bits hold 256 bits of key and 4 of check
_CHECK_BITS = 4


def six_words() -> str:
    """Return six words of the list, about 77 bits, parted by spaces."""
    return " ".join(secrets.choice(word_list()) for _place in range(WORDS))


@cache
def word_list() -> tuple[str, ...]:
    """The 7,776 words (data/NOTICE beside this file says whose list it is)."""
    return tuple((Path(__file__).parent / "data" / "words.txt").read_text().split())


def slip_in(typed: str) -> str | None:
    """Say which word can't be right, or that there aren't six, without repeating any of them."""
    words = list(_words_in(typed))
    unknown = [place for place, word in enumerate(words, start=1) if word not in word_list()]
    if len(unknown) == 1:
        return _("Look at word %(place)s: it isn’t in our list.") % {"place": unknown[0]}
    if unknown:
        places = ", ".join(str(place) for place in unknown)
        return _("Look at words %(places)s: they aren’t in our list.") % {"places": places}
    if len(words) != WORDS:
        return _("There are six words, and you typed %(count)s.") % {"count": len(words)}
    return None


def _words_in(typed: str) -> Iterator[str]:
    """Part what was typed into words; a few of the list have a hyphen, which may be typed as a space."""
    parts = plain_words(typed)
    while parts:
        with_hyphen = "-".join(parts[:2])
        yield with_hyphen if with_hyphen in word_list() else parts[0]
        del parts[: 2 if with_hyphen in word_list() else 1]


def same_fingerprint(typed: str, name: str) -> bool:
    """True when `typed` is the fingerprint `name`, however it was spaced and in either case."""
    spelled_alike = (each.upper().translate(LOOK_ALIKES) for each in (typed, name))
    return hmac.compare_digest(*("".join(filter(str.isalnum, each)).encode() for each in spelled_alike))


def key_as_paper(private: bytes) -> str:
    """Return a 32-byte key as 13 groups of five characters, the last of each a check against slips."""
    number = (int.from_bytes(private) << _CHECK_BITS) | _check(private)
    letters = spelled(number, length=_GROUPS * _IN_A_GROUP)
    groups = [letters[start : start + _IN_A_GROUP] for start in range(0, len(letters), _IN_A_GROUP)]
    return "-".join(group + _check_letter(group, place) for place, group in enumerate(groups, start=1))


class Misread(ValueError):
    """A paper's letters aren't as they were printed; it says what to look at."""


def paper_as_key(typed: str) -> bytes:
    """Return the key that a paper carries; raises `Misread` with what to look at."""
    letters = "".join(typed.upper().translate(LOOK_ALIKES).replace("-", " ").split())
    whole = _GROUPS * (_IN_A_GROUP + 1)
    if len(letters) != whole:
        says = _(
            "The paper has 13 groups of five letters and numbers, %(whole)s in all, and you typed %(count)s. "
            "Check that every group is there."
        )
        raise Misread(says % {"whole": whole, "count": len(letters)})
    if any(letter not in ALPHABET for letter in letters):
        raise Misread(_("The paper has only numbers and letters, and no letter U. Read it again, group by group."))
    groups = [letters[start : start + _IN_A_GROUP + 1] for start in range(0, whole, _IN_A_GROUP + 1)]
    wrong = [str(place) for place, group in enumerate(groups, start=1) if group[-1] != _check_letter(group[:-1], place)]
    if wrong:
        says = _("This isn’t quite what the paper says. Read again: group %(groups)s.")
        raise Misread(says % {"groups": ", ".join(wrong)})
    number = 0
    for letter in "".join(group[:-1] for group in groups):
        number = number * 32 + ALPHABET.index(letter)
    private = (number >> _CHECK_BITS).to_bytes(_KEY_BYTES)
    if number & ((1 << _CHECK_BITS) - 1) != _check(private):
        raise Misread(_("One of the letters isn’t as on the paper. Read it again, group by group."))
    return private


def _check_letter(group: str, place: int) -> str:
    """One letter that changes with any letter of its group, their order, and the group's own place."""
    return ALPHABET[_hash(f"{place} {group}".encode()) % 32]


def _check(private: bytes) -> int:
    return _hash(private) % (1 << _CHECK_BITS)


def _hash(content: bytes) -> int:
    return hashlib.blake2b(content, digest_size=1, person=b"heard paper").digest()[0]
