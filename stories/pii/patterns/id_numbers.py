"""Numbers the police give for a case: crime, incident and log references."""

import re
from collections.abc import Iterator

from stories.pii import allowlist, words
from stories.pii.finding import Finding
from stories.pii.patterns import search, shape
from stories.pii.patterns.dates import DAY_MONTH, DAY_WORD, MONTH, ORDINAL

# --- Numbers of papers ------------------------------------------------------------------------

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


def _is_no_year_of_papers(match: re.Match[str]) -> bool:
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
        "VRM",
        r"(?<![\w\-/])(?P<it>(?=[a-z]{0,2}[iz])[a-z]{2,3}[ \-]?\d{3,4})(?![\w\-])",
        check=_is_no_year_of_papers,
        sure=False,
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


def find_papers(text: str) -> Iterator[Finding]:
    """Numbers that name one person or one account by a strict shape or a cue."""
    for shapes in (NATIONAL_INSURANCE, BANK, NHS):
        yield from search(text, shapes)


def find_plates(text: str) -> Iterator[Finding]:
    """Vehicle registrations of Great Britain and Northern Ireland."""
    return search(text, PLATES)


def find_others(text: str) -> Iterator[Finding]:
    """Long numbers that nothing else explained."""
    return search(text, OTHERS)


# --- References -------------------------------------------------------------------------------

_LONGER = r"(?=[a-z0-9/*\-]{0,20}\d[/*\-]?\d)[a-z0-9][a-z0-9/*\-]{2,24}(?<![/*\-])(?:[ ]\d{3,7}){0,3}"
_REFERENCE = rf"(?<![\w£])(?P<it>{_LONGER})(?![\w])"
_REF = r"ref(?:s|ere?n[cs]es?|r[ea]n[cs]es?|ern[cs]es?|er[ae]n[cs]es?|[ef]renc?s?e?s?|erecnes?)?"
_NUMBER = r"(?:no|num|number|nos|numbers|id|nubmer|numebr|numbr|nunber|numer|nmber|numba|\#)"
_INCIDENT = r"(?:in[cs]iden?[ct]|incid[ea]nt|incidnet|inci?dent|insident|incedent)"
_CUE = rf"""(?:(?:crime|criem|crmie|crim|cime|case|caes|log|{_INCIDENT}|police|property|complaint|occurrence|occurence|
    custody|exhibit|event|job|reference|ref|{_REF}|cad|stars?|niche|athena|op|report|receipt|
    file|investigation|court|urn|unique)(?:[ ]|-)?(?:{_REF}|{_NUMBER}|report|receipt)|
    cad|{_REF}|urn|receipt|case[ ]?:|log[ ]?:|cr|crn|crime[ ]?:|{_INCIDENT}[ ]?:|reference[ ]code)"""
_SHORT_CUE = rf"(?:log|cad|{_INCIDENT}|occurrence|occurence|job|serial|case|crime|{_REF})(?:[ ]{_NUMBER}\.?)?"
# "Of the 9th", "of 19/07/23": a log begins again at one every day.
_ITS_DAY = rf"""[ ]?(?:of|on|from|dated|for|-)[ ]?(?:the[ ])?
    (?:{DAY_MONTH}|{ORDINAL}|{DAY_WORD}(?:[ ](?:of[ ])?{MONTH})?|\d{{1,2}}[/.\-]\d{{1,2}}(?:[/.\-]\d{{2,4}})?)
        (?![\w/])"""
_DIGIT_WORD = r"(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|double[ ]\w{2,5})"
_SEGMENT = r"[a-z0-9]{1,10}"
_MONTH_NAME = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)
_LEAST_DIGITS = 5


def _is_no_year(match: re.Match[str]) -> bool:
    return re.fullmatch(r"(?:19[5-9]|20[0-3])\d", match["it"]) is None


def _is_no_run_of_years(match: re.Match[str]) -> bool:
    """Not the "2016/17" of a budget or a season."""
    years = re.fullmatch(r"(?:19|20)(\d\d)/(\d\d)", match["it"])
    return years is None or (int(years[1]) + 1) % 100 != int(years[2])


def _is_a_reference(match: re.Match[str]) -> bool:
    digits = sum(character.isdigit() for character in match["it"])
    return (
        digits >= 3
        and _is_no_year(match)
        and not re.fullmatch(r"\d{1,3}(?:st|nd|rd|th|yo|am|pm)", match["it"], re.IGNORECASE)
    )


