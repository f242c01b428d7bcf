"""Makes found names whole: the title before, what the model sees after, and the same name told again."""

import re
from collections.abc import Iterable, Iterator

from stories.identifying import vetoes, words
from stories.identifying.cues import word_names
from stories.identifying.cues.model_names import Seen
from stories.identifying.cues.people_patterns import ACTS, SPEECH
from stories.identifying.finding import Finding
from stories.identifying.kinds import finding
from stories.identifying.lists import group
from stories.identifying.merge import merge
from stories.identifying.tokens import Words

_NAMES = ("PERSON", "OFFICER_NAME")
_TITLES = group("titles")
_KIN_TITLES = group("kin titles")
_EPITHETS = group("epithets")
_CLAIMS = frozenset({"a", "an", "the", "my", "his", "her", "our", "their", "your", "this", "that", "ur", "me"})
_BESIDE_A_NAME = frozenset({"and", "with", "from", "by", "to", "told", "called", "for", "blame", "asked"})
_ENOUGH = 0.5
_LEAST_TOLD = 3
_ENDS = re.compile(r"[ ]?(?:[.,;:!?)\n\"”]|$)|[ ](?:and|or)\b", re.IGNORECASE)


def whole(text: Words, seen: list[Seen | None], found: list[Finding]) -> list[Finding]:
    """The same findings, names widened where they were cut, and every later mention of them."""
    widened = [_widened(text, seen, found, number) for number in range(len(found))]
    widened = _of_one_kind(text, widened)
    return merge([widened, vetoes.without_quiet_phrases(text.text, _told_again(text, widened))])


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
    return not is_claimed and (title.low in _KIN_TITLES or title.low in _EPITHETS)


def _is_seen_to_go_on(text: Words, seen: list[Seen | None], last: int) -> bool:
    """The model takes the next word for more of the name, and nothing speaks against it."""
    after = text.next_to(last)
    here = seen[last + 1] if last + 1 < len(seen) else None
    if after is None or here is None or here.name < _ENOUGH or text.tokens[last].possessive:
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
        finding((each.start, each.end), kinds[_words(text, each)], sure=False)
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
            yield finding(text.span(at, at), kinds[token.low], sure=False)
        elif token.low in kinds and token.title and (last := word_names.last_particle(text, at)) is not None:
            yield finding(text.span(at, last + 1), kinds[token.low], sure=False)


def _is_a_name_again(text: Words, at: int) -> bool:
    token, before = text.tokens[at], text.at(at - 1)
    low = token.low
    if len(low) < _LEAST_TOLD or words.is_never_a_name(low) or words.is_quiet(low) or not words.is_name(low):
        return False
    if vetoes.names_a_force(text.text, token.end) or vetoes.is_done_by_someone(text, at):
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
