"""What the name model sees, weighed word by word: it adds names that no rule knows and doubts a rule's guesses."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from stories.identifying import vetoes, words
from stories.identifying.cues.people_patterns import SPEECH
from stories.identifying.cues.word_names import MODAL_NAMES
from stories.identifying.finding import Finding
from stories.identifying.kinds import finding
from stories.identifying.lists import group
from stories.identifying.model.names import Likely
from stories.identifying.tokens import Words

# Where a word is a name by its looks, the model's word is enough; an ordinary word takes near certainty.
_ENOUGH, _NEARLY_CERTAIN = 0.5, 0.98
_LIKELY = 0.6
_NEVER = 2
_SHORT = 3
_GOES_ON = 0.3
# The model overlooks names, but seldom as plainly as this.
_NOTHING_SEEN = 0.02
_PLACE_ENOUGH = 0.9
_EPITHETS = group("epithets")
_KNOWN_BY = 2
_JOINED = (" ", "-", "'", "’", "–")


@dataclass(frozen=True, slots=True)
class Seen:
    """One word's likelihoods, each the highest of its pieces; None where it was not looked at."""

    name: float
    place: float
    street: float


def open_words(text: Words) -> tuple[list[int], list[int]]:
    """Return where the words start of which the model could make a name, a town or a street: it is asked about no more.

    Of other words it may say what it likes. Those of which a text is full come second: what is a name the first two
    times is found again without it.
    """
    said: Counter[tuple[str, bool]] = Counter()
    ranked = []
    for at, token in enumerate(text.tokens):
        if _is_open(text, at):
            ranked.append((said[token.low, token.title], token.start))
            said[token.low, token.title] += 1
    ranked.sort()
    first = bisect_left(ranked, (_KNOWN_BY, 0))
    return [start for _times, start in ranked[:first]], [start for _times, start in ranked[first:]]


def _is_open(text: Words, at: int) -> bool:
    return not _is_vetoed(text, at) and (_needed(text, at) <= 1 or _is_odd(text, at))


def by_word(text: Words, pieces: list[Likely]) -> list[Seen | None]:
    """Give each word of the text what the model saw in it."""
    seen: list[Seen | None] = []
    at = 0
    for token in text.tokens:
        while at < len(pieces) and pieces[at].end <= token.start:
            at += 1
        inside = []
        for piece in pieces[at : at + token.end - token.start]:
            if piece.start >= token.end:
                break
            inside.append(piece)
        seen.append(_highest(inside) if inside else None)
    return seen


def _highest(pieces: list[Likely]) -> Seen:
    return Seen(
        max(each.name for each in pieces), max(each.place for each in pieces), max(each.street for each in pieces)
    )


def find(text: Words, seen: list[Seen | None]) -> Iterator[Finding]:
    """Names, then towns and streets, that the model is sure enough of."""
    yield from _runs(text, seen, "PERSON", _opens_a_name, _continues_a_name)
    yield from _runs(text, seen, "PLACE", _is_a_place, _is_a_place)
    yield from _runs(text, seen, "ADDRESS", _is_a_street, _is_a_street)


def without_the_unlikely(text: Words, seen: list[Seen | None], guesses: Iterable[Finding]) -> Iterator[Finding]:
    """Bare PERSON only: leave out words in which the model sees no name, town or street at all."""
    for each in guesses:
        at = text.starting(each.start)
        if each.sure or at is None or not _is_nothing(text, seen, at, each.end):
            yield each


def _is_nothing(text: Words, seen: list[Seen | None], at: int, end: int) -> bool:
    before = text.at(at - 1)
    if text.tokens[at].low in MODAL_NAMES or (before is not None and before.low in _EPITHETS):
        return False
    while at < len(text.tokens) and text.tokens[at].start < end:
        here = seen[at]
        if here is None or max(here.name, here.place, here.street) >= _NOTHING_SEEN:
            return False
        low = text.tokens[at].low
        if words.is_plain_first_name(low) or words.is_chinese_syllable(low):
            return False
        at += 1
    return True


_Test = Callable[[Words, int, Seen], bool]


def _runs(text: Words, seen: list[Seen | None], kind: str, opens: _Test, goes_on: _Test) -> Iterator[Finding]:
    at = 0
    while at < len(text.tokens):
        last = at
        if _holds(text, seen, at, opens):
            while text.gap(last) in _JOINED and _holds(text, seen, last + 1, goes_on):
                last += 1
            yield finding(text.span(at, last), kind, sure=False)
        at = last + 1


def _holds(text: Words, seen: list[Seen | None], at: int, test: _Test) -> bool:
    here = seen[at] if at < len(seen) else None
    return here is not None and not _is_vetoed(text, at) and test(text, at, here)


def _is_vetoed(text: Words, at: int) -> bool:
    """Small words, counties, platforms, ranks, forces: nobody's name whatever the model says."""
    token = text.tokens[at]
    if len(token.low) < 2 or words.is_never_a_name(token.low) or words.is_quiet(token.low):
        return True
    if vetoes.names_a_force(text.text, token.end) or vetoes.is_done_by_someone(text, at):
        return True
    if token.title and token.first and words.is_common(token.low) and not _is_somebody(text, at):
        return True
    return text.is_acronym(at) and not words.is_plain_first_name(token.low)


def _is_somebody(text: Words, at: int) -> bool:
    """Not the "Ward" of "Ward sister", where the capital is the sentence's."""
    end, after = text.tokens[at].end, text.next_to(at)
    return after is None or after.title or SPEECH.match(text.text, end) is not None


def _opens_a_name(text: Words, at: int, seen: Seen) -> bool:
    return seen.name >= _needed(text, at)


def _continues_a_name(text: Words, at: int, seen: Seen) -> bool:
    return seen.name >= min(_GOES_ON if not words.is_word(text.tokens[at].low) else 1, _needed(text, at))


def _needed(text: Words, at: int) -> float:
    """The likelihood that makes this word a name; more than 1 where nothing does."""
    token = text.tokens[at]
    told = token.title and not token.first
    # A surname that hardly anybody has, in small letters, is a slip of the pen more often ("breth").
    listed = (
        words.is_first_name(token.low)
        or words.is_common_surname(token.low)
        or (words.is_surname(token.low) and (told or not words.is_slip(token.low)))
    )
    if words.is_proper(token.low) and not listed:
        return _NEVER
    if words.is_word(token.low):
        if words.is_first_name(token.low):
            return _ENOUGH if told else _NEVER if words.is_virtue(token.low) else _LIKELY
        return _NEARLY_CERTAIN if told or listed else _NEVER
    if words.is_slip(token.low) and not listed:
        return _NEARLY_CERTAIN if told else _NEVER
    return _ENOUGH if len(token.low) > _SHORT else _LIKELY


def _is_a_place(text: Words, at: int, seen: Seen) -> bool:
    return seen.place >= _PLACE_ENOUGH and _is_odd(text, at)


def _is_a_street(text: Words, at: int, seen: Seen) -> bool:
    return seen.street >= _PLACE_ENOUGH and _is_odd(text, at)


def _is_odd(text: Words, at: int) -> bool:
    """No word that a sentence would use: told by its capital, or known to no list."""
    token = text.tokens[at]
    if words.is_proper(token.low) and not words.is_name(token.low):
        return False
    return (token.title and not token.first) or words.is_stranger(token.low)
