"""The numbers officers wear: collar, shoulder and warrant numbers."""

import re
from collections.abc import Iterator

from stories.pii.finding import Finding
from stories.pii.kinds import make_finding
from stories.pii.patterns import search, shape

_RANK = r"""(?:[tap]/)?(?:w?pc|w?dc|ds|di|dci|dsu|ps|pcso|p\.c\.?|d\.c\.?|d\.s\.?|det(?:ective|etcive|ectve)?|sgt|
            sergeant|sarge|sargent|sargeant|sergant|seargent|
    seargant|insp(?:ector)?|inspecter|constable|constabel|constabl|officer|offcier|ofificer|
    cso|det[ ]con|det[ ]sgt|special)"""
_COLLAR = r"""(?P<it>(?=[a-z]{0,3}[ /]?\d{2})[a-z]{0,3}/?\d{2,6}(?:
    [ ][b-hj-z](?=[ ]?[.,;:)\]\n]|[ ]?$|[ ](?:he|she|who|they)\b)|[a-z]{0,3}))(?![\w/*]|-\d|[.,]\d)"""
_WORN = r"""(?:coll?[aeo]r|shou?ld?er|shoudler|shouler|sholder|warr?[ae]nt|badge|bagde|epaulettes?|epaulets?|lapels?)"""
_DIGIT_WORD = r"(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|double[ ]\w{2,5})"
_COUNTED = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_NO_UNIT = r"""(?![ ]?(?:times|people|miles|pounds|quid|years|metres|calls|of[ ](?:them|us|those)|others|more|emails|mg|
    messages)\b)"""
_TEAM = r"""(?:investigat\w{2,5}|response|detective|constable|officer|neighbourhood|cid|custody|police|oic|control|
    front|
    traffic|roads|enquiry|safeguarding|public|volume|crime|domestic|community|call|contact|for[ ]and[ ]on[ ]behalf)"""


def _is_no_year(match: re.Match[str]) -> bool:
    return re.fullmatch(r"(?:19[5-9]|20[0-3])\d", match["it"]) is None


def _is_a_number(match: re.Match[str]) -> bool:
    digits = sum(character.isdigit() for character in match["it"])
    ordinal = re.fullmatch(r"\d{1,6}(?:st|nd|rd|th|yo|am|pm)", match["it"], re.IGNORECASE)
    return digits > 2 and ordinal is None


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


def _is_told_a_collar(match: re.Match[str]) -> bool:
    """After the word itself "2019" is no year."""
    return _is_a_number(match) or _is_a_collar(match)


