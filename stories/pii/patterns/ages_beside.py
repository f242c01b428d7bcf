"""Ages that stand beside somebody or on their own: "my girl, 14", "our youngest, six", "her fourteenth birthday"."""

import re
from collections.abc import Iterable, Iterator

from stories.pii import allowlist, words
from stories.pii.finding import Finding
from stories.pii.kinds import make_finding
from stories.pii.patterns import shape
from stories.pii.words import AGE_WORD, ANY_AGE, HALF, LIVED, NUMBER, ONES, PERSON, YEARS, word_group

_YOUNG = word_group("young people")
_SOFT = r"(?:(?:only|just|now|still|barely|nearly|almost|about|not[ ]yet|aged?|all[ ]of)[ ]){0,2}"
_ENDS = r"""(?=[ ]?[.,;:!?)\]\n–—]|[ ]-[ ]|[ ]?$|[ ](?:and|but|so|who|when|then|now|cos|because|at[ ]the[ ]time|with|
            from|wont|won['’]t|cant|can['’]t|didn['’]?t|goes|went|came|told|asked|says|said|opened|answered|cried|
            instead|saw|had|has|
    was|were|is|got|both|too|first[ ]year|in[ ]year|years?[ ]old|an|n)\b)"""
_ORDINAL = r"""(?:\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ \-]?
    (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|
    (?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ieth|(?:thir|four|fif|six|seven|eigh|nine)teenth|
    first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)"""
_ROUND = r"""(?:18th|21st|30th|40th|50th|60th|70th|80th|eighteenth|twenty[ \-]?first|(?:thirt|fort|fift|sixt|sevent|
    eight)ieth)"""
