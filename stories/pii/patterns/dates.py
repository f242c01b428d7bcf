"""Days somebody could look up, with their month or with one that the reader knows from elsewhere; and exact ages."""

import re
from collections.abc import Iterator

from stories.pii import allowlist, words
from stories.pii.kinds import Finding, make_finding
from stories.pii.rule_files import RuleFile, search
from stories.pii.words import GROUPS, slips_of

_RULES = RuleFile("dates")

_SHORT = 4
_LONG_MONTHS = {each for each in words.MONTHS | GROUPS["months misspelt"] if len(each) > _SHORT}
_MONTH_SLIPS = slips_of(_LONG_MONTHS) | GROUPS["short months misspelt"]
_WEEKDAY_SLIPS = slips_of(each for each in words.WEEKDAYS if len(each) > _SHORT)
_NEAR, _COUNTING_NEAR = 400, 90
_LATE, _DOZEN = 4, 12


def _around(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]


def _number(match: re.Match[str]) -> int:
    digits = re.search(r"\d{1,2}", match["it"])
    if digits:
        return int(digits[0])
    return _DOZEN + 1 if _RULES["late day"].search(match["it"]) else _LATE


def _has_a_date_nearby(match: re.Match[str]) -> bool:
    before = max(0, match.start() - _NEAR), match.start("it")
    after = match.end("it"), match.end() + _NEAR
    return any(_RULES["date nearby"].search(match.string, *span) for span in (before, after))


def _counts_nothing(match: re.Match[str]) -> bool:
    """No "on eleven occasions" before it, to which "on the ninth" could belong."""
    late_figure = _number(match) > _DOZEN and any(each.isdigit() for each in match["it"])
    near = max(0, match.start() - _COUNTING_NEAR)
    return late_figure or _RULES["counting"].search(match.string, near, match.start("it")) is None


def _is_a_day_of_a_list(match: re.Match[str]) -> bool:
    """ "14th: nothing", not the "2nd:" or "4th:" of a list of reasons."""
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    counted = re.search(r"(?<!\d)1st\b|\bfirst(?:ly)?[,:]", before, re.IGNORECASE) and _number(match) < 2 * _LATE
    return (_number(match) >= _LATE and not counted) or _has_a_date_nearby(match)


def _is_listed_day(match: re.Match[str]) -> bool:
    """ "1 Feb, he sends one. The 4th, he sends another"."""
    month = _RULES["month nearby"].search(match.string, max(0, match.start() - _NEAR), match.end() + _NEAR)
    return _is_a_day_of_a_list(match) and (month is not None or _has_a_date_nearby(match))


def _is_pair(day: int, month: int) -> bool:
    """A day and its month; "24/7" is none."""
    return 1 <= day <= 31 and 1 <= month <= 12 and (day, month) != (24, 7)


def _is_day_and_month(match: re.Match[str]) -> bool:
    return _is_pair(*map(int, re.findall(r"\d{1,2}", match["it"])))


def _has_another_entry(match: re.Match[str]) -> bool:
    return len(re.findall(r"(?:\A|\n)[ •*\-]{0,3}\d{1,2}/\d{1,2}(?![\d/])", _around(match))) > 1


def _is_an_entry(match: re.Match[str]) -> bool:
    """ "23/5 – rang"; "3/5 – rang" only among other dates, for alone it could be a mark out of five."""
    if not _is_day_and_month(match):
        return False
    if "." in match["it"]:
        return _RULES["dotted nearby"].search(_around(match)) is not None
    return _number(match) > _DOZEN or _has_a_date_nearby(match) or _has_another_entry(match)


def _are_many(days: list[int]) -> bool:
    """Two days or more, and one that can be no mark out of five."""
    return len(days) > 1 and max(days) > _DOZEN


def _is_among_days_and_months(match: re.Match[str]) -> bool:
    """ "So 7/3 I report, 21/3 they ring"."""
    if not _is_day_and_month(match):
        return False
    pairs = [(int(day), int(month)) for day, month in _RULES["day and month"].findall(_around(match))]
    return _are_many([day for day, month in pairs if _is_pair(day, month)])


def _is_a_date(match: re.Match[str]) -> bool:
    first, second, third = (int(part) for part in re.findall(r"\d+", match["it"]))
    if first > 31:
        first, third = third, first
    return min(first, second) >= 1 and min(first, second) <= 12 and max(first, second) <= 31


