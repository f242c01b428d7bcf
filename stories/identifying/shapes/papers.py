"""Numbers on papers and plates: National Insurance, NHS, bank and card, registration, passport."""

import re
from collections.abc import Iterator

from stories.identifying import words
from stories.identifying.finding import Finding
from stories.identifying.shapes import search, shape

_CAR = re.compile(
    r"\b(?:cars?|reg|regs|registration|plates?|vehicle|van|bike|motor|audi|bmw|corsa|fiesta|golf|astra|driv\w{1,5})\b",
    re.IGNORECASE,
)
_NEAR = 60
_SEP = r"[ \u00a0.\-–]"


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
    return not words.is_word(letters.lower()) or _CAR.search(around) is not None


def _is_no_year(match: re.Match[str]) -> bool:
    return not re.search(r"\b(?:19|20)\d\d$", match["it"]) or _looks_like_a_plate(match)


NATIONAL_INSURANCE = (
    shape(
        "NI_NUMBER",
        rf"""(?<!\w)(?P<it>(?!bg|gb|nk|kn|nt|tn|
            zz)[a-ceghj-prstw-z][a-ceghj-nprstw-z]{_SEP}?(?:\d\d{_SEP}?){{3}}[a-d])(?!\w)""",
    ),
    shape(
        "NI_NUMBER",
        rf"""\b(?:ni|nino|
            national[ ]insurance)\b[^\d\n]{{0,25}}?
            \b(?P<it>[a-z]{{2}}{_SEP}?(?:\d\d{_SEP}?){{2}}\d\d(?:{_SEP}?[a-d])?)(?!\w)""",
    ),
)
NHS = (
    shape("NHS_NUMBER", rf"\bnhs\b[^\d\n]{{0,25}}?(?P<it>\d{{3}}{_SEP}?\d{{3}}{_SEP}?\d{{4}})(?!\d)"),
    shape(
        "NHS_NUMBER",
        rf"(?<![\d/*+.\-])(?<!\+44[ ])(?P<it>[1-9]\d\d{_SEP}?\d{{3}}{_SEP}?\d{{4}})(?![\d/*])",
        check=_checks_as_nhs,
    ),
    shape("NHS_NUMBER", r"(?<![\d/*+.\-])(?P<it>[4-79]\d\d[ \-]\d{3}[ \-]\d{4})(?![\d/*])", sure=False),
)
BANK = (
    shape("BANK", rf"(?<![\d/])(?P<it>\d{{4}}(?:{_SEP}\d{{4}}){{3}})(?!\d)"),
    shape("BANK", r"(?<![\d/])(?P<it>\d{4}[ \-]\d{6}[ \-]\d{5})(?!\d)"),
    shape("BANK", r"(?<![\d/*])(?P<it>\d{15,16})(?![\d/*])", check=_checks_as_card),
    shape("BANK", r"\bcard\b[^\d\n]{0,25}?(?P<it>\d{12,19})(?!\d)"),
    shape("BANK", r"\bcard\b[^.\n]{0,15}\bend(?:s|ing|ed)?[ ](?:(?:in|with)[ ])?(?P<it>\d{4})(?!\d)"),
    shape("BANK", rf"\bsort[ \-]?codes?\b[^\d\n]{{0,20}}?(?P<it>\d\d{_SEP}?\d\d{_SEP}?\d\d)(?!\d)"),
    shape(
        "BANK", r"\b(?:sort|sotr|srot|sor|srt|osrt|sorrt)(?:[ ](?:code|cdoe|coed|cod|no))?[ :]{1,2}(?P<it>\d{6})(?!\d)"
    ),
    shape("BANK", rf"\bsort\b[^\d\n]{{0,6}}?(?P<it>\d\d{_SEP}\d\d{_SEP}\d\d)(?!\d)"),
    shape("BANK", r"\b(?:account|acc|acct|a/c|bank)\b[^\d\n]{0,20}?(?P<it>\d{4}[ \-]?\d{4})(?!\d)"),
    shape(
        "BANK",
        r"""(?<![\d/.\-])(?P<it>\d\d-\d\d-\d\d)
            (?=[ ,/;and&]{1,8}(?:(?:account|acc|acct|a/c|number|no)[ .:]{1,2}){0,2}\d{8}(?!\d))""",
    ),
    shape("BANK", r"\d\d-\d\d-\d\d[ ,/;and&]{1,8}(?P<it>\d{8})(?!\d)"),
    shape("BANK", r"(?<!\w)(?P<it>gb\d\d[ ]?[a-z]{4}(?:[ ]?\d){14})(?!\w)"),
)
PLATES = (
    shape(
        "VRM",
        r"""\b(?:car|van|reg|plate|registration|corsa|fiesta|golf|astra|focus|bmw|audi|ford|polo|corsa|transit)\b
            [^.\n]{0,20}?\b(?P<it>(?-i:[A-Z]{2})[0-7]\d)(?![\w]|[ ](?-i:[A-Z]{3})\b)""",
        sure=False,
    ),
    shape("VRM", r"(?<![\w\-/])(?P<it>[a-z]{2}\d\d[ \-]?[a-hj-pr-z]{3})(?![\w\-])", check=_looks_like_a_plate),
    shape("VRM", r"(?<![\w\-/])(?P<it>[a-z]\d{1,3}[ \-]?[a-z]{3})(?![\w\-])", check=_looks_like_a_plate),
    shape(
        "VRM",
        r"(?<![\w\-/])(?P<it>[a-hj-pr-z]{3}[ \-]?\d{1,3}[ \-]?[a-hj-npr-tv-y])(?![\w\-])",
        check=_looks_like_a_plate,
    ),
    shape(
        "VRM", r"(?<![\w\-/])(?P<it>(?=[a-z]{0,2}[iz])[a-z]{2,3}[ \-]?\d{3,4})(?![\w\-])", check=_is_no_year, sure=False
    ),
    shape(
        "VRM",
        r"""\b(?:reg|rego|registration|number[ ]plate|plate|vrm)\b(?:[ ](?:no|num(?:ber)?|is|was|plate|
            of)){0,2}[ ]?[:,=\-(]?[ ]?["'“‘]?
        (?P<it>(?=[a-z0-9]{0,4}[ ]?[a-z0-9]{0,4}\d)(?=\d{0,4}[ ]?\d{0,4}[a-z])[a-z0-9]{1,4}[ ]?[a-z0-9]{1,4})(?!\w)""",
        check=lambda match: re.search(r"[a-z].{0,5}\d|\d.{0,5}[a-z]", match["it"], re.IGNORECASE) is not None,
    ),
)
OTHERS = (
    shape(
        "NUMBER",
        r"""\b(?:passport|licen[cs]e|visa|brp|ho[mM]e[ ]office|student|staff|payroll|patient|hospital|policy|
            customer|membership|imei|serial|tracking|
        case|order|iban)\b[^\d\n.]{0,25}?(?P<it>(?<!\w)[a-z]{0,6}\d[a-z0-9/\-]{3,17}[a-z0-9])(?!\w)""",
        sure=False,
    ),
    shape("NUMBER", r"(?<![\w£$€.,/\-])(?P<it>\d{7,20})(?![\w%])", sure=False),
    shape("NUMBER", r"(?<!\w)(?P<it>[a-z]{5}\d{6}[a-z0-9]{5})(?!\w)"),
)


def find(text: str) -> Iterator[Finding]:
    """Numbers that name one person or one account by a strict shape or a cue."""
    for shapes in (NATIONAL_INSURANCE, BANK, NHS):
        yield from search(text, shapes)


def find_plates(text: str) -> Iterator[Finding]:
    """Vehicle registrations of Great Britain and Northern Ireland."""
    return search(text, PLATES)


def find_others(text: str) -> Iterator[Finding]:
    """Long numbers that nothing else explained."""
    return search(text, OTHERS)
