"""The same words wherever they stand: listed once, replaced everywhere at once, with neutral words that fit there."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from stories.pii import redact, words as word_lists
from stories.pii.finder import find_identifying
from stories.pii.finding import MAX_CHARACTERS, Finding, InAHurry
from stories.pii.kinds import COMBINATIONS, KINDS, RELATIONS, Kind, words_for
from stories.pii.redact import RULES

# Where a long text is cut: the first of these that it holds. Half a word could look like a name.
_CUTS = ("\n", ". ", " ")
Looked = tuple[str, list[Finding]]


@dataclass(frozen=True)
class Wording:
    """Words that were found once or more; `found` is the finding that stands first."""

    key: str
    words: str
    found: Finding
    times: int
    is_sure: bool
    # The neutral words for it where it stands, the one that says least first.
    neutral: tuple[str, ...]

    @property
    def fitting(self) -> Kind:
        """The words of the table that fit it best, with the neutral ones for where it stands."""
        return replace(words_for(self.found)[0], replacements=self.neutral)

    @property
    def others(self) -> str:
        """The words it goes with, where it identifies only together with them; "" for none."""
        return words_for(self.found)[1]


def look_through(text: str, *, by_rules_alone: bool = False) -> list[Finding]:
    """Find in a text of any length, thoroughly: what is too long for one is cut where a line or a sentence ends."""
    found: list[Finding] = []
    start, is_hurried = 0, False
    while start < len(text):
        end = min(start + MAX_CHARACTERS, len(text))
        if end < len(text):
            cuts = (text.rfind(mark, start, end) + len(mark) for mark in _CUTS if mark in text[start:end])
            end = next(cuts, end)
        part = find_identifying(text[start:end], by_rules_alone=by_rules_alone, is_thorough=True)
        found += (replace(each, start=each.start + start, end=each.end + start) for each in part)
        start, is_hurried = end, is_hurried or isinstance(part, InAHurry)
    return InAHurry(found) if is_hurried else found


def key_of(kind: str, words: str) -> str:
    """Name words of a kind by themselves, so that the name still fits after an edit around them.

    So long that nobody can find two wordings with one name: a reason for the one would let the other through.
    """
    return hashlib.blake2b(f"{kind} {words.casefold()}".encode(), digest_size=16).hexdigest()


def group_wordings(looked: Iterable[Looked]) -> list[Wording]:
    """Return each wording of these texts and their findings once, in the order in which it first stands."""
    listed: dict[str, Wording] = {}
    for text, each in ((text, each) for text, found in looked for each in found):
        words, offered = text[each.start : each.end], fitting_words(text, each)
        key = key_of(each.kind, words)
        if before := listed.get(key):
            fits, is_sure = fitting_both((before.found, before.neutral), (each, offered)), before.is_sure or each.sure
            listed[key] = replace(before, times=before.times + 1, is_sure=is_sure, neutral=fits)
        else:
            listed[key] = Wording(key, words, each, 1, each.sure, offered)
    return list(listed.values())


def replace_wordings(text: str, found: Sequence[Finding], chosen: Mapping[str, str]) -> str:
    """Return the text with the words `chosen` by key in place of every finding that has some; "" takes it out."""
    # From the last to the first, so that what stands before is still where it was found.
    floors = [0, *(each.end for each in found)]
    for floor, each in reversed(list(zip(floors, found, strict=False))):
        words = chosen.get(key_of(each.kind, text[each.start : each.end]))
        if words is not None:
            done = redact.edit_text(text, each.start, each.end, words, floor=floor)
            text = text[: done.start] + done.words + text[done.end :]
    return text


_LOOK_BACK = 80
_RELATED = {kind.why for kind in RELATIONS.values()}
_WITH_AN_AGE = {KINDS["AGE"].why, COMBINATIONS["age and school"].why}
_TENS = "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"
_DECADES = ("", "late teens", *_TENS)
_SAID = {
    word: int(number) for number, *said in (line.split() for line in word_lists.read_list("numbers")) for word in said
}
_TEN, _GROWN, _OLDEST, _A_YEAR = 10, 18, 120, 1900
_PLACES = [
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), f"{neutral}]")
    for neutral, words in (line.split("] ", 1) for line in RULES.lines("sorts of place:"))
]

Offer = tuple[Finding, tuple[str, ...]]


def fitting_words(text: str, found: Finding) -> tuple[str, ...]:
    """Return the neutral words for a finding of this text, the one that says least and fits best first."""
    kind, _others = words_for(found)
    offered = kind.replacements
    if found.kind == "PERSON":
        return _first(_own_words(text, found) if kind.why in _RELATED else None, offered)
    if found.kind == "OFFICER_NAME" and not found.sure:
        return _first("[somebody]", offered)
    if kind.why in _WITH_AN_AGE:
        words = text[found.start : found.end]
        ages = _for_ages(words, whose=_whose(text, found))
        # "My [age] birthday".
        return ("[an age]", *ages) if RULES["ordinal"].search(words) else (*ages, "[an age]")
    if found.kind == "SCHOOL_EMPLOYER":
        return _first(_sort_of_place(text, found), offered)
    return offered


def fitting_both(before: Offer, now: Offer) -> tuple[str, ...]:
    """Return what fits the same words in two places: what the text says of the one, if not something else of the other.

    Of two people of one age or name it offers first what is true of both.
    """
    (found, offered), (found_now, offered_now) = before, now
    is_an_officer = found_now.kind == "OFFICER_NAME" and found_now.sure
    says_least, said_least = (words_for(each)[0].replacements[0] for each in (found_now, found))
    if not is_an_officer and offered_now[0] in {offered[0], says_least}:
        return offered
    noun, noun_now = (words[0].strip("[]").split()[-1] for words in (offered, offered_now))
    if is_an_officer or offered[0] == said_least or (found.kind == "PERSON" and noun == noun_now):
        return offered_now
    return _first(says_least, (*offered, offered_now[0]))


def _first(words: str | None, offered: tuple[str, ...]) -> tuple[str, ...]:
    return (words, *(each for each in offered if each != words)) if words else offered


def _own_words(text: str, found: Finding) -> str | None:
    """The "my daughter" of "my daughter Cadi": the text says it already, and so does no more harm."""
    before = RULES["noun before"].search(text, max(0, found.start - _LOOK_BACK), found.start)
    is_owned = before and before["side"] and RULES["owned"].match(before[0])
    after = RULES["noun after"].match(text, found.end)
    words = text[before.start() : before.start("gap")] if before and is_owned else after["noun"] if after else ""
    return f"[{words.lower() if words.isupper() else words[0].lower() + words[1:]}]" if words else None


def _for_ages(words: str, *, whose: tuple[str, str]) -> tuple[str, ...]:
    ages = _numbers(words)
    if RULES["of a baby"].search(words):
        return "[a baby]", "[a young child]"
    if not ages or max(ages) > _OLDEST:
        return ("[a year]",) if ages and max(ages) > _A_YEAR else ()
    if max(ages) < _GROWN:
        size = "young child" if max(ages) < _TEN else "child"
        several = len(ages) > 1 and " or " not in words
        named = f"[{size}ren]" if several else f"[a {size}]"
        return tuple(dict.fromkeys((named, "[children]" if several else "[a child]")))
    decades = {_DECADES[min(age // _TEN, 9)] for age in ages}
    return tuple(f"[in {one} {decade}]" for one in whose for decade in decades) if len(decades) == 1 else ()


def _numbers(words: str) -> list[int]:
    found = [int(each) for each in re.findall(r"\d{1,4}", words)]
    if found:
        return found
    before = ""
    for word in re.findall(r"[^\W\d_]+", words.casefold()):
        number, last = _number(word), found[-1] if found else 0
        if number and last and before == "ar":
            # "Pedair ar ddeg".
            found[-1] += number
        elif number == _TEN and 0 < last < _TEN and word.endswith("deg"):
            # "Pedwar deg".
            found[-1] *= _TEN
        elif number and number < _TEN < last and last % _TEN == 0:
            found[-1] += number
        elif number:
            found.append(number)
        before = word
    return found


def _number(word: str) -> int | None:
    bare = re.sub(r"ieth\Z", "y", word)
    bare = bare if bare in _SAID else re.sub(r"th\Z", "", bare)
    # As it is misspelt, too: "fourten", "fourty".
    near = [bare] if bare in _SAID else get_close_matches(bare, _SAID, 1, 0.8) if len(bare) > 4 else []
    return _SAID[near[0]] if near else None


def _whose(text: str, found: Finding) -> tuple[str, str]:
    """ "My" before "their" for the age of who writes, and the other way round for anybody else's."""
    start = max(0, found.start - _LOOK_BACK)
    before = RULES["sentence"].split(text[start : found.start])[-1]
    named = RULES["name before"].search(before)
    if named and word_lists.is_first_name(named[1].lower()):
        return "their", "my"
    told = list(RULES["who"].finditer(before))
    is_mine = told[-1]["mine"] is not None if told else not RULES["noun follows"].match(text, found.end)
    return ("my", "their") if is_mine or RULES["i follow"].match(text, found.end) else ("their", "my")


def _sort_of_place(text: str, found: Finding) -> str | None:
    if RULES["station follows"].match(text, found.end):
        return "[a police station]"
    words = text[found.start : found.end]
    plays = RULES["plays"].search(text, max(0, found.start - _LOOK_BACK), found.start)
    return next((neutral for pattern, neutral in _PLACES if pattern.search(words)), "[a club]" if plays else None)
