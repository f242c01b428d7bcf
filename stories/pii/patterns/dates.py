"""Days somebody could look up, with their month or with one that the reader knows from elsewhere; and exact ages."""

import re
from collections.abc import Iterable, Iterator

from stories.pii import allowlist, words
from stories.pii.finding import Finding
from stories.pii.kinds import make_finding
from stories.pii.rule_files import RuleFile, search
from stories.pii.words import GROUPS, slips_of

_RULES = RuleFile("dates")

# --- The calendar -----------------------------------------------------------------------------

_OTHER_SPELLINGS = ("febuary", "feburary", "janury", "septemeber")
_SHORT = 4
_LONG_MONTHS = [each for each in (*words.MONTHS, *_OTHER_SPELLINGS) if len(each) > _SHORT]
_MONTH_SLIPS = slips_of(_LONG_MONTHS) | {"jnue", "juen", "jluy", "juyl", "jully", "juley"}
_WEEKDAY_SLIPS = slips_of(each for each in words.WEEKDAYS if len(each) > _SHORT)


def _is_misspelt_month(match: re.Match[str]) -> bool:
    """The group `strange` is "Janaury" or the like."""
    return match["strange"].lower() in _MONTH_SLIPS


def _is_misspelt_weekday(match: re.Match[str]) -> bool:
    """The group `strange` is "Thrusday" or the like."""
    return match["strange"].lower() in _WEEKDAY_SLIPS


# --- Days -------------------------------------------------------------------------------------

_NEAR = 400
_COUNTING_NEAR = 90
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


def _is_a_day(match: re.Match[str]) -> bool:
    """ "By the 14th"; "by the 2nd" is more often the second of something."""
    return (_number(match) >= _LATE and _counts_nothing(match)) or _has_a_date_nearby(match)


def _is_a_day_of_a_list(match: re.Match[str]) -> bool:
    """ "14th: nothing", not the "2nd:" or "4th:" of a list of reasons."""
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    counted = re.search(r"(?<!\d)1st\b|\bfirst(?:ly)?[,:]", before, re.IGNORECASE) and _number(match) < 2 * _LATE
    return (_number(match) >= _LATE and not counted) or _has_a_date_nearby(match)


def _is_no_turn(match: re.Match[str]) -> bool:
    return _counts_nothing(match) or _has_a_date_nearby(match)


def _is_day_and_month(match: re.Match[str]) -> bool:
    day, month = (int(part) for part in re.findall(r"\d{1,2}", match["it"]))
    return 1 <= day <= 31 and 1 <= month <= 12 and (day, month) != (24, 7)


def _is_an_entry(match: re.Match[str]) -> bool:
    """ "23/5 – rang"; "3/5 – rang" only among other dates, for alone it could be a mark out of five."""
    if not _is_day_and_month(match):
        return False
    day = _number(match)
    if "." in match["it"]:
        return _RULES["dotted nearby"].search(_around(match)) is not None
    return day > 12 or _has_a_date_nearby(match) or _has_another_entry(match)


def _is_a_line_of_days(match: re.Match[str]) -> bool:
    days = [int(day) for day in re.findall(r"(?:\A|\n)[ •*\-]{0,3}(\d{1,2})(?:st|nd|rd|th)\b", _around(match))]
    return len(days) > 1 and max(days) > _DOZEN


def _is_among_days_and_months(match: re.Match[str]) -> bool:
    """ "So 7/3 I report, 21/3 they ring": two or more, and one that can be no mark out of five."""
    if not _is_day_and_month(match):
        return False
    pairs = [(int(day), int(month)) for day, month in _RULES["day and month"].findall(_around(match))]
    days = [day for day, month in pairs if day <= 31 and 1 <= month <= 12 and (day, month) != (24, 7)]
    return len(days) > 1 and max(days) > _DOZEN


def _is_listed_day(match: re.Match[str]) -> bool:
    """ "1 Feb, he sends one. The 4th, he sends another"."""
    if not _is_a_day_of_a_list(match):
        return False
    start, end = max(0, match.start() - _NEAR), match.end() + _NEAR
    return _has_a_date_nearby(match) or _RULES["month nearby"].search(match.string, start, end) is not None


