"""The word lists, read once, and the questions we ask of them; every word comes in lower case."""

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from stories.pii.rule_files import sections_of

_DATA = Path(__file__).parent / "data"


def read_list(name: str) -> list[str]:
    """The lines of one data file in order, comments left out."""
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def read_words(name: str) -> frozenset[str]:
    """Every word of one data file."""
    return frozenset(word for line in read_list(name) for word in line.split())


# Small sets of words.
GROUPS = {name: frozenset(words.split()) for name, words in sections_of(_DATA / "groups.txt").items()}

_MOST_FREQUENT = 3_000
_LONGEST_TYPO = 16
_REMEMBERED = 8_192
_EDGE = 4
_SHORTENED = ("'m", "'d", "'ll", "'re", "'ve", "n't")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

MONTHS, WEEKDAYS = GROUPS["months"], GROUPS["weekdays"]

_COMMON = read_words("words_common")
_WORDS = _COMMON | read_words("words_rare") | read_words("words_seldom")
_INFORMAL = read_words("informal")
_STOP = read_words("never_names") | _INFORMAL
_OWN_FIRST = read_words("more_first_names")
_FIRST = read_words("first_names") | _OWN_FIRST
_SURNAMES_BY_USE = read_list("surnames")
_OWN_SURNAMES = read_words("more_surnames")
SURNAMES = frozenset(_SURNAMES_BY_USE) | _OWN_SURNAMES
TOP_SURNAMES = frozenset(_SURNAMES_BY_USE[:_MOST_FREQUENT]) | _OWN_SURNAMES
_QUIET_NAMES = read_words("quiet_names")
# Written with a capital but nobody's name: countries, platforms, forces, months, laws.
QUIET = _QUIET_NAMES | MONTHS | WEEKDAYS
_SHORT = [word for word in _STOP if 2 < len(word) < 5]
# Two neighbouring letters the wrong way round ("teh", "adn").
_SWAPPED = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for word in _SHORT for at in range(len(word) - 1)}
_SCRAMBLED = _SWAPPED - _WORDS - _FIRST - TOP_SURNAMES
# Quiet, or a capitalised word that is seldom a person's name: it takes a cue to make it one.
PROPER = read_words("proper_nouns") | QUIET


def is_word(low: str) -> bool:
    """An English word, common or rare."""
    return low in _WORDS or low in _STOP


def is_common(low: str) -> bool:
    """A word many people use."""
    return low in _COMMON or low in _STOP


def is_never_a_name(low: str) -> bool:
    """Small words, verbs and the nouns of these stories: no cue makes a name of them."""
    return low in _STOP or low in _SCRAMBLED or low.endswith(_SHORTENED)


def is_first_name(low: str) -> bool:
    """Somebody's first name, even if it is a word too."""
    return low in _FIRST and low not in _STOP


def is_plain_first_name(low: str) -> bool:
    """A first name that is no common word, so that it needs no cue."""
    if low in GROUPS["always names"]:
        return True
    if len(low) == 3 and (low not in _OWN_FIRST or low in _WORDS):
        return False
    if len(low) < 3 or low in _COMMON or low in _STOP or low in PROPER:
        return False
    return low in _OWN_FIRST or (low in _FIRST and low not in _WORDS)


def is_surname(low: str) -> bool:
    """A surname that is no English word."""
    return low in SURNAMES and low not in _COMMON and low not in _STOP


def is_plain_surname(low: str) -> bool:
    """A frequent surname that is no word at all, so that it needs no cue."""
    return len(low) > 4 and low in TOP_SURNAMES and low not in _WORDS and low not in _STOP and low not in PROPER


def is_common_surname(low: str) -> bool:
    """A frequent surname, even if it is a word too ("butler", "reed")."""
    return low in TOP_SURNAMES and low not in _STOP


def is_name(low: str) -> bool:
    return is_first_name(low) or is_surname(low) or is_common_surname(low)


def is_known(low: str) -> bool:
    """Any word, name or proper noun of our lists."""
    return low in _WORDS or low in _STOP or low in _FIRST or low in SURNAMES or low in PROPER


def is_stranger(low: str) -> bool:
    """On no list and no slip of the pen: likely a name we have not met."""
    return len(low) > 3 and not is_known(low) and not is_slip(low)


class Near:
    """Words, and whether one of them is one slip away: a letter left out, put in, changed, or two swapped."""

    def __init__(self, near: Iterable[str]) -> None:
        self._words = frozenset(word for word in near if len(word) >= _EDGE)
        # Most slips leave the head or the tail as it was, so that strange words are ruled out at once.
        self._heads = frozenset(word[:_EDGE] for word in self._words)
        self._tails = frozenset(word[-_EDGE:] for word in self._words)

    def has_a_slip_to(self, low: str) -> bool:
        return any(
            self._may_be_met(low[:at], low[at:]) and not self._words.isdisjoint(_slips_at(low[:at], low[at:]))
            for at in range(len(low) + 1)
        )

    def _may_be_met(self, head: str, tail: str) -> bool:
        is_met = len(head) < _EDGE or head[:_EDGE] in self._heads
        return is_met and (len(tail) <= _EDGE + 1 or tail[-_EDGE:] in self._tails)


def slip_to(low: str, meant: frozenset[str]) -> str | None:
    """The one of these words that is one slip away."""
    slips = (slip for at in range(len(low) + 1) for slip in _slips_at(low[:at], low[at:]))
    return next((slip for slip in slips if slip in meant), None)


# Made at the first look for each set of words.
near = cache(Near)
_SPELT = _COMMON | _INFORMAL | _QUIET_NAMES


@lru_cache(_REMEMBERED)
def is_slip_of_small_word(low: str) -> bool:
    """One letter away from a word that is never a name ("wroe", "himelf")."""
    if not 4 <= len(low) <= _LONGEST_TYPO or low in _FIRST or low in TOP_SURNAMES:
        return False
    return near(_STOP).has_a_slip_to(low)


@lru_cache(_REMEMBERED)
def is_slip(low: str) -> bool:
    """No word we know, but one letter away from a common one: a typing slip."""
    if not 4 <= len(low) <= _LONGEST_TYPO or low in _FIRST or low in _WORDS:
        return False
    return near(_SPELT).has_a_slip_to(low)


def forget_strangers() -> None:
    """Drop what was remembered of the text just read: its words are not ours to keep."""
    is_slip.cache_clear()
    is_slip_of_small_word.cache_clear()


def slips_of(low: Iterable[str]) -> frozenset[str]:
    """Every string one slip away from one of these words, less the words and names of the language."""
    # The first letter stays, but may be typed twice.
    places = ((word[:at], word[at:], _LETTERS if at else word[0]) for word in low for at in range(len(word) + 1))
    found = {slip for head, tail, letters in places for slip in _slips_at(head, tail, letters)}
    return frozenset(slip for slip in found if not is_word(slip) and not is_name(slip))


def _slips_at(head: str, tail: str, letters: str = _LETTERS) -> list[str]:
    """What a slip between these two makes of them: a letter left out, put in or changed, or two swapped."""
    found = [head + tail[1:]] if tail else []
    if len(tail) > 1:
        found.append(head + tail[1] + tail[0] + tail[2:])
    return found + [head + letter + rest for letter in letters for rest in (tail, tail[1:])]
