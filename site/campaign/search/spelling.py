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
        word = run[0].casefold()
        is_read = left and _SHORTEST <= len(word) <= _LONGEST and word.isalpha()
        if not is_read or words.raw_word(word) in terms.STOP_WORDS:
            continue
        # Only the site's words are remembered, as stems: what somebody types may be a name.
        known = [[each for each in some if each[0] == word[0]] for some in index.vocabulary]
        stem = words.stem_word(word)
        if any(each.startswith(word) or words.remembered_stem(each) == stem for some in known for each in some):
            continue
        left -= 1
        alike = ([each for each in some if abs(len(each) - len(word)) <= _MORE_OR_LESS] for some in known)
        if close := next(filter(None, (get_close_matches(word, some, n=1, cutoff=_ALIKE) for some in alike)), None):
            pieces += [typed[at : run.start()], close[0]]
            at = run.end()
    return "".join([*pieces, typed[at:]]) if pieces else ""
