"""Numbers of people, of their papers and cars, of cases and of officers."""

import re
from collections.abc import Iterator

from stories.pii import allowlist, words
from stories.pii.kinds import Finding, make_finding
from stories.pii.rule_files import RuleFile, search

_RULES = RuleFile("id_numbers")

_NEAR = 60


def _count_digits(match: re.Match[str]) -> int:
    return sum(letter.isdigit() for letter in match["it"])


def _checks_as_nhs(match: re.Match[str]) -> bool:
    digits = [int(digit) for digit in match["it"] if digit.isdigit()]
    total = sum(digit * (10 - at) for at, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == digits[9]


def _checks_as_card(match: re.Match[str]) -> bool:
    digits = [int(digit) for digit in reversed(match["it"]) if digit.isdigit()]
    doubled = [digit if at % 2 == 0 else sum(divmod(2 * digit, 10)) for at, digit in enumerate(digits)]
    return sum(doubled) % 10 == 0


def _looks_like_a_plate(match: re.Match[str]) -> bool:
    letters = max(re.findall(r"[a-z]+", match["it"], re.IGNORECASE), key=len)
    if letters.isupper() and not match.string.isupper():
        return True
    around = match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    return not words.is_word(letters.lower()) or _RULES["car"].search(around) is not None


_LEAST_DIGITS = 5


def _is_no_year(match: re.Match[str]) -> bool:
    return re.fullmatch(r"(?:19[5-9]|20[0-3])\d", match["it"]) is None


def _is_no_run_of_years(match: re.Match[str]) -> bool:
    """Not the "2016/17" of a budget or a season."""
    years = re.fullmatch(r"(?:19|20)(\d\d)/(\d\d)", match["it"])
    return years is None or (int(years[1]) + 1) % 100 != int(years[2])


def _is_a_reference(match: re.Match[str]) -> bool:
    is_ordinal = re.fullmatch(r"\d{1,3}(?:st|nd|rd|th|yo|am|pm)", match["it"], re.IGNORECASE) is not None
    return _count_digits(match) >= 3 and _is_no_year(match) and not is_ordinal


def _is_a_short_reference(match: re.Match[str]) -> bool:
    if _count_digits(match) > 3:
        return _is_no_year(match)
    return not allowlist.counts_something(match)


def _has_a_code(match: re.Match[str]) -> bool:
    """ "Ref wmp 20 5517 840", not "ref the 2019"."""
    shown, force = match["force"].isupper() and not match.string.isupper(), match["force"].lower()
    is_force = shown or force in words.QUIET or not words.is_word(force)
    return _count_digits(match) >= _LEAST_DIGITS and is_force and force not in words.MONTHS


def _is_in_parts(match: re.Match[str]) -> bool:
    """ "TAA-4410-23-C00": letters and digits in several parts, no date among them."""
    whole = match["it"]
    if "covid" in whole.lower() or any(
        len(part) > 2 and words.is_common(part) for part in re.findall(r"[a-z]+", whole.lower())
    ):
        return False
    has_letters = any(each.isalpha() for each in whole)
    return _count_digits(match) >= _LEAST_DIGITS and has_letters and not _RULES["month name"].search(whole)


_COUNTED = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def _is_a_number(match: re.Match[str]) -> bool:
    ordinal = re.fullmatch(r"\d{1,6}(?:st|nd|rd|th|yo|am|pm)", match["it"], re.IGNORECASE)
    return _count_digits(match) > 2 and ordinal is None


def _is_a_collar(match: re.Match[str]) -> bool:
    if re.fullmatch(r"[am]\d\d?", match["it"], re.IGNORECASE):
        return False
    return (_is_a_number(match) and _is_no_year(match)) or re.fullmatch(
        r"[a-z]{1,3}\d\d", match["it"], re.IGNORECASE
    ) is not None


def _is_no_counting(match: re.Match[str]) -> bool:
    """Not "one two three" of somebody who counts to stay calm."""
    said = [word.lower() for word in re.findall(r"[a-z]+", match["it"], re.IGNORECASE)]
    return said != _COUNTED[: len(said)]


_CHECKS = globals() | {
    "_is_no_year_of_papers": lambda match: not _RULES["year last"].search(match["it"]) or _looks_like_a_plate(match),
    "_has_letters_and_digits": lambda match: _RULES["mixed"].search(match["it"]) is not None,
    # After the word itself "2019" is no year.
    "_is_told_a_collar": lambda match: _is_a_number(match) or _is_a_collar(match),
}
# By a strict shape or a cue, of one person or one account.
PAPERS = (
    *_RULES.shapes("national insurance", "NI_NUMBER", _CHECKS),
    *_RULES.shapes("bank", "BANK", _CHECKS),
    *_RULES.shapes("nhs", "NHS_NUMBER", _CHECKS),
)
PLATES = _RULES.shapes("plates", "VRM", _CHECKS)
REFERENCES = _RULES.shapes("references", "CRIME_REF", _CHECKS)
COLLARS = _RULES.shapes("collars", "COLLAR_NUMBER", _CHECKS)
# Long numbers that nothing else explained.
OTHERS = _RULES.shapes("others", "NUMBER", _CHECKS)


def find_collar_numbers(text: str) -> Iterator[Finding]:
    """Collar, shoulder and warrant numbers, and the same number wherever else it stands."""
    found = list(search(text, COLLARS))
    yield from found
    told = {text[each.start : each.end].lower() for each in found}
    if told:
        for match in _RULES["stands alone"].finditer(text):
            if match["it"].lower() in told:
                yield make_finding(match.span("it"), "COLLAR_NUMBER", sure=False)