_GROWN = rf"(?:1[3-9]|[2-9]\d|(?!ten\b|eleven\b|twelve\b){AGE_WORD})"
_COUNTING = re.compile(
    r"""\b(?:occasions?|attempts?|calls?|times?|queue|emails?|letters?|messages?|visits?|rang|rung|phoned|texts?|
        officers?|floor|anniversary)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:room|number|no|bus|section|page|flat|house|at|of|the|queue|line|ward|gate|platform|bay|floor|on|in)[ ]?\Z",
    re.IGNORECASE,
)
_NEAR, _REPEATED_NEAR = 90, 30


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


BESIDE = (
    shape(
        "AGE",
        rf"""\b(?:my|our|his|her|their|the|wee|young|two|three|other|(?:big|little|step|grand)[ ]?|i[ ]am(?:[ ]a)?|
            i['’]?m(?:[ ]a)?)[ ]?{PERSON}(?:[ ]{PERSON})?
            (?:[ ,(]{{1,2}}|[ ]and[ ])
            (?P<it>{_SOFT}{ANY_AGE}){_ENDS}""",
        check=_counts_nothing,
        sure=False,
    ),
    shape(
        "AGE",
        rf"\b(?:{PERSON}|[a-z]{{3,12}})[ ]here,?[ ](?P<it>{NUMBER})(?=[ ]?[.,;!)\n]|$)",
        check=_counts_nothing,
        sure=False,
    ),
    shape(
        "AGE",
        rf"""\b(?:our|wee|young|my)[ ](?P<who>[^\W\d_]{{2,15}})(?:['’]?s|[ ]is|[ ]was)[ ]
            (?P<it>{_SOFT}{ANY_AGE}){_ENDS}""",
        check=_is_called,
        sure=False,
    ),
    shape(
        "AGE",
        rf"""\b(?:my|our|his|her|their)[ ](?:[a-z]{{2,8}}[ ])?{PERSON}(?:,?[ ](?:[^\W\d_]{{2,15}},?[ ])?(?:is|was|
            wis)|['’]s)[ ]
            (?P<it>{_SOFT}{ANY_AGE}){_ENDS}""",
        check=_counts_nothing,
        sure=False,
    ),
    shape(
        "AGE",
        rf"""\b(?:the|a|that)[ ](?:man|woman|boy|girl|lad|lass|lassie|child|person|pupil|suspect|offender)[ ]
            (?!in[ ]front|ahead|
            behind|before|at)(?:[a-z]{{2,12}}[ ]){{1,4}}?(?:is|was)[ ](?P<it>{_SOFT}{NUMBER}){_ENDS}""",
        check=_counts_nothing,
        sure=False,
    ),
    shape("AGE", rf"(?:,|\b(?:me|him|her|us|mum|dad|then))[, ][ ]?at[ ](?P<it>{_GROWN})(?=,[ ])", sure=False),
    shape(
        "AGE",
        rf"(?<!\w)[Aa]t[ ](?P<it>{_GROWN})(?=,?[ ](?:to|you|your|my|with|not|having|being|still)\b)",
        check=_has_no_number_before,
        sure=False,
    ),
    shape("AGE", rf"\b(?:my|our|his|her)[ ]{PERSON}s[ ](?P<it>{_SOFT}{NUMBER})(?=[ ]?[.,;!?)\n]|$)", sure=False),
    shape(
        "AGE",
        rf"""\b(?:i[ ]am|i['’ ]?m|am|i[ ]was|(?:s?he|who)(?:['’]?s|[ ](?:is|was)))[ ]{_SOFT}(?P<it>{ANY_AGE}[ ]?{YEARS})
            (?![\w'’])(?!{LIVED})""",
        sure=False,
    ),
    shape(
        "AGE",
        rf"(?<![\w/])(?P<it>{_ORDINAL}[ ]b(?:irth|rith|ith)day)(?!\w|[ ](?:card|cake|present|gift|list))",
        sure=False,
    ),
    shape(
        "AGE",
        rf"""\b(?:my|his|her|(?:[a-z]{{3,15}}['’]s))[ ](?P<it>{_ROUND})(?=[ ]?[.,;!?)\n]|$|[ ](?:the|she|he|i|it|they|
            on|in|when|and|but|at|
            was|is|party|so|we|nobody)\b)""",
        check=_is_a_birthday,
        sure=False,
    ),
    shape(
        "AGE",
        rf"""(?<!\w)(?P<it>{NUMBER}),?[ ](?:(?:ah|a)[ ](?:wis|was)|(?:(?<=,[ ])(?:i|s?he)[ ]was))
            (?=[ ]?[.,;!?\n]|$|[ ](?:and|at|when|but|no)\b)""",
        check=_has_no_number_before,
        sure=False,
    ),
    shape(
        "AGE",
        rf"""\b(?:rising|going[ ]on|nearly|almost|coming[ ]up|not[ ]yet|pushing)[ ]{ANY_AGE},?[ ][(]?(?:i\.?e\.?,?|so|
            meaning|that[ ]is|which[ ]is|
            aka)[ ](?:s?he['’]?s[ ])?(?P<it>{ANY_AGE})(?![\w/%]|[.,:]\d)""",
        check=_counts_nothing,
        sure=False,
    ),
    shape("AGE", rf"(?<!\w)me,[ ](?P<it>{_GROWN})(?=,)", sure=False),
    shape(
        "AGE",
        rf"\b(?:son|daughter|lad|girl|boy|kid|child|eldest|youngest|one)\b[^.\n]{{0,30}}\bmine[ ](?:is|was|wis)[ ]"
        rf"(?P<it>{_SOFT}{ANY_AGE}){_ENDS}",
        check=_counts_nothing,
        sure=False,
    ),
    shape(
        "AGE",
        rf"""\b(?:s?he|i|they|who)\b[^.\n\d]{{0,25}}\b(?:been|was|is|looked|be)[ ](?:(?:much|no|any)[ ])?(?:more|
            older|younger|over|under)[ ]than[ ]
            (?P<it>{NUMBER}){_ENDS}""",
        check=_counts_nothing,
        sure=False,
    ),
    shape(
        "AGE",
        rf"\b(?:my|our|his|her|their)[ ](?:two|three|four|five|pair|wee|little)[ ]?(?:ones)?,[ ](?P<it>{ANY_AGE}"
        rf"(?:,[ ]{ANY_AGE}){{0,4}},?[ ](?:and|&)[ ]{ANY_AGE}){_ENDS}",
        check=_counts_nothing,
        sure=False,
    ),
    shape("AGE", rf"(?:\A|[.!?\n][ ]?)(?P<it>{NUMBER})(?=[ ]then[,.]|[ ]at[ ]the[ ]time[,.])", sure=False),
    shape("AGE", rf"\brising[ ](?P<it>{ANY_AGE})(?=[ ]?[.,;!?)\n]|$|[ ]and\b)", sure=False),
    shape(
        "AGE",
        rf"(?<!\w)(?P<it>{ANY_AGE}{HALF})(?!\w|[ ](?:inch|ounces|kilos|foot|litres|rooms|sides|out|of|an?)\b)",
        check=lambda match: _is_lived(match),
        sure=False,
    ),
    shape(
        "AGE",
        rf"(?<!\w)(?P<who>[^\W\d_]{{2,20}}),?[ ][(\[]?(?P<it>{_SOFT}(?:{ANY_AGE}{HALF}|{ONES}|\d{{1,2}}))(?=[,)\]])"
        rf"(?!,\d)",
        check=lambda match: _is_called(match) and match["who"].lower() not in words.MONTHS,
        sure=False,
    ),
    shape("AGE", rf"(?<!\w)i[ ](?:was|wis|were)[ ](?P<it>[3-9]|{ONES})(?=[ ]when\b|[ ]years[ ]old)", sure=False),
    shape(
        "AGE",
        rf"\b(?:lad|lass|lassie|laddie|girl|boy|child|bairn|wean|kid|wumman|woman|man|mother)[ ]o['’f]?[ ]"
        rf"(?P<it>{NUMBER})(?![\w/%]|[.,:]\d)",
        check=_counts_nothing,
        sure=False,
    ),
    shape(
        "AGE",
        rf"\b(?:boyfriend|girlfriend|{PERSON})[ ][(](?P<it>{_SOFT}{ANY_AGE})(?=[,)])",
        sure=False,
    ),
    shape(
        "AGE",
        rf"[\"“‘](?P<it>{NUMBER})[.,]?[\"”’],?[ ](?:i|she|he)[ ](?:said|says|told|answered)\b(?=.{{0,40}}\b"
        rf"(?:how[ ]old|age)\b)",
        sure=False,
    ),
    shape(
        "AGE",
        rf"""\b(?:divorced|single|married|widowed|retired|unemployed|separated|gay|straight|lesbian),?[ ]
            (?P<it>{NUMBER})(?=[,.])""",
        sure=False,
    ),
    shape("AGE", rf"\bhow[ ]old\b[^.\n]{{0,30}}[?][\"”’']?[ \n][\"“‘']?(?P<it>{NUMBER})(?![\w/%]|[.,]\d)", sure=False),
)


def _is_lived(match: re.Match[str]) -> bool:
    """ "She'd have been three and a half", not "the wait was"."""
    before = match.string[max(0, match.start() - 30) : match.start()]
    return _counts_nothing(match) and _SOMEBODY_IS.search(before) is not None


_SOMEBODY_IS = re.compile(
    rf"""(?:\b(?:s?he|i|they|who|eldest|youngest|oldest|{PERSON})(?:['’ ]?d[ ](?:have|of|only|just)?[ ]?been|
            [ ]would[ ]have[ ]been|['’]?s|
    ['’]?m|,?[ ](?:is|was|wis|were)|[ ]turned)|\baged?)[ ](?:only[ ]|just[ ]|about[ ]|not[ ]even[ ]){{0,2}}\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_ALONE = re.compile(rf"(?<=[.!?][ ])(?P<it>{NUMBER})(?=[.!?](?:\s|\Z))", re.VERBOSE | re.IGNORECASE)


def said_again(text: str, found: Iterable[Finding]) -> Iterator[Finding]:
    """ "My son's eleven. ELEVEN.": a sentence of nothing but a number, right after an age."""
    ends = [each.end for each in found]
    for match in _ALONE.finditer(text):
        if any(0 < match.start() - end < _REPEATED_NEAR for end in ends):
            yield make_finding(match.span("it"), "AGE", sure=False)