def _has_another_entry(match: re.Match[str]) -> bool:
    return len(re.findall(r"(?:\A|\n)[ •*\-]{0,3}\d{1,2}/\d{1,2}(?![\d/])", _around(match))) > 1


# --- Dates ------------------------------------------------------------------------------------


def _is_a_date(match: re.Match[str]) -> bool:
    first, second, third = (int(part) for part in re.findall(r"\d+", match["it"]))
    if first > 31:
        first, third = third, first
    return min(first, second) >= 1 and min(first, second) <= 12 and max(first, second) <= 31


def _is_no_modal(match: re.Match[str]) -> bool:
    return not (match["it"].endswith("may") and _RULES["modal"].match(match.string, match.end("it")))


def _is_no_count(match: re.Match[str]) -> bool:
    return _RULES["counted"].match(match.string, match.end("it")) is None


DATES = _RULES.shapes("dates", "EXACT_DATE", globals())


# --- Ages ----------------------------------------------------------------------------------------

_AGE_RULES = RuleFile("ages")
_BEFORE_IT, _COUNTS_NEAR, _REPEATED_NEAR = 30, 90, 30
_PERSONS = GROUPS["young people"] | GROUPS["person nouns"] | GROUPS["somebody with an age"]


def _is_years_of_life(match: re.Match[str]) -> bool:
    """ "I was 26", not "26 minutes late" or "26 years in conveyancing"."""
    end = match.end("it")
    return not allowlist.counts_something(match.string, end) and _AGE_RULES["served"].match(match.string, end) is None


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
    return _AGE_RULES["thing"].search(match.string, max(0, match.start() - _BEFORE_IT), match.start()) is None


def _is_no_service(match: re.Match[str]) -> bool:
    return _AGE_RULES["service"].match(match.string, match.end("it")) is None


def _counts_no_thing(match: re.Match[str]) -> bool:
    return not allowlist.counts_something(match.string, match.end("it"))


def _is_a_birthday(match: re.Match[str]) -> bool:
    """ "It was my thirtieth", not "I rang again, my thirtieth"."""
    return _AGE_RULES["counting"].search(match.string, max(0, match.start() - _COUNTS_NEAR), match.start()) is None


def _is_called(match: re.Match[str]) -> bool:
    """ "Our jordan's 17", "Noah (seven, …": a name, or a child by another word; not "our case's 17"."""
    who = match["who"].lower()
    if words.is_name(who) or who in GROUPS["young people"]:
        return _counts_no_thing(match)
    return len(who) > 3 and not words.is_word(who) and not words.is_slip(who) and _counts_no_thing(match)


def _has_no_number_before(match: re.Match[str]) -> bool:
    return _AGE_RULES["numbered"].search(match.string, max(0, match.start("it") - 12), match.start("it")) is None


def _is_no_month(match: re.Match[str]) -> bool:
    return match["who"].lower() not in words.MONTHS


def _is_lived(match: re.Match[str]) -> bool:
    """ "She'd have been three and a half", not "the wait was"."""
    before = match.string[max(0, match.start() - 30) : match.start()]
    return _counts_no_thing(match) and _AGE_RULES["somebody is"].search(before) is not None


AGES = _AGE_RULES.shapes("ages", "AGE", globals())


def find_ages(text: str) -> Iterator[Finding]:
    """Ages in figures or words, told from counts by what follows."""
    found = list(search(text, AGES))
    yield from found
    yield from _said_again(text, found)


def _said_again(text: str, found: Iterable[Finding]) -> Iterator[Finding]:
    """ "My son's eleven. ELEVEN.": a sentence of nothing but a number, right after an age."""
    ends = [each.end for each in found]
    for match in _AGE_RULES["alone"].finditer(text):
        if any(0 < match.start() - end < _REPEATED_NEAR for end in ends):
            yield make_finding(match.span("it"), "AGE", sure=False)
