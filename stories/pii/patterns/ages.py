"""Exact ages, in figures or words, told from counts by what follows."""

import re
from collections.abc import Iterator

from stories.pii import allowlist, words
from stories.pii.finding import Finding
from stories.pii.patterns import search, shape
from stories.pii.patterns.ages_beside import BESIDE, said_again
from stories.pii.words import (
    AGE_WORD,
    ANY_AGE,
    BABY,
    LIVED,
    MONTHS_OF_LIFE,
    NUMBER,
    ONES,
    SOFTENER,
    SOMEONE,
    WELSH_AGE,
    WORK,
    YEARS_OLD,
    word_group,
)


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


_BEFORE_IT = 30
_YOUNG = word_group("young people")
_PERSONS = _YOUNG | word_group("person nouns") | word_group("somebody with an age")
_SERVICE = re.compile(rf"{LIVED}|[ ](?:premature|pregnant)\b", re.VERBOSE | re.IGNORECASE)
_THING = re.compile(
    r"\b(?:laptop|phone|ipad|computer|station|building|house|flat|car|van|machine|system|law|act|case|file|"
    r"photos?|pictures?|"
    r"videos?|account|report|dog|cat|horse|badge|company|school|leaflet|email|number|kettle|carpet)"
    r"(?:['’]s|[ ](?:is|was|are|were))[ ](?:only[ ]|about[ ]|over[ ])?\Z",
    re.IGNORECASE,
)
_SERVED = re.compile(rf"[ ](?:years?|yrs?){LIVED}", re.VERBOSE | re.IGNORECASE)
AGES = (
    shape(
        "AGE",
        rf"""\b(?:children|kids|boys|girls|sons|daughters|twins|lads|lasses|bairns|grandchildren|grandkids|nieces|
            nephews|they)
            (?:[ ](?:are|were|r)|,|['’]?re)?[ ](?:now[ ]|only[ ]|just[ ]|aged[ ]|[(])?
            (?P<it>{ANY_AGE}(?:,[ ]{ANY_AGE}){{0,5}},?[ ](?:and|&)[ ]{ANY_AGE})(?![\w/%]|[.,]\d)""",
        check=_is_years_of_life,
        sure=False,
    ),
    shape(
        "AGE",
        r"""\b(?:first|baby|married|wed|pregnant|left|started|together|split|mum|home|moved|met|engaged)\b
            [^.\n\d]{0,20}?[ ]at[ ](?P<it>1[3-9]|2\d|3[1-9])(?=[.,;!?)\n](?!\d)|[ ](?:and|so|but|with)\b|$)""",
        sure=False,
    ),
    shape(
        "AGE",
        rf"""(?<!\w)(?P<who>[^\W\d_]{{2,20}})[ ](?:are|were)[ ](?:now[ ]|only[ ]|just[ ]|both[ ])?
            (?P<it>{ANY_AGE}[ ](?:and|&)[ ]{ANY_AGE})(?![\w/%]|[.,]\d)""",
        check=lambda match: _is_after_somebody(match) and _is_years_of_life(match),
        sure=False,
    ),
    shape(
        "AGE",
        rf",[ ](?:who|and)(?:['’]s|[ ]is|[ ]was)[ ](?:only[ ]|just[ ]|now[ ])?(?P<it>[1-9]|{ONES})(?=[.,;!?)])(?!,\d)",
        sure=False,
    ),
    shape("AGE", rf"(?<![\w£.,/\-])(?P<it>{WELSH_AGE})(?!\w)"),
    shape("AGE", rf"(?<![^\s])now[ ](?P<it>{NUMBER})(?=,[ ](?:i|he|she|we|they)\b)", sure=False),
    shape("AGE", rf"(?<=,[ ])(?P<it>{AGE_WORD})(?=,[ ])", sure=False),
    shape("AGE", rf"\b(?:fe)?male,[ ](?P<it>{NUMBER})(?![\w/])", sure=False),
    shape(
        "AGE",
        rf"(?<!\w)(?:at|by)[ ](?P<it>1[3-9]|[2-7]\d|(?!ten\b|eleven\b|twelve\b){AGE_WORD})(?=,?[ ](?:i|he|she|we|"
        rf"they|you)\b)",
        sure=False,
    ),
    shape(
        "AGE",
        rf"(?<!\w)(?P<who>[^\W\d_]{{2,20}}),[ ](?P<it>{NUMBER}|[2-9])(?=,[ ])",
        check=_is_after_somebody,
        sure=False,
    ),
    shape("AGE", rf"(?<![\w£$.,/\-])(?P<it>(?:[1-9]|{NUMBER}){YEARS_OLD})", check=_is_no_thing),
    shape(
        "AGE",
        rf"""(?<![\w-])(?:aged?|turn(?:ed|ing|s)?|tunred|turnd|truned|turend|turnt|tured|agd|aegd|(?:age|wom[ae]n|
            m[ae]n|girls?|boys?|
            lads?|lass|person|child)[ ]of|reached|feel(?:s|ing)?|felt)[ ]?[:\-–]?[ ]?(?:only[ ]|just[ ])?(?P<it>[1-9]
                (?!\d)|
            {NUMBER})(?![\w/%]|[.,]\d)""",
        check=_is_years_of_life,
    ),
    shape("AGE", rf"(?<!\w){SOMEONE}{SOFTENER}[ ](?P<it>{NUMBER})(?![\w/%£-]|[.,:]\d)", check=_is_years_of_life),
    shape(
        "AGE",
        rf"""(?<!\w)(?P<who>\w{{1,20}})[ ](?:is|was|wis|were)[ ](?:only[ ]|just[ ]|now[ ])?(?P<it>{NUMBER})
            (?=[.,;!?)\n]|
            [ ](?:and|now|when|at|but|then|so|n|he|she|i|they|we|my)\b|$)""",
        check=_is_of_somebody,
        sure=False,
    ),
    shape(
        "AGE",
        r"""(?<!\w)(?P<who>[^\W\d_]{1,20})(?:[ ](?:is|was)|['’]?s)[ ](?:only[ ]|just[ ]|
            now[ ])?(?P<it>[1-9]|two|three|four|five|six|seven|eight|nine)(?![.,]\d)(?=[.,;!?)\n]|
            [ ](?:and|now|when|but|an|n|so|i|he|she|we|they|his|her|my)\b|$)""",
        check=_is_after_somebody,
        sure=False,
    ),
    shape("AGE", r"(?<![\w£/])[(\[](?P<it>[1-9]\d)[ ]?(?:[mf]|male|female)?[)\]]", sure=False),
    shape("AGE", r"(?<![\w£/])(?P<it>[1-9]\d[ ]?[mf])(?![\w/])", sure=False),
    shape("AGE", r"(?<!\w)(?<!the[ ])(?<!on[ ])(?P<it>[mf][1-9]\d)(?![\w/\-])", sure=False),
    shape(
        "AGE",
        rf"""(?<=,[ ])(?P<it>{NUMBER})(?=,[ ](?:from|of|and|when|who|a|an|living|lives|never|single|married|divorced|
            works|working|with|mum|dad)\b)""",
        check=_is_years_of_life,
        sure=False,
    ),
    shape("AGE", rf"(?<=[a-z][ ])(?P<it>{NUMBER})(?=[ ]from[ ])", check=_is_after_a_name, sure=False),
    shape("AGE", r"(?<!\w)(?P<who>[^\W\d_]{2,20})[ ][(](?P<it>[1-9])[)]", check=_is_after_somebody, sure=False),
    shape("AGE", r"(?<!\w)[mf],[ ](?P<it>[1-9]\d)(?![\w/])", sure=False),
    shape("AGE", r"\bborn[ ](?:and[ ]raised[ ])?in[ ](?P<it>(?:19|20)\d\d)(?!\d)", sure=False),
    shape(
        "AGE",
        rf"""\b(?:aged?|ages)[ :]{{1,2}}(?P<it>{ANY_AGE}(?:(?:,|,?[ ](?:and|&|or|to)|/|-)[ ]?{ANY_AGE}){{0,5}})
            (?![\w/%]|[.,]\d)""",
        check=_is_years_of_life,
    ),
    shape(
        "AGE",
        r"""\bturn(?:ed|ing|s)?[ ](?P<it>three|four|five|six|seven|eight|nine)(?=[.,;!?)\n]|[ ](?:in|on|when|and|last|
            this|next|the)\b|$)""",
    ),
    shape(
        "AGE",
        rf"""(?<!\w){SOMEONE}{SOFTENER}[ ](?P<it>(?:[1-9]\d|{AGE_WORD})(?:[ ]?/|[ ]or|[ ]?-|[ ]maybe|
            [ ]going[ ]on)[ ]?(?:[1-9]\d|{AGE_WORD}))(?![\w/%£:]|[.,]\d)""",
        check=lambda match: _is_years_of_life(match) and _are_close(match),
        sure=False,
    ),
    shape(
        "AGE",
        rf"""(?<!\w)(?P<who>[^\W\d_]{{1,20}})[ ](?:has|have|is|was)[ ](?:only[ ]|just[ ]|now[ ]|already[ ])?
            (?P<it>(?:[3-9]|{NUMBER})[ ](?:years?|yrs?))(?![\w'’]|[ ](?:old|of[ ]age))""",
        check=lambda match: _is_of_somebody_or_pronoun(match) and _is_no_service(match),
        sure=False,
    ),
    shape(
        "AGE",
        rf"""\b{BABY}(?:[ ](?:is|was|were|wis)|['’]?s|,)?(?:[ ](?:only|just|now|about|barely|not[ ]even)){{0,2}}[ ][(]?
            (?P<it>{MONTHS_OF_LIFE}(?:[ \-]?old)?)(?!\w)""",
        check=_is_no_service,
        sure=False,
    ),
    shape("AGE", rf"(?<![\w£.\-])(?P<it>{MONTHS_OF_LIFE}[ \-]?old)(?=[ ](?:\w{{2,12}}[ ])?{BABY}\b)"),
    shape("AGE", rf"(?:\A|[.!\n][ ]?|,[ ])(?P<it>{NUMBER})(?=[.,][ ](?:a[ ]|an[ ])?{WORK})", sure=False),
    shape(
        "AGE",
        rf"""(?:,[ ]|[(]|\b(?:only|just|barely|still|about)[ ])(?P<it>{NUMBER})(?=,?[ ]at[ ]the[ ]time[ ]?
            (?:[.,;!?)\n]|and\b|so\b|$))""",
        sure=False,
    ),
    shape(
        "AGE",
        rf"(?:\band|,)[ ](?P<it>{NUMBER})(?=[ ]when[ ](?:i|he|she|it|we|they|the)\b)",
        check=_follows_an_age,
        sure=False,
    ),
    shape(
        "AGE",
        rf"""\b(?:being|don['’]?t[ ]be|to[ ]be)[ ](?:only[ ]|just[ ])?(?P<it>{NUMBER})(?=[.,;!?)\n]|[ ](?:and|with|
            when|i|then|so)\b|$)""",
        sure=False,
    ),
    shape(
        "AGE",
        rf"""\b(?:was|were|be)[ ](?:about[ ]|only[ ]|like[ ])?(?P<it>{NUMBER}(?:[ ]or[ ]|[ ]?[/\-][ ]?){NUMBER})
            (?=[.,;!?)\n]|[ ](?:when|at[ ]the|then|and)\b|$)""",
        check=_are_close,
        sure=False,
    ),
    shape(
        "AGE",
        r"""(?<!\w)(?:s?he['’]?s|s?he[ ]is)[ ](?:only[ ]|just[ ]|now[ ]|about[ ])?(?P<it>[2-9])(?=[ ](?:seen|saw|has|
            goes|doesn|doesnt|can|cant|starts|(?:years|yrs)(?![ ](?:in|into|on|of|as|with)\b)|ffs)\b)""",
        sure=False,
    ),
    shape("AGE", r"(?<![\w£/])(?P<it>[1-9]\d)(?=[ ]?/[ ]?[mf]\b|,[ ][MF]\b)", sure=False),
    shape("AGE", r"(?<![\w£/])(?:m|f|male|female)[ ]?[/:][ ]?(?P<it>[1-9]\d)(?![\w/])", sure=False),
    shape("AGE", r"\b(?:fe)?male[ ](?:aged[ ])?(?P<it>[1-9]\d)(?=[.,;)\n]|$)", sure=False),
    shape("AGE", rf"(?<![\w£])[(\[](?P<it>{AGE_WORD})[)\]]", sure=False),
    shape(
        "AGE",
        rf"(?:\A|[.!?,;\n][ ]?|\b(?:and|but|cos|because|so)[ ])am{SOFTENER}[ ](?P<it>{NUMBER})(?![\w/%£:]|[.,]\d)",
        check=_is_years_of_life,
        sure=False,
    ),
    shape(
        "AGE",
        rf"""(?<!\w)(?P<who>[^\W\d_]{{2,20}})[ ,]{{1,2}}[(]?(?P<it>(?:[2-9]|{NUMBER})[ ]?yrs?)(?![\w/])(?![ ](?:ago|
            in|of|on))""",
        check=_is_of_somebody,
        sure=False,
    ),
    shape("AGE", r"\b(?:born|b\.)[ ](?:back[ ])?(?P<it>(?:19[3-9]\d|20[01]\d))(?!\d)", sure=False),
    shape(
        "AGE",
        rf"""\b(?:twins|kids|boys|girls|triplets|children|daughters|sons|bairns|weans)[ ](?:are|were)[ ](?:only[ ]|
            just[ ]|both[ ]|now[ ])?(?P<it>{ANY_AGE})(?=[.,;!?)\n]|[ ](?:so|and|now|when|but|then)\b|$)""",
        check=_is_years_of_life,
        sure=False,
    ),
    shape("AGE", rf"\bi[ ]had[ ](?P<it>{NUMBER}[ ]years)(?=[ ]when\b)", sure=False),
    shape("AGE", rf"\bat[ ]the[ ]time[ ](?:was|is)[ ](?P<it>{NUMBER})(?=[.,;!?)\n]|[ ](?:and|so|but)\b|$)", sure=False),
    shape(
        "AGE",
        rf"""(?<!\w)(?:s?he['’]?s|i['’]?m)[ ](?:only[ ]|just[ ]|now[ ]|about[ ])?(?P<it>{ANY_AGE}[ ]?yrs?)(?!\w)(?![ ]
            (?:in|into|on|of)\b)""",
        sure=False,
    ),
    shape(
        "AGE",
        rf"(?:\A|[.!?\n][ ]?)at[ ](?P<it>1[3-9]|[2-7]\d|(?!ten\b|eleven\b|twelve\b){AGE_WORD})(?=,[ ][a-z])",
        sure=False,
    ),
    shape(
        "AGE",
        rf"(?<=,[ ])(?P<it>{NUMBER}[ ]and[ ]{NUMBER})(?=,[ ](?:were|both|are|have|had|got|who|from|is)\b)",
        sure=False,
    ),
)


def find_ages(text: str) -> Iterator[Finding]:
    """Ages in figures or words, told from counts by what follows."""
    found = [*search(text, AGES), *search(text, BESIDE)]
    yield from found
    yield from said_again(text, found)