_DAY_CHECKS = globals() | {
    # "Janaury", "Thrusday".
    "_is_misspelt_month": lambda match: match["strange"].lower() in _MONTH_SLIPS,
    "_is_misspelt_weekday": lambda match: match["strange"].lower() in _WEEKDAY_SLIPS,
    # "By the 14th"; "by the 2nd" is more often the second of something.
    "_is_a_day": lambda match: (_number(match) >= _LATE and _counts_nothing(match)) or _has_a_date_nearby(match),
    "_is_no_turn": lambda match: _counts_nothing(match) or _has_a_date_nearby(match),
    "_is_a_line_of_days": lambda match: _are_many([int(day) for day in _RULES["line of days"].findall(_around(match))]),
    "_is_no_modal": lambda match: not (match["it"].endswith("may") and _RULES.follows("modal", match)),
    "_is_no_count": lambda match: not _RULES.follows("counted", match),
}
DATES = _RULES.shapes("dates", "EXACT_DATE", _DAY_CHECKS)

_AGE_RULES = RuleFile("ages")
_PERSONS = GROUPS["young people"] | GROUPS["person nouns"] | GROUPS["somebody with an age"]
_REPEATED_NEAR = 30


def _is_years_of_life(match: re.Match[str]) -> bool:
    """ "I was 26", not "26 minutes late" or "26 years in conveyancing"."""
    return not allowlist.counts_something(match) and not _AGE_RULES.follows("served", match)


def _is_after_a_name(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 25) : match.start()].split()
    return bool(before) and words.is_name(before[-1].lower())


def _is_after_somebody(match: re.Match[str]) -> bool:
    return words.is_name(match["who"].lower()) or match["who"].lower() in GROUPS["young people"]


def _is_of_somebody(match: re.Match[str]) -> bool:
    """ "Kayleigh was 19", not "the bill was 19"."""
    who = match["who"].lower()
    if match["who"].islower() and words.is_common(who) and who not in _PERSONS:
        return False
    somebody = who in _PERSONS or _is_after_somebody(match) or (len(who) > 3 and not words.is_word(who))
    return somebody and _is_years_of_life(match)


def _is_called(match: re.Match[str]) -> bool:
    """ "Our jordan's 17", "Noah (seven, …": a name, or a child by another word; not "our case's 17"."""
    who = match["who"].lower()
    is_strange = len(who) > 3 and not words.is_word(who) and not words.is_slip(who)
    return (_is_after_somebody(match) or is_strange) and not allowlist.counts_something(match)


def _are_close(match: re.Match[str]) -> bool:
    """ "15 or 16", not "50/50"."""
    ages = [int(each) for each in re.findall(r"\d\d", match["it"])]
    return len(ages) < 2 or 0 < abs(ages[0] - ages[1]) <= 3


def _has_before(match: re.Match[str], rule: str, reach: int) -> bool:
    return _AGE_RULES[rule].search(match.string[max(0, match.start() - reach) : match.start()]) is not None


_AGE_CHECKS = globals() | {
    "_is_of_somebody_or_pronoun": lambda match: match["who"].lower() in {"he", "she", "i"} or _is_of_somebody(match),
    "_follows_an_age": lambda match: _has_before(match, "age before", 60),
    # "She is 8 years old", not "my laptop is 8 years old".
    "_is_no_thing": lambda match: not _AGE_RULES.leads("thing", match, 30),
    "_is_no_service": lambda match: not _AGE_RULES.follows("service", match),
    "_counts_no_thing": lambda match: not allowlist.counts_something(match),
    # "It was my thirtieth", not "I rang again, my thirtieth".
    "_is_a_birthday": lambda match: not _AGE_RULES.leads("counting", match, 90),
    "_has_no_number_before": lambda match: not _AGE_RULES.leads("numbered", match, 12, group="it"),
    "_is_no_month": lambda match: match["who"].lower() not in words.MONTHS,
    # "She'd have been three and a half", not "the wait was".
    "_is_lived": lambda match: not allowlist.counts_something(match) and _has_before(match, "somebody is", 30),
}
AGES = _AGE_RULES.shapes("ages", "AGE", _AGE_CHECKS)


def find_ages(text: str) -> Iterator[Finding]:
    """Ages in figures or words, told from counts by what follows; and "ELEVEN." alone, right after "my son's eleven."""
    found = list(search(text, AGES))
    yield from found
    for match in _AGE_RULES["alone"].finditer(text):
        if any(0 < match.start() - each.end < _REPEATED_NEAR for each in found):
            yield make_finding(match.span("it"), "AGE", sure=False)
