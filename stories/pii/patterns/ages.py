"""Exact ages, in figures or words, told from counts by what follows."""

import re
from collections.abc import Iterable, Iterator

from stories.pii import allowlist, words
from stories.pii.finding import Finding
from stories.pii.kinds import make_finding
from stories.pii.rule_files import RuleFile, search
from stories.pii.words import word_group

_RULES = RuleFile("ages")
_BEFORE_IT, _NEAR, _REPEATED_NEAR = 30, 90, 30
_YOUNG = word_group("young people")
_PERSONS = _YOUNG | word_group("person nouns") | word_group("somebody with an age")
_SERVICE = _RULES.pattern("service")
_THING = _RULES.pattern("thing")
_SERVED = _RULES.pattern("served")
_COUNTING = _RULES.pattern("counting")
_NUMBERED = _RULES.pattern("numbered")
_SOMEBODY_IS = _RULES.pattern("somebody is")
_ALONE = _RULES.pattern("alone")


def _is_years_of_life(match: re.Match[str]) -> bool:
    """ "I was 26", not "26 minutes late" or "26 years in conveyancing"."""
    end = match.end("it")
    return not allowlist.counts_something(match.string, end) and _SERVED.match(match.string, end) is None


def _is_after_a_name(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 25) : match.start()].split()
    return bool(before) and words.is_name(before[-1].lower())


def _is_after_somebody(match: re.Match[str]) -> bool:
    return words.is_name(match["who"].lower()) or match["who"].lower() in _YOUNG


def _is_of_somebody(match: re.Match[str]) -> bool:
    """ "Kayleigh was 19", not "the bill was 19"."""
    who = match["who"].lower()
    if match["who"].islower() and words.is_common(who) and who not in _PERSONS:
        return False
    somebody = who in _PERSONS or _is_after_somebody(match) or (len(who) > 3 and not words.is_word(who))
    return somebody and _is_years_of_life(match)


def _is_of_somebody_or_pronoun(match: re.Match[str]) -> bool:
    return match["who"].lower() in {"he", "she", "i"} or _is_of_somebody(match)


def _are_close(match: re.Match[str]) -> bool:
    """ "15 or 16", not "50/50"."""
    ages = [int(each) for each in re.findall(r"\d\d", match["it"])]
    return len(ages) < 2 or 0 < abs(ages[0] - ages[1]) <= 3


def _follows_an_age(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 2 * _BEFORE_IT) : match.start()]
    return re.search(r"\b(?:was|is|am|im|aged?|only|i['’]m|s?he['’]?s)\b", before, re.IGNORECASE) is not None


def _is_no_thing(match: re.Match[str]) -> bool:
    """ "She is 8 years old", not "my laptop is 8 years old"."""
    return _THING.search(match.string, max(0, match.start() - _BEFORE_IT), match.start()) is None


def _is_no_service(match: re.Match[str]) -> bool:
    return _SERVICE.match(match.string, match.end("it")) is None


def _counts_nothing(match: re.Match[str]) -> bool:
    return not allowlist.counts_something(match.string, match.end("it"))


def _is_a_birthday(match: re.Match[str]) -> bool:
    """ "It was my thirtieth", not "I rang again, my thirtieth"."""
    return _COUNTING.search(match.string, max(0, match.start() - _NEAR), match.start()) is None


def _is_called(match: re.Match[str]) -> bool:
    """ "Our jordan's 17", "Noah (seven, …": a name, or a child by another word; not "our case's 17"."""
    who = match["who"].lower()
    if words.is_name(who) or who in _YOUNG:
        return _counts_nothing(match)
    return len(who) > 3 and not words.is_word(who) and not words.is_slip(who) and _counts_nothing(match)


def _has_no_number_before(match: re.Match[str]) -> bool:
    return _NUMBERED.search(match.string, max(0, match.start("it") - 12), match.start("it")) is None


def _is_no_month(match: re.Match[str]) -> bool:
    return match["who"].lower() not in words.MONTHS


def _is_lived(match: re.Match[str]) -> bool:
    """ "She'd have been three and a half", not "the wait was"."""
    before = match.string[max(0, match.start() - 30) : match.start()]
    return _counts_nothing(match) and _SOMEBODY_IS.search(before) is not None


AGES = _RULES.shapes(
    "ages",
    "AGE",
    _is_years_of_life,
    _is_after_somebody,
    _is_no_thing,
    _is_of_somebody,
    _is_after_a_name,
    _are_close,
    _is_of_somebody_or_pronoun,
    _is_no_service,
    _follows_an_age,
    _counts_nothing,
    _is_called,
    _has_no_number_before,
    _is_a_birthday,
    _is_lived,
    _is_no_month,
)


def find_ages(text: str) -> Iterator[Finding]:
    """Ages in figures or words, told from counts by what follows."""
    found = list(search(text, AGES))
    yield from found
    yield from _said_again(text, found)


def _said_again(text: str, found: Iterable[Finding]) -> Iterator[Finding]:
    """ "My son's eleven. ELEVEN.": a sentence of nothing but a number, right after an age."""
    ends = [each.end for each in found]
    for match in _ALONE.finditer(text):
        if any(0 < match.start() - end < _REPEATED_NEAR for end in ends):
            yield make_finding(match.span("it"), "AGE", sure=False)
