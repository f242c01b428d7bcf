"""Details that say little alone, such as a job or a faith, and those of them that may point at one person together."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from stories.pii import words
from stories.pii.kinds import (
    COMBINATIONS,
    MAX_CHARACTERS,
    NEUTRAL_WORDS,
    Finding,
    IdentifyingError,
    merged_findings,
    touching_findings,
)
from stories.pii.replacements import fitting_words
from stories.pii.rule_files import RuleFile, search, sections_of
from stories.pii.tokens import Folded, fold_text
from stories.pii.words import GROUPS

_WORD = re.compile(r"[^\W_]{1,40}+(?:['’][^\W_]{1,40}+){0,2}+")
_GAPS = (" ", "-", "' ", "’ ")
_MOST_WORDS, _SHORTEST_SLIP = 6, 7
_ENOUGH = 0.45
_ENDINGS = (("s", ""), ("es", ""), ("ies", "y"), ("men", "man"))
_FIRST_SIGN = 0xE000


def _key(phrase: str) -> str:
    """A phrase as the lists are asked for it: "Baker's" is "bakers", and "make-up" two words."""
    return re.sub(r"['’]", "", phrase.lower()).replace("-", " ")


def _read_lists() -> dict[str, frozenset[str]]:
    """The names of the lists that each phrase stands in."""
    found: dict[str, frozenset[str]] = {}
    for name, listed in sections_of(Path(__file__).parent / "data" / "indirect.txt").items():
        for phrase in filter(None, re.split(r",\s*", listed.replace("\n", " "))):
            found[_key(phrase)] = found.get(_key(phrase), frozenset()) | {name}
    return found


_LISTS = _read_lists()
_SINGLE_WORDS = frozenset(word for phrase in _LISTS for word in phrase.split() if len(word) >= _SHORTEST_SLIP)


def _lists_with(key: str) -> frozenset[str]:
    """The lists of a phrase and of the one that it is the plural of."""
    single = (key.removesuffix(many) + one for many, one in _ENDINGS if key.endswith(many))
    return frozenset(chain.from_iterable(_LISTS.get(each, ()) for each in (key, *single)))


def _make_signs() -> dict[frozenset[str], str]:
    """One letter that no writing uses for the phrases of the same lists, so that a rule is as short as it reads."""
    sets = dict.fromkeys(_lists_with(form) for phrase in _LISTS for form in (phrase, f"{phrase}s"))
    return {lists: chr(_FIRST_SIGN + number) for number, lists in enumerate(sets)}


_SIGNS = _make_signs()
_RULES = RuleFile(
    "indirect",
    **{
        name: f"[{''.join(sign for lists, sign in _SIGNS.items() if name in lists)}]"
        for name in sorted(frozenset(chain.from_iterable(_SIGNS)))
    },
)
# Words that fit two kinds are of the first.
_KINDS = ("ONLY_ONE", "CHILD", "EVENT", "BODY", "CLUB", "JOB", "FAITH", "NATIONALITY", "EMPLOYER")
_SHAPES = [_RULES.shapes(kind.lower().replace("_", " "), kind, {}) for kind in _KINDS]


def find_indirect(text: str, found: Iterable[Finding]) -> list[Finding]:
    """Indirect details, sorted by place; none overlaps another or one of those `found` by the finder."""
    if len(text) > MAX_CHARACTERS:
        raise IdentifyingError(f"a text may have at most {MAX_CHARACTERS} characters")
    folded = fold_text(text)
    signed = _put_signs(folded.text)
    # Neutral words that stand there already say nothing.
    neutral = [Finding(*match.span(), "", "", sure=True) for match in _RULES["neutral"].finditer(text)]
    taken = merged_findings([neutral, found])
    kept: list[Finding] = []
    for shapes in _SHAPES:
        layer = folded.put_back(signed.put_back(search(signed.text, shapes)))
        others = merged_findings([taken, kept])
        kept = merged_findings([kept, filter(None, (_free_part(text, each, others) for each in layer))])
    # The words that we offer say nothing without their brackets, either.
    return [each for each in kept if f"[{text[each.start : each.end].lower()}]" not in NEUTRAL_WORDS]


def _put_signs(text: str) -> Folded:
    """The text with one sign in place of each phrase that a list has."""
    tokens = list(_WORD.finditer(text))
    keys = [_spelt(_key(token[0])) for token in tokens]
    letters, spans, at, number = list[str](), list[tuple[int, int]](), 0, 0
    while number < len(tokens):
        last, sign = _longest_phrase(text, tokens, keys, number)
        if sign:
            start, end = tokens[number].start(), tokens[last].end()
            letters += text[at:start], sign
            spans += [*((each, each + 1) for each in range(at, start)), (start, end)]
            at = end
        number = last + 1
    spans += ((each, each + 1) for each in range(at, len(text)))
    return Folded("".join([*letters, text[at:]]), spans)


def _longest_phrase(text: str, tokens: list[re.Match[str]], keys: list[str], first: int) -> tuple[int, str]:
    last = first
    while last + 1 < min(len(tokens), first + _MOST_WORDS):
        if text[tokens[last].end() : tokens[last + 1].start()] not in _GAPS:
            break
        last += 1
    for end in range(last, first - 1, -1):
        if lists := _lists_with(" ".join(keys[first : end + 1])):
            return end, _SIGNS.get(lists, "")
    return first, ""


def _spelt(key: str) -> str:
    """The word of our lists that a slip of the pen meant: "haridresser"."""
    is_deed = key.endswith(("ed", "ing"))
    if len(key) < _SHORTEST_SLIP or is_deed or words.is_known(key) or not words.near(_SINGLE_WORDS).has_a_slip_to(key):
        return key
    return words.slip_to(key, _SINGLE_WORDS) or key


def _free_part(text: str, each: Finding, taken: list[Finding]) -> Finding | None:
    """What nothing else marks of it, from its first letter to its last, where that is enough of it to say something."""
    start, end = each.start, each.end
    for other in touching_findings(taken, start, end):
        start, end = (start, other.start) if other.start - start >= end - other.end else (other.end, end)
    if start > each.start and (led := _RULES["leads on"].match(text, start, end)):
        start = led.end()
    said = _RULES["said"].search(text, start, end)
    if said is None or len(said[0]) < _ENOUGH * (each.end - each.start):
        return None
    return replace(each, start=said.start(), end=said.end())


@dataclass(frozen=True)
class Combination:
    """Findings that may point at one person together, and which of them to blur first, with neutral words for it."""

    findings: tuple[Finding, ...]
    words: str
    first: Finding
    neutral: str


_SHOWN = ("TOGETHER", "JOB", "EMPLOYER", "FAITH", "NATIONALITY", "CLUB", "BODY", "ONLY_ONE", "SCHOOL_EMPLOYER", "PLACE")
# What narrows it down the most, and is missed the least.
_BLURRED_FIRST = ("ONLY_ONE", "PLACE", "SCHOOL_EMPLOYER", "TOGETHER", "FAITH", "NATIONALITY", "BODY", "CLUB")
_ENOUGH_ALONE = 3
_OF_NOBODY = tuple(COMBINATIONS[name].why for name in ("day and place", "age and school"))


def point_at_one_person(text: str, found: Iterable[Finding], indirect: Iterable[Finding]) -> Combination | None:
    """The first detail of each kind, where together they may point at one person: "pharmacist · Sikh · Oadby"."""
    each_first = {each.kind: each for each in reversed([*_narrow_places(text, found), *indirect])}
    parts = {kind: each_first[kind] for kind in _SHOWN if kind in each_first}
    people = parts.keys() - {"PLACE", "SCHOOL_EMPLOYER", "EMPLOYER"}
    is_somewhere = bool(people) and not parts.keys().isdisjoint({"PLACE", "SCHOOL_EMPLOYER"})
    is_at_work = len(people) > 1 and "EMPLOYER" in parts
    is_rare = "ONLY_ONE" in parts and len(parts) > 1
    if not (is_somewhere or is_at_work or is_rare or len(people) >= _ENOUGH_ALONE):
        return None
    said = " · ".join(_RULES["article"].sub("", text[each.start : each.end]) for each in parts.values())
    first = next(parts[kind] for kind in (*_BLURRED_FIRST, *parts) if kind in parts)
    return Combination(tuple(parts.values()), said, first, fitting_words(text, first)[0])


def _narrow_places(text: str, found: Iterable[Finding]) -> Iterator[Finding]:
    """Workplaces with a name, places that are no large town, and what the finder puts together itself."""
    for each in found:
        is_small = each.kind == "PLACE" and text[each.start : each.end].lower() not in GROUPS["large towns"]
        is_of_somebody = each.kind == "TOGETHER" and not each.why.startswith(_OF_NOBODY)
        if is_small or is_of_somebody or each.kind == "SCHOOL_EMPLOYER":
            yield each
