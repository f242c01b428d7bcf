"""Texts of nearly the same words, found in memory: sentence by sentence, by their pairs of neighbouring words."""

import heapq
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from uuid import UUID

_ENDS, _NUMBERS, _WORDS = re.compile(r"[.!?…\r\n。！？]"), re.compile(r"\d+"), re.compile(r"\w+")
# The share of a sentence's pairs that the other text may lack: one word in seven.
_LACKS_AT_MOST = 4
# So many pairs in a row make a statement of its own, in however long a sentence: three words put in or changed.
_OWN_WORDS = bytes(4)
# The lowest pairs stand for a text: those that are alike share some of them. It is held against so few groups, and so
# few groups stand under one pair, that a thousand texts take no million comparisons.
_SKETCH, _MOST_HELD_AGAINST, _MOST_UNDER_A_PAIR = 8, 3, 8

_Sentences = Sequence[Sequence[int]]


def group_similar(texts: Mapping[UUID, str]) -> list[list[UUID]]:
    """Part texts into groups, each text in one: every sentence of a text is one of its group's first, and the other way
    round, but for numbers and a word in seven. Where chance or the bounds miss something, a text stands alone.

    Ours, for no library holds each sentence against the other text: MinHash (datasketch) says how alike two texts are
    as a whole, and a cry for help after a long advertisement hardly changes that number. Python's own hash is keyed
    anew in each process, so that nobody can write words to meet another's.
    """
    groups: list[list[UUID]] = []
    firsts: list[_Sentences] = []
    by_pair: dict[int, list[int]] = defaultdict(list)
    for key, text in texts.items():
        sentences = _sentences(text)
        pairs = set(chain.from_iterable(sentences))
        sketch = heapq.nsmallest(_SKETCH, pairs)
        near = Counter(chain.from_iterable(by_pair[pair] for pair in sketch)).most_common(_MOST_HELD_AGAINST)
        found = next((at for at, _shared in near if _is_alike(sentences, pairs, firsts[at])), None)
        if found is not None:
            groups[found].append(key)
            continue
        for pair in sketch:
            if len(by_pair[pair]) < _MOST_UNDER_A_PAIR:
                by_pair[pair].append(len(groups))
        groups.append([key])
        firsts.append(sentences)
    return groups


def _sentences(text: str) -> _Sentences:
    """Each sentence as its pairs of neighbours, its beginning and its end among them; any number is the same."""
    several = (_WORDS.findall(part) for part in _ENDS.split(_NUMBERS.sub("0", text.casefold())))
    return [array("q", map(hash, zip(["", *words], [*words, ""], strict=True))) for words in several if words]


def _is_alike(sentences: _Sentences, pairs: Collection[int], first: _Sentences) -> bool:
    return not _has_its_own(sentences, set(chain.from_iterable(first))) and not _has_its_own(first, pairs)


def _has_its_own(sentences: _Sentences, others: Collection[int]) -> bool:
    """True where a sentence, or a run of words within one, isn't in the other text."""
    for sentence in sentences:
        shared = bytes(map(others.__contains__, sentence))
        if shared.count(0) * _LACKS_AT_MOST > len(shared) or _OWN_WORDS in shared:
            return True
    return False
