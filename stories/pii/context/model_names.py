"""What the name model sees, weighed word by word: it adds names that no rule knows and doubts a rule's guesses."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from stories.pii import allowlist, words
from stories.pii.context import names
from stories.pii.context.names import MODAL_NAMES
from stories.pii.context.people import ACTS, SPEECH
from stories.pii.finding import Finding
from stories.pii.finding import merged_findings as merge
from stories.pii.kinds import make_finding
from stories.pii.model.names import Likely
from stories.pii.tokens import Words
from stories.pii.words import word_group

# Where a word is a name by its looks, the model's word is enough; an ordinary word takes near certainty.
_ENOUGH, _NEARLY_CERTAIN = 0.5, 0.98
_LIKELY = 0.6
_NEVER = 2
_SHORT = 3
_GOES_ON = 0.3
# The model overlooks names, but seldom as plainly as this.
_NOTHING_SEEN = 0.02
_PLACE_ENOUGH = 0.9
_EPITHETS = word_group("epithets")
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


def find_model_names(text: Words, seen: list[Seen | None]) -> Iterator[Finding]:
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
            yield make_finding(text.span(at, last), kind, sure=False)
        at = last + 1


def _holds(text: Words, seen: list[Seen | None], at: int, test: _Test) -> bool:
    here = seen[at] if at < len(seen) else None
    return here is not None and not _is_vetoed(text, at) and test(text, at, here)


def _is_vetoed(text: Words, at: int) -> bool:
    """Small words, counties, platforms, ranks, forces: nobody's name whatever the model says."""
    token = text.tokens[at]
    if len(token.low) < 2 or words.is_never_a_name(token.low) or words.is_quiet(token.low):
        return True
    if allowlist.names_a_force(text.text, token.end) or allowlist.is_done_by_someone(text, at):
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


# --- Whole names ------------------------------------------------------------------------------

_NAMES = ("PERSON", "OFFICER_NAME")
_TITLES = word_group("titles")
_KIN_TITLES = word_group("kin titles")
_EPITHETS_OF_A_WHOLE = word_group("epithets")
_CLAIMS = frozenset({"a", "an", "the", "my", "his", "her", "our", "their", "your", "this", "that", "ur", "me"})
_BESIDE_A_NAME = frozenset({"and", "with", "from", "by", "to", "told", "called", "for", "blame", "asked"})
_ENOUGH_OF_A_WHOLE = 0.5
_LEAST_TOLD = 3
_ENDS = re.compile(r"[ ]?(?:[.,;:!?)\n\"”]|$)|[ ](?:and|or)\b", re.IGNORECASE)


def whole_names(text: Words, seen: list[Seen | None], found: list[Finding]) -> list[Finding]:
    """The same findings, names widened where they were cut, and every later mention of them."""
    widened = [_widened(text, seen, found, number) for number in range(len(found))]
    widened = _of_one_kind(text, widened)
    return merge([widened, allowlist.without_quiet_phrases(text.text, _told_again(text, widened))])


def _widened(text: Words, seen: list[Seen | None], found: list[Finding], number: int) -> Finding:
    each = found[number]
    first, last = text.starting(each.start), text.ending(each.end)
    if each.kind not in _NAMES or first is None or last is None:
        return each
    floor = found[number - 1].end if number else 0
    ceiling = found[number + 1].start if number + 1 < len(found) else len(text.text)
    if each.kind == "PERSON" and _is_titled(text, first) and text.tokens[first - 1].start >= floor:
        first -= 1
    while _is_seen_to_go_on(text, seen, last) and text.tokens[last + 1].end <= ceiling:
        last += 1
    start, end = text.span(first, last)
    return Finding(start, max(end, each.end), each.kind, each.why, each.sure)


def _is_titled(text: Words, first: int) -> bool:
    """ "Mr Oduya", "Aunty Folake", "big Dave", but "my sister Amy" and "the young Dave" only in part."""
    title, before = text.at(first - 1), text.at(first - 2)
    if title is None or text.gap(first - 1) not in (" ", ". ", "\u00a0", "-"):
        return False
    if title.low in _TITLES:
        return True
    is_claimed = before is not None and before.low in _CLAIMS and text.gap(first - 2) == " "
    return not is_claimed and (title.low in _KIN_TITLES or title.low in _EPITHETS_OF_A_WHOLE)


def _is_seen_to_go_on(text: Words, seen: list[Seen | None], last: int) -> bool:
    """The model takes the next word for more of the name, and nothing speaks against it."""
    after = text.next_to(last)
    here = seen[last + 1] if last + 1 < len(seen) else None
    if after is None or here is None or here.name < _ENOUGH_OF_A_WHOLE or text.tokens[last].possessive:
        return False
    if words.is_never_a_name(after.low) or words.is_quiet(after.low) or text.is_acronym(last + 1):
        return False
    return after.title or words.is_any_surname(after.low) or words.is_stranger(after.low)


def _of_one_kind(text: Words, found: list[Finding]) -> list[Finding]:
    """ "DC Khan rang. Khan said": where nothing makes it sure, a name is what it was the surest or the first time."""
    named = [each for each in found if each.kind in _NAMES]
    kinds: dict[str, str] = {}
    for each in sorted(named, key=lambda each: not each.sure):
        kinds.setdefault(_words(text, each), each.kind)
    return [
        make_finding((each.start, each.end), kinds[_words(text, each)], sure=False)
        if each.kind in _NAMES and not each.sure
        else each
        for each in found
    ]


def _words(text: Words, each: Finding) -> str:
    return text.text[each.start : each.end].casefold()


def _told_again(text: Words, found: Iterable[Finding]) -> Iterator[Finding]:
    """A name that something announced once is a name wherever it stands alone, if it is no word there."""
    kinds: dict[str, str] = {}
    for each in found:
        first, last = text.starting(each.start), text.ending(each.end)
        if each.kind in _NAMES and first is not None and last is not None:
            for token in text.tokens[first : last + 1]:
                kinds.setdefault(token.low, each.kind)
    for at, token in enumerate(text.tokens):
        if token.low in kinds and _is_a_name_again(text, at):
            yield make_finding(text.span(at, at), kinds[token.low], sure=False)
        elif token.low in kinds and token.title and (last := names.last_particle(text, at)) is not None:
            yield make_finding(text.span(at, last + 1), kinds[token.low], sure=False)


def _is_a_name_again(text: Words, at: int) -> bool:
    token, before = text.tokens[at], text.at(at - 1)
    low = token.low
    if len(low) < _LEAST_TOLD or words.is_never_a_name(low) or words.is_quiet(low) or not words.is_name(low):
        return False
    if allowlist.names_a_force(text.text, token.end) or allowlist.is_done_by_someone(text, at):
        return False
    if not words.is_word(low):
        return True
    if words.is_virtue(low):
        return False
    if token.title and not token.first:
        return True
    acts = (SPEECH if token.title else ACTS).match(text.text, token.end) is not None
    beside = before is not None and before.low in _BESIDE_A_NAME and text.gap(at - 1) == " "
    return acts or (beside and words.is_first_name(low) and _ENDS.match(text.text, token.end) is not None)
