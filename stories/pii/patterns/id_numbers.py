"""Numbers of people, of their papers and cars, of cases and of officers."""

import re
from collections.abc import Iterator

from stories.pii import allowlist, words
from stories.pii.kinds import Finding, make_finding
from stories.pii.rule_files import RuleFile, search

_RULES = RuleFile("id_numbers")

_NEAR, _WITHIN, _BESIDE = 60, 30, 15


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


def _checks_as_iban(match: re.Match[str]) -> bool:
    letters = match["it"].replace(" ", "")
    return len(letters) >= 15 and int("".join(str(int(each, 36)) for each in letters[4:] + letters[:4])) % 97 == 1


def _is_no_date(match: re.Match[str]) -> bool:
    """Neither "09-01-28" nor "20240311", read in any order."""
    digits = "".join(digit for digit in match["it"] if digit.isdigit())
    parts = [int(digits[at : at + 2]) for at in range(0, len(digits), 2)]
    ways = [parts] if len(parts) == 3 else [parts[:3], parts[1:]] if digits[:2] in {"19", "20"} else [parts[:3]]
    return not any(
        1 <= day <= 31 and 1 <= month <= 12
        for one, two, three in ways
        for day, month in ((one, two), (two, one), (three, two))
    )


_CLOSE = 12


def _is_no_row_of_numbers(match: re.Match[str]) -> bool:
    """Not the "25-30-35" of ages, nor the "41-40-39" of a score; with blanks or strokes it takes more to be a code."""
    one, two, three = (int(part) for part in re.findall(r"\d\d", match["it"]))
    return " " not in match["it"] and max(abs(two - one), abs(three - two)) > _CLOSE


def _is_paid_to(match: re.Match[str]) -> bool:
    return _RULES.leads("pays", match, _NEAR, "it") and not _RULES.follows("counted", match)


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


def _counts_nothing(match: re.Match[str]) -> bool:
    """Not the "1500 cases" that a sergeant has, nor the 1430 that one comes at."""
    said = match["it"]
    is_a_time = re.fullmatch(r"(?:[01]\d|2[0-3])[0-5]\d", said) and _RULES.leads("clock before", match, _BESIDE, "it")
    return not is_a_time and not _counts_something(match)


def _counts_something(match: re.Match[str]) -> bool:
    counted = _RULES["counted"].match(match.string, match.end("it"))
    return counted is not None and not words.is_plain_surname((counted["noun"] or "").lower())


def _is_not_round(match: re.Match[str]) -> bool:
    """Officers have few of these, and counts many."""
    return int(re.sub(r"\D", "", match["it"])) % 50 != 0


def _is_an_officers(match: re.Match[str]) -> bool:
    """A number that does what an officer does, or to whom something is done: "2094 never rang me"."""
    said, is_met = match["it"], re.fullmatch(r"\d+[A-Z]{2}", match["it"]) is not None
    if _RULES["unit"].search(said) or (said[-1].isalpha() and not is_met):
        return False
    if not (_is_not_round(match) and _is_no_year(match)) or _counts_something(match):
        return False
    if any(_RULES.leads(heading, match, _BESIDE, "it") for heading in ("spent", "numbered")):
        return False
    named = _RULES["named"].match(match.string, match.end())
    if is_met or (named and words.is_common_surname(named["name"].lower())):
        return True
    if _RULES.leads("done by", match, _WITHIN, "it"):
        return True
    is_so = any(_RULES.follows(heading, match) for heading in ("behind a collar", "does alone"))
    return _counts_nothing(match) and (is_so or _RULES.leads("before a collar", match, _NEAR, "it"))


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
