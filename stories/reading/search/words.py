"""Words as search knows them: folded, stemmed, and spelled in letters that both stores take for letters. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from threading import local

from snowballstemmer.english_stemmer import EnglishStemmer

# Goes up with every change of what `document` makes of a text: what was kept before is then put in anew.
VERSION = 2
# One story may hold a word as often as this and no oftener: PostgreSQL notes no more places than 255.
MOST_OF_ONE = 255
# PostgreSQL counts places up to 16,383.
MOST_STEMS = 16_000
# Longer runs of letters are no words.
LONGEST = 60
# How the tokens of stems begin, and those of whole words.
STEM, WHOLE = "s", "w"
# Stands in every story, so that a search for what is left out alone has something to leave it out of.
EVERY = f"0all{VERSION}"
# Stands between two texts, so that no phrase runs from one into the other; nobody can search for it.
BREAK = "0break"

# Accents typed as characters of their own, and what is there only for where a line may end.
_UNSEEN = "\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff"
_RUN = re.compile(rf"[^\W_]+(?:['’{_UNSEEN}]+[^\W_]+)*[{_UNSEEN}]*")
_PLAIN = re.compile(r"[a-z0-9]+")
_of_this_thread = local()


def split_words(text: str) -> Iterator[re.Match[str]]:
    """Each run of letters and digits, an apostrophe between two of them included."""
    return _RUN.finditer(text)


def raw_word(word: str) -> str:
    """A word as it begins and ends, whatever its case and accents: for searches by a beginning."""
    return f"{WHOLE}{_spelled(word)}"


def stem_word(word: str) -> str:
    """A word without its ending, as English makes them: *police* and *policing* are one."""
    spelled = _spelled(word)
    return f"{STEM}{_stemmer().stemWord(spelled) if spelled.isascii() else spelled}"


# For words that stand in stories. What somebody searches for is remembered nowhere: it may be a name.
remembered_raw = lru_cache(20_000)(raw_word)
remembered_stem = lru_cache(20_000)(stem_word)


def search_document(*texts: str) -> tuple[list[str], list[str]]:
    """Every word of these texts: as stems in their order, which phrases need, and as it stands, each once and in none.

    No phrase runs from one text into the next.
    """
    stems: list[str] = []
    whole: dict[str, None] = {}
    for text in texts:
        found = _RUN.findall(text)
        stems += [*map(remembered_stem, found), BREAK]
        whole |= dict.fromkeys(map(remembered_raw, found))
    # As much as either store can keep, and no more, so that both know the same.
    told = Counter[str]()
    for at, each in enumerate(stems[:MOST_STEMS] if len(stems) > MOST_OF_ONE else ()):
        told[each] += 1
        stems[at] = each if told[each] <= MOST_OF_ONE else BREAK
    return stems[:MOST_STEMS], [*whole, EVERY]


def _spelled(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word).casefold()
    # Some letters are nothing but an accent.
    bare = "".join(letter for letter in apart if letter.isalnum())[:LONGEST] or "0"
    if _PLAIN.fullmatch(bare):
        return bare
    return "".join(letter if _PLAIN.fullmatch(letter) else f"x{ord(letter):x}x" for letter in bare)


def _stemmer() -> EnglishStemmer:
    # The one in Python by name: the faster one that some machines have may be of another age. It works on a state of
    # its own, so each thread has one.
    if not hasattr(_of_this_thread, "stemmer"):
        _of_this_thread.stemmer = EnglishStemmer()
    return _of_this_thread.stemmer
