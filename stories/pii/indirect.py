"""Details that say little alone, such as a job or a faith, and those of them that may point at one person together."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from stories.pii import words
from stories.pii.kinds import INDIRECT, MAX_CHARACTERS, Finding, IdentifyingError, merged_findings, touching_findings
from stories.pii.replacements import fitting_words
from stories.pii.rule_files import RuleFile, search, sections_of
from stories.pii.tokens import Folded, fold_text
from stories.pii.words import GROUPS

_WORD = re.compile(r"[^\W_]{1,40}+(?:['’][^\W_]{1,40}+){0,2}+")
_GAPS = (" ", "-", "' ", "’ ")
_MOST_WORDS, _SHORTEST_SLIP = 6, 7
_FIRST_SIGN = 0xE000


def _key(phrase: str) -> str:
    """A phrase as the lists are asked for it: "Baker's" is "bakers", and "make-up" two words."""
    return re.sub(r"['’]", "", phrase.lower()).replace("-", " ")


def _lists() -> dict[str, frozenset[str]]:
    """The lists that each phrase stands in."""
    found: dict[str, frozenset[str]] = {}
    for name, listed in sections_of(Path(__file__).parent / "data" / "indirect.txt").items():
        for phrase in re.split(r",\s*", listed.replace("\n", " ")):
            found[_key(phrase)] = found.get(_key(phrase), frozenset()) | {name}
    found.pop("", None)
    return found


_LISTS = _lists()
_SINGLE_WORDS = frozenset(word for phrase in _LISTS for word in phrase.split() if len(word) >= _SHORTEST_SLIP)
_ENDINGS = (("s", ""), ("es", ""), ("ies", "y"), ("men", "man"))


def _lists_with(key: str) -> frozenset[str]:
    """The lists of a phrase, or of the one that it is the plural of."""
    single = (key.removesuffix(many) + one for many, one in _ENDINGS if key.endswith(many))
    return frozenset(chain.from_iterable(_LISTS.get(each, ()) for each in (key, *single)))


# Phrases of the same lists have the same sign, one letter of those that no writing uses.
_SIGNS: dict[frozenset[str], str] = {}
for _each in _LISTS:
    for _form in (_each, f"{_each}s"):
        _SIGNS.setdefault(_lists_with(_form), chr(_FIRST_SIGN + len(_SIGNS)))
_NAMES = frozenset(chain.from_iterable(_SIGNS))
_RULES = RuleFile(
    "indirect", **{name: f"[{''.join(sign for lists, sign in _SIGNS.items() if name in lists)}]" for name in _NAMES}
)
# The order decides which kind gets words that fit two.
_KINDS = ("ONLY_ONE", "CHILD", "EVENT", "BODY", "FAITH", "NATIONALITY", "CLUB", "JOB", "EMPLOYER")
_SHAPES = {kind: _RULES.shapes(kind.lower().replace("_", " "), kind, globals()) for kind in _KINDS}


def _with_signs(text: str) -> Folded:
    """The text with one sign in place of each phrase that a list has."""
    tokens = list(_WORD.finditer(text))
    keys = [_spelt(_key(token[0])) for token in tokens]
    letters, spans, at, number = list[str](), list[tuple[int, int]](), 0, 0
    while number < len(tokens):
        last, sign = _longest_phrase(text, tokens, keys, number)
        if sign:
            start, end = tokens[number].start(), tokens[last].end()
            letters += [text[at:start], sign]
            spans += [*((each, each + 1) for each in range(at, start)), (start, end)]
            at = end
        number = last + 1
    letters.append(text[at:])
    spans += [(each, each + 1) for each in range(at, len(text))]
    return Folded("".join(letters), spans)


def _longest_phrase(text: str, tokens: list[re.Match[str]], keys: list[str], first: int) -> tuple[int, str]:
    last = first
    while last + 1 < min(len(tokens), first + _MOST_WORDS) and text[tokens[last].end() : tokens[last + 1].start()] in _GAPS:
        last += 1
    for end in range(last, first - 1, -1):
        if lists := _lists_with(" ".join(keys[first : end + 1])):
            return end, _SIGNS.get(lists, "")
    return first, ""


def _spelt(key: str) -> str:
    """The word of our lists that a slip of the pen meant: "haridresser"."""
    if len(key) < _SHORTEST_SLIP or words.is_known(key) or not words.near(_SINGLE_WORDS).has_a_slip_to(key):
        return key
    return words.slip_to(key, _SINGLE_WORDS) or key


def find_indirect(text: str, found: Iterable[Finding]) -> list[Finding]:
    """Indirect details, sorted by place; none overlaps another or one of those `found` by the finder."""
    if len(text) > MAX_CHARACTERS:
        raise IdentifyingError(f"a text may have at most {MAX_CHARACTERS} characters")
    folded = fold_text(text)
    signed = _with_signs(folded.text)
    # Neutral words that stand there already say nothing.
    taken = merged_findings([[Finding(*match.span(), "", "", sure=True) for match in _RULES["neutral"].finditer(text)], found])
    layers = (folded.put_back(signed.put_back(search(signed.text, shapes))) for shapes in _SHAPES.values())
    return merged_findings(filter(None, (_free_part(text, each, taken) for each in layer)) for layer in layers)


def _free_part(text: str, each: Finding, taken: list[Finding]) -> Finding | None:
    """What nothing else marks of it, less the blanks at its ends."""
    start, end = each.start, each.end
    for other in touching_findings(taken, start, end):
        start, end = (start, other.start) if other.start - start >= end - other.end else (other.end, end)
    said = _RULES["said"].search(text, start, end)
    is_most = said and 3 * len(said[0]) >= each.end - each.start
    return replace(each, start=said.start(), end=said.end()) if said and is_most else None


@dataclass(frozen=True)
class Combination:
    """Findings that may point at one person together, and which of them to blur first, with neutral words for it."""

    findings: tuple[Finding, ...]
    words: str
    first: Finding
    neutral: str


# What narrows it down the most comes first.
_BLURRED_FIRST = ("ONLY_ONE", "PLACE", "SCHOOL_EMPLOYER", "FAITH", "NATIONALITY", "BODY", "CLUB", "EMPLOYER", "JOB")
_SHOWN = ("JOB", "EMPLOYER", "FAITH", "NATIONALITY", "CLUB", "BODY", "ONLY_ONE", "SCHOOL_EMPLOYER", "PLACE")
_ENOUGH_ALONE = 3


def point_at_one_person(text: str, found: Iterable[Finding], indirect: Iterable[Finding]) -> Combination | None:
    """The first detail of each kind, if together they may point at one person: "pharmacist · Sikh · Oadby"."""
    first = {each.kind: each for each in reversed([*_places(text, found), *indirect]) if each.kind in _SHOWN}
    people = first.keys() - {"PLACE", "SCHOOL_EMPLOYER", "EMPLOYER"}
    is_somewhere = bool(people) and (not first.keys().isdisjoint({"PLACE", "SCHOOL_EMPLOYER"}))
    is_at_work = "EMPLOYER" in first and len(people) > 1
    if not (is_somewhere or is_at_work or len(people) >= _ENOUGH_ALONE or ("ONLY_ONE" in first and len(first) > 1)):
        return None
    parts = [first[kind] for kind in _SHOWN if kind in first]
    shown = " · ".join(_RULES["article"].sub("", text[each.start : each.end]) for each in parts)
    blurred = next(first[kind] for kind in _BLURRED_FIRST if kind in first)
    return Combination(tuple(parts), shown, blurred, fitting_words(text, blurred)[0])


def _places(text: str, found: Iterable[Finding]) -> Iterator[Finding]:
    """Workplaces by name, and places that are no large town."""
    for each in found:
        if each.kind == "SCHOOL_EMPLOYER" or text[each.start : each.end].lower() not in GROUPS["large towns"]:
            yield each