COLLARS = (
    shape(
        "COLLAR_NUMBER",
        r"""\b(?:number|no\.?)[ ](?P<it>[a-z]{0,2}\d{2,6})(?=[ ]on[ ](?:his|her|their|the)[ ](?:shoulder|
            collar|badge|uniform|jacket|vest|epaulette|chest|lapel|tunic))""",
    ),
    shape(
        "COLLAR_NUMBER",
        r"\b(?:a|the|only[ ]his|only[ ]her)[ ]number[,:][ ](?P<it>\d{3,6})(?![\w/]|[.,]\d)",
        sure=False,
    ),
    shape("COLLAR_NUMBER", r"(?-i:\bID)[ ](?P<it>\d{3,6})(?![\w/]|[.,]\d)", sure=False),
    shape(
        "COLLAR_NUMBER",
        r"\b(?:signed|stamped|taken|witnessed)[ ]by[ ](?P<it>\d{3,5})(?=[ ][a-z]{2})",
        check=_is_a_collar,
    ),
    shape("COLLAR_NUMBER", r"(?<![\w/])(?P<it>(?-i:[A-Z])/\d{3,5})(?![\w/])", sure=False),
    shape(
        "COLLAR_NUMBER",
        r"""\b(?-i:W?PC|DC|DS|Sgt)[ ](?P<it>\d{2})
            (?=[.,;)\n]|[ ](?:[a-z]{3,20}ed|is|was|had|came|told|said)\b|$)""",
    ),
    shape(
        "COLLAR_NUMBER",
        r"(?<=[a-z],[ ])(?P<it>\d{4,5})(?=,[ ](?:response|neighbourhood|cid|traffic|custody|front)\b)",
        check=_is_a_collar,
        sure=False,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"""\b(?:{_WORN}|staff|officer|force|id|
            identification)[ ]?(?:card[ ])?(?:no\b|nos?\b|num|number|numbers|numeral|nubmer|numebr|numbr|numer|\#|
                id\b)\.?
        [^\d\n.;!?]{{0,35}}?(?<![\w£]){_COLLAR}""",
        check=_is_told_a_collar,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"\b{_WORN}\b[^\d\n.;!?]{{0,15}}?(?<![\w£]){_COLLAR}",
        check=_is_told_a_collar,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"(?<!\w)(?<!my[ ]){_RANK}[ ]?[.:,(\#]?[ ]?(?:no[ .]{{0,2}}|number[ ])?{_COLLAR}",
        check=_is_a_collar,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"""(?<!\w){_RANK}[.:]?(?:[ ](?:[^\W\d_]|['’.\-]){{1,21}}){{1,3}}[ ,]{{1,2}}[(\[]?(?:\#|
            no[ .]{{0,2}})?{_COLLAR}(?=[)\],.;:]|[ ](?!of\b|on\b)|$)""",
        check=_is_a_collar,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"""\b(?:his|her|their|officer['’]?s|whose|sergeant['’]?s)[ ](?:number|nubmer|numebr|numbr|nunber|numer|no|
            num)(?:[ ](?:is|was|were|=|
            :)|[.:,])?[ ]?(?<!\w){_COLLAR}""",
        check=_is_a_collar,
    ),
    shape(
        "COLLAR_NUMBER",
        r"(?<![\w/\-£])(?P<it>\d{2,5}[a-z]{2})(?=[ ][A-Z][a-z]|[ ][a-z]{3,20}[ ]at[ ])",
        check=_is_a_collar,
        sure=False,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"\b(?:spoke[n]?|speak|talk(?:ed|ing)?)[ ](?:to|with)[ ]{_COLLAR}(?![ ]?(?:officers?|people|different|other))",
        check=_is_a_collar,
    ),
    shape(
        "COLLAR_NUMBER",
        r"""(?<![\w£/])(?P<it>[a-z]{0,2}\d{3,6})(?=[ ](?:(?:was|is|it[ ]said|written|stitched|sewn|printed|
            embroidered)[ ])?on[ ]
            (?:his|her|their|the)[ ](?:shoulders?|collar|badge|uniform|jacket|vest|epaulettes?|chest|lapel|tunic|
                stab)\b)""",
    ),
    shape(
        "COLLAR_NUMBER",
        r"(?<![\w'’])(?-i:[A-Z][\w'’\-]{1,20}),?[ ][(]?(?P<it>(?-i:[A-Z]{1,2})\d{3,5})(?=[ ]?[|,.;)\n–—]|$)",
        sure=False,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"""(?<![\w'’])(?-i:[A-Z][\w'’\-]{{1,20}})[ ](?-i:[A-Z][\w'’\-]{{1,20}}),?[ ][(\[\#]?(?P<it>\d{{3,5}})
            [)\]]?(?=[ ]?[,|/–—\-\n][ ]?{_TEAM}\b)""",
        check=_is_a_collar,
        sure=False,
    ),
    shape(
        "COLLAR_NUMBER",
        r"""\b(?:whoever|who(?:['’]s|[ ]is)|known[ ](?:only[ ])?(?:to[ ]me[ ])?(?:only[ ])?as|sign(?:s|ed)(?:[ ]
            (?:off|himself|herself|it|only|just|
            everything|his[ ]emails|her[ ]emails)){0,2}(?:[ ]as)?|call(?:s|ed)[ ](?:him|her)self|someone[ ]called|
                somebody[ ]called|an?[ ]officer[ ]called|
            ask(?:ed)?[ ]for|identified[ ]as|goes[ ]by|officer|wears|wearing|wore|just[ ]says|only[ ]says)[ ]["“'‘]?
                (?P<it>[a-z]{0,2}\d{3,5})
            (?![\w/£:]|[.,]\d|[ ]?(?:pounds|quid|euros?|times|people|days|of|more|other|different|minutes|hours)\b)""",
        check=_is_a_collar,
        sure=False,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"""(?<!\w){_RANK}(?:[ ](?:[^\W\d_]|['’.\-]){{1,21}}){{0,3}},?[ ](?:(?:with|whose|his|her|their)[ ])?
            (?:{_WORN}[ ])?
            (?:number|no|num|nr|nubmer|numebr|numbr|nunber|numer|\#)[.:]?[ ]?(?:is[ ]|was[ ])?{_COLLAR}""",
        check=_is_told_a_collar,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"""\b(?:{_WORN}|(?:his|her|their|officer['’]?s)[ ]number)\b[a-z ,]{{0,20}}?[ ](?P<it>{_DIGIT_WORD}
            (?:[ \-]{_DIGIT_WORD}){{2,5}})\b""",
        check=_is_no_counting,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"""\b(?:{_WORN}|(?:his|her|their|officer['’]?s)[ ](?:own[ ])?number)\b[^\n]{{0,160}}?[ "“‘']
            (?P<it>{_DIGIT_WORD}
            (?:[ \-]{_DIGIT_WORD}){{3,5}})\b""",
        check=_is_no_counting,
        sure=False,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"""\b(?:{_WORN})\b[^\n]{{0,140}}?(?<![\w£/.,])(?P<it>\d{{3,5}})(?=[ ]?[,.:–—-]?[ ](?:it|they|the[ ]
            (?:figures|numbers|silver))[ ](?:said|read|says)
            |[ ](?:in|on)[ ](?:\w{{2,8}}[ ])?(?:silver|metal|white|chrome|figures|numerals|letters))""",
        check=_is_a_collar,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"\b{_WORN}[ ](?:number[ ])?(?P<it>\d{{2,3}}[ \-]\d{{2,3}})(?![\w/]|[.,]\d|[ ]?(?:per|times|minutes))",
    ),
    shape(
        "COLLAR_NUMBER",
        rf"""\b(?:his|her|their|officer['’]?s|the)[ ](?:{_WORN}[ ]?)?(?:number|name)\b[^\n]{{0,50}}?\b(?:said|says|
            told[ ]me|gave[ ]me|answered|
            goes|went|mumbled|muttered|barked)(?:[ ](?:it[ ]was|only|just))?[ ,:"“‘']{{1,3}}(?P<it>\d{{3,5}})
            (?![\w/%£]|[.,:]\d){_NO_UNIT}""",
        check=_is_a_collar,
        sure=False,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"""(?<!\w)(?:(?:told|tells|said|says|that|and)\b[^.\n]{{0,25}}?[ ])(?:s?he)(?:[ ](?:was|is)|['’]s)[ ]
            (?P<it>\d{{4,5}})(?=[ ]?[.,;!?)\n"”’]|$|
            [ ](?:and|but|or|of)\b){_NO_UNIT}""",
        check=_is_a_collar,
        sure=False,
    ),
    shape(
        "COLLAR_NUMBER",
        r"""\bnumber\b[^.\n\d]{0,25}\b(?:vest|jacket|uniform|card|lanyard|hat|jumper|stab[ ]vest)[ ,:]{1,2}
            (?P<it>\d{3,6})(?![\w/]|[.,]\d)""",
        check=_is_a_collar,
        sure=False,
    ),
    shape(
        "COLLAR_NUMBER",
        r"(?<![\w£/.,])(?P<it>\d{4,6})[ ](?:and|with|beside|next[ ]to|under)[ ](?:his|her|their)[ ](?:sur)?name\b",
        check=_is_a_collar,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"""(?<!bank[ ])(?<!debit[ ])(?<!credit[ ])\b(?:lanyard|name[ ]?badge|epaulette|vest|stab[ ]vest|jumper|
            name[ ]tag|uniform|tunic|(?:his|her|their|contact|calling|
            business)[ ]card)[ ](?:just[ ]|only[ ])?(?:said|says|read|reads|with|had)[ ](?:just[ ]|only[ ])?(?:(?:the|
            a)[ ]number[ ])?(?P<it>[a-z]{{0,2}}\d{{3,6}})
            (?![\w/]|[.,]\d){_NO_UNIT}""",
        check=_is_a_collar,
        sure=False,
    ),
    shape(
        "COLLAR_NUMBER",
        r"""\b(?:officers|pcs|constables|dcs|pcsos)[ ](?P<it>\d{3,5}(?:(?:,|,?[ ]and|[ ]&)[ ]\d{3,5}){1,4})(?![\w/]|
            [.,]\d)""",
    ),
    shape(
        "COLLAR_NUMBER",
        r"(?<![\w'’])(?-i:[A-Z][a-z'’\-]{1,20}),[ ](?P<it>\d{4,5})(?=,[ ](?:in|from|at|of|on)[ ](?:the|her|his)\b)",
        check=_is_a_collar,
        sure=False,
    ),
    shape("COLLAR_NUMBER", r"[\"“‘']i['’]?m[ ](?P<it>\d{4,5})(?![\w/£]|[.,]\d)", check=_is_a_collar, sure=False),
    shape(
        "COLLAR_NUMBER",
        r"(?<![\w'’])(?-i:[A-Z][\w.]{0,20}[ ][A-Z][\w'’\-]{1,20})[ ][(](?P<it>\d{4,6})(?=[)])",
        check=_is_a_collar,
        sure=False,
    ),
)


def find_collar_numbers(text: str) -> Iterator[Finding]:
    """Collar, shoulder and warrant numbers, and the same number wherever else it stands."""
    found = list(search(text, COLLARS))
    yield from found
    told = {text[each.start : each.end].lower() for each in found}
    if told:
        for match in _STANDS_ALONE.finditer(text):
            if match["it"].lower() in told:
                yield make_finding(match.span("it"), "COLLAR_NUMBER", sure=False)


_STANDS_ALONE = re.compile(r"(?<![\w/£.,\-])(?P<it>[a-z]{0,3}\d{3,6}[a-z]{0,3})(?![\w/\-%]|[.,:]\d)", re.IGNORECASE)