def _is_a_short_reference(match: re.Match[str]) -> bool:
    if len(re.findall(r"\d", match["it"])) > 3:
        return _is_no_year(match)
    return not allowlist.counts_something(match.string, match.end("it"))


def _has_a_code(match: re.Match[str]) -> bool:
    """ "Ref wmp 20 5517 840", not "ref the 2019"."""
    digits = sum(character.isdigit() for character in match["it"])
    shown = match["force"].isupper() and not match.string.isupper()
    return (
        digits >= _LEAST_DIGITS
        and (shown or words.is_quiet(match["force"].lower()) or not words.is_word(match["force"].lower()))
        and match["force"].lower() not in words.MONTHS
    )


def _is_in_parts(match: re.Match[str]) -> bool:
    """ "TAA-4410-23-C00": letters and digits in several parts, no date among them."""
    whole = match["it"]
    if "covid" in whole.lower() or any(
        len(part) > 2 and words.is_common(part) for part in re.findall(r"[a-z]+", whole.lower())
    ):
        return False
    digits = sum(character.isdigit() for character in whole)
    return digits >= _LEAST_DIGITS and any(each.isalpha() for each in whole) and not _MONTH_NAME.search(whole)


REFERENCES = (
    # Of a report of fraud, always in this form.
    shape("CRIME_REF", r"(?<!\w)(?P<it>NFRC\d{10,14})(?!\w)"),
    shape(
        "CRIME_REF",
        rf"""\b(?:{_CUE}|case|log|crime|incident|re)\b(?:[ ](?:is|was|for|the|my|number|no))?[ :,.(]{{1,3}}(?P<it>
            (?P<force>[a-z]{{2,4}})[ ]
            \d{{2,8}}(?:[ ]\d{{2,7}}){{0,3}})(?![\w/]|[.,]\d)""",
        check=_has_a_code,
    ),
    shape(
        "CRIME_REF", rf"\b{_CUE}[ ,:]{{1,2}}(?:is[ ]|was[ ])?(?P<it>\d{{2,5}}(?:[ ]\d{{2,5}}){{2,4}})(?![\w/]|[.,]\d)"
    ),
    shape("CRIME_REF", r"(?<![\w/£.])(?P<it>(?-i:[A-Z]{3})[ ]\d{7})(?![\w/])", sure=False),
    shape("CRIME_REF", r"(?<![\w/£.])(?P<it>\d{2}[ ][a-z][ ]\d{4,7}[ ]\d{2})(?![\w/])", sure=False),
    shape(
        "CRIME_REF", rf"\b(?:{_INCIDENT}|log|cad|job|case|occurrence|serial)[ ](?P<it>\d{{2,5}}-\d{{4,8}})(?![\w/\-])"
    ),
    shape(
        "CRIME_REF",
        r"(?<![\w/£.])(?P<it>\d{2,5}[ ]of[ ](?:the[ ])?(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2]))(?![\w/])",
    ),
    shape("CRIME_REF", rf"\b(?P<it>{_SHORT_CUE}[ ]\d{{1,6}}{_ITS_DAY})"),
    shape("CRIME_REF", rf"(?<![\w/])(?P<it>\d{{2,5}}[ ](?:of|on)[ ](?:the[ ])?{ORDINAL})(?=[.,;)\n]|$)", sure=False),
    shape(
        "CRIME_REF",
        r"\b(?:log|cad)[ ](?P<it>\d{2,6})(?=[ ](?:of|on|from|and|for|which)\b|[.,;)\n]|$)",
        check=_is_no_year,
    ),
    shape(
        "CRIME_REF",
        rf"\b(?P<it>(?:log|cad|{_INCIDENT}|occurrence|occurence|serial)[ ]\d{{3,10}})(?![\w/\-]|[.,]\d)",
        check=_is_a_short_reference,
    ),
    shape(
        "CRIME_REF",
        rf"""\b(?:{_INCIDENT}|log|job|case|report|crime)[ ](?:one[ ])?(?:was|is)[ ](?:{_NUMBER}\.?[ ])?
            (?P<it>\d{{3,12}})(?![\w,.]\d)""",
        check=_is_a_short_reference,
    ),
    shape(
        "CRIME_REF",
        rf"""\b(?:log|cad|ref|reference|crime|case|incident)\b[a-z ,]{{0,25}}?[ ](?P<it>{_DIGIT_WORD}
            (?:[ \-]{_DIGIT_WORD}){{2,11}})\b""",
    ),
    shape("CRIME_REF", r"\bexhibit[ ](?P<it>(?-i:[A-Z]{2,4})[/ \-]?\d{1,3})(?!\w)"),
    shape("CRIME_REF", r"(?<![\w/£])(?P<it>\d{2}/\d{5,8})(?![\w/])"),
    shape("CRIME_REF", rf"(?<![\w/])(?P<it>(?:\d{{1,5}}[ ]?of|\d{{3,5}}[ ]?[/\-])[ ]?(?:the[ ])?{DAY_MONTH})(?!\w)"),
    shape("CRIME_REF", r"(?<![\w/])(?P<it>\d{1,5}[ ]of[ ]\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4})(?![\w/])"),
    shape(
        "CRIME_REF",
        r"""(?<![\w/])(?P<it>(?:cad[ ]|log[ ])?(?:\d{2,4}/\d{1,2}|\d{4,6})(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|
            nov|dec)[a-z]{0,6}\d{2,4})(?!\w)""",
    ),
    shape("CRIME_REF", r"(?<![\w/])(?P<it>\d{3,5}-\d{1,2}/\d{1,2}/\d{2,4})(?![\w/])"),
    shape(
        "CRIME_REF",
        rf"(?<![\w/\-*@.])(?P<it>{_SEGMENT}(?:[/\-*]{_SEGMENT}){{2,6}})(?![\w/*@]|-\w)",
        check=_is_in_parts,
    ),
    shape("CRIME_REF", r"(?<![\w/\-])(?P<it>\d{2}[a-z]{1,3}[/\-]?\d{5,9}(?:[/\-]?\d{2})?)(?![\w/\-])"),
    shape("CRIME_REF", rf"\b{_CUE}\b[^\d\n.;!?]{{0,30}}?{_REFERENCE}", check=_is_a_reference),
    shape("CRIME_REF", r"(?<![\w/])(?P<it>\d{2}/\d{4,7}/\d{2})(?![\w/])"),
    shape("CRIME_REF", r"(?<![\w/£])(?P<it>\d{4,8}/\d{2})(?![\w/])", check=_is_no_run_of_years),
    shape("CRIME_REF", r"(?<![\w/])(?P<it>[a-z]{1,3}\d{2}/\d{4,7})(?![\w/])"),
    shape("CRIME_REF", r"(?<![\w/\-])(?P<it>[a-z]\d{5,7}-\d{2})(?![\w/])"),
    shape("CRIME_REF", r"(?<![\w/\-])(?P<it>(?:\d{4}-\d{6}|\d{8}-\d{3,5}))(?![\w/\-])"),
    shape("CRIME_REF", r"(?<![\w/\-])(?P<it>\d{2}-\d{4}-\d{4})(?![\w/\-])", sure=False),
    shape("CRIME_REF", r"(?<![\w/\-])(?P<it>(?-i:[A-Z]{2,5})[ ]\d{2}[/\-]\d{4,8})(?![\w/\-])"),
    shape("CRIME_REF", r"(?<![\w/\-])(?P<it>(?-i:[A-Z]{2,5})[\-/]\d{5,6})(?![\w/\-])", sure=False),
    shape(
        "CRIME_REF",
        r"""(?<!\w)(?P<it>[a-z]{0,4}\d{1,8}(?:[ ](?:forward[ ]slash|slash|stroke|dash|hyphen|
            star)[ ][a-z]{0,4}\d{1,8}){1,4})(?!\w)""",
    ),
    shape("CRIME_REF", r"(?<![\w/\-])(?P<it>\d{2}\*\d{5,7}(?:\*\d{2})?)(?![\w/\-])"),
    shape("CRIME_REF", r"(?<![\w/\-+£])(?P<it>(?:0[4-9]|1\d|2\d|4[2-9])\d{9})(?![\w/\-])", sure=False),
    shape("CRIME_REF", r"(?<![\w/\-+£])(?P<it>(?:20[12]\d{7}|5[1-3]\d{8}))(?![\w/\-])", sure=False),
    shape("CRIME_REF", r"(?<![\w/\-+£])(?P<it>[a-z]{1,5}[/\-]?\d{7,14})(?![\w/\-])", sure=False),
)


def find_references(text: str) -> Iterator[Finding]:
    """Crime, incident, log and property numbers."""
    return search(text, REFERENCES)
