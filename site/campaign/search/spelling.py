"""Near spellings from the site's own words, so that a slip of the hand finds what it meant."""

from difflib import get_close_matches

from campaign.search.entries import SearchIndex
from stories.reading.search import terms, words

# Bounds of the work: so many words that the site doesn't say, none of them longer, each beside words about as long.
_MOST_UNKNOWN, _SHORTEST, _LONGEST, _MORE_OR_LESS = 4, 4, 20, 2
_ALIKE = 0.8


def nearest_search(typed: str, index: SearchIndex) -> str:
    """What was typed, with the site's own words for those that are spelled nearly so; empty where nothing changes."""
    pieces, at, left = list[str](), 0, _MOST_UNKNOWN
    for run in words.split_words(typed[: terms.LONGEST]):
        if not left or _is_known(run[0], index):
            continue
        left -= 1
        word = run[0].casefold()
        known = [each for each in index.vocabulary.get(word[0], ()) if abs(len(each) - len(word)) <= _MORE_OR_LESS]
        if close := get_close_matches(word, known, n=1, cutoff=_ALIKE):
            pieces += [typed[at : run.start()], close[0]]
            at = run.end()
    return "".join([*pieces, typed[at:]]) if pieces else ""


def _is_known(word: str, index: SearchIndex) -> bool:
    """True for a word that the site says or that begins one of its words, and for any that isn't looked at."""
    typed = word.casefold()
    if not (_SHORTEST <= len(typed) <= _LONGEST and typed.isalpha()) or terms.is_stop_word(words.raw_word(typed)):
        return True
    stem = words.stem_word(typed)
    # Not remembered, as words of stories are: it may be a name.
    return any(known.startswith(typed) or words.remembered_stem(known) == stem for known in index.vocabulary.get(typed[0], ()))
