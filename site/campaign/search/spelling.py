"""Near spellings from the site's own words, so that a slip of the hand finds what it meant."""

from difflib import get_close_matches

from campaign.search.entries import SearchIndex
from stories.reading.search import terms, words

# Bounds of the work: so many words that the site doesn't say, none of them longer, each beside words about as long.
_MOST_UNKNOWN, _SHORTEST, _LONGEST, _MORE_OR_LESS = 4, 4, 20, 3
_ALIKE = 0.8


def nearest_search(typed: str, index: SearchIndex) -> str:
    """What was typed, with the site's own words for those that are spelled nearly so; empty where nothing changes."""
    pieces, at, left = list[str](), 0, _MOST_UNKNOWN
    for run in words.split_words(typed[: terms.LONGEST]):
        if not left or _is_known(run[0], index):
            continue
        left -= 1
        word = run[0].casefold()
        if close := next(filter(None, (_nearest(word, each.get(word[0], [])) for each in index.vocabulary)), ""):
            pieces += [typed[at : run.start()], close]
            at = run.end()
    return "".join([*pieces, typed[at:]]) if pieces else ""


def _nearest(word: str, known: list[str]) -> str:
    about_as_long = [each for each in known if abs(len(each) - len(word)) <= _MORE_OR_LESS]
    return next(iter(get_close_matches(word, about_as_long, n=1, cutoff=_ALIKE)), "")


def _is_known(word: str, index: SearchIndex) -> bool:
    """True for a word that the site knows or that begins one of its words, and for any that isn't looked at."""
    typed = word.casefold()
    if not (_SHORTEST <= len(typed) <= _LONGEST and typed.isalpha()) or terms.is_stop_word(words.raw_word(typed)):
        return True
    # Of the two only the site's words are remembered: what somebody types may be a name.
    stem, known = words.stem_word(typed), (word for each in index.vocabulary for word in each.get(typed[0], ()))
    return any(word.startswith(typed) or words.remembered_stem(word) == stem for word in known)
