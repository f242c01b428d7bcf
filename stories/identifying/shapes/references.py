"""Numbers the police give: crime, incident and log references, officers' collar numbers."""

import re
from collections.abc import Iterator

from stories.identifying.finding import Finding
from stories.identifying.shapes import search, shape
from stories.identifying.shapes.dates import DAY_MONTH

_REFERENCE = r"""
    (?<![\w£])(?P<it>(?=[a-z0-9/*\-]{0,20}\d[/*\-]?\d)[a-z0-9][a-z0-9/*\-]{2,24}
    (?<![/*\-])(?:[ ]\d{3,7}){0,3})(?![\w])"""
_CUE = r"""(?:(?:crime|case|log|incident|police|property|complaint|occurrence|custody|exhibit|event|job|
    reference|ref|cad|stars?|niche|athena|op|report|receipt|
    file|investigation|court|urn|unique)(?:[ ]|-)?(?:ref(?:erence)?s?|no|num|number|nos|numbers|id|\#|report|
    receipt)|
    cad|ref(?:erence)?s?|urn|receipt|case[ ]?:|log[ ]?:|cr|crn|crime[ ]?:|incident[ ]?:|reference[ ]code)"""
_RANK = r"""(?:[tap]/)?(?:w?pc|w?dc|ds|di|dci|dsu|ps|pcso|sgt|sergeant|sarge|insp(?:ector)?|constable|officer|
    cso|det[ ]con|det[ ]sgt|special)"""
_COLLAR = r"(?P<it>(?=[a-z]{0,3}[ /]?\d{2})[a-z]{0,3}/?\d{2,6}[a-z]{0,3})(?![\w/*]|-\d|[.,]\d)"


def _is_no_year(match: re.Match[str]) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", match["it"]) is None


def _is_a_reference(match: re.Match[str]) -> bool:
    digits = sum(character.isdigit() for character in match["it"])
    return (
        digits >= 3
        and _is_no_year(match)
        and not re.fullmatch(r"\d{1,3}(?:st|nd|rd|th|yo|am|pm)", match["it"], re.IGNORECASE)
    )


def _is_a_collar(match: re.Match[str]) -> bool:
    return (len(match["it"]) > 2 and _is_a_reference(match)) or re.fullmatch(
        r"[a-z]{1,3}\d\d", match["it"], re.IGNORECASE
    ) is not None


REFERENCES = (
    shape("CRIME_REF", r"\b(?:log|cad)[ ](?P<it>\d{2,6})(?=[ ](?:of|on|from)\b|[.,;)\n]|$)", check=_is_no_year),
    shape(
        "CRIME_REF",
        r"""\b(?:incident|log|job|case|report|crime)[ ](?:was|is)[ ](?:number|no\.?)[ ]
            (?P<it>\d{2,8})(?![\w,.]\d)""",
    ),
    shape("CRIME_REF", r"\bexhibit[ ](?P<it>(?-i:[A-Z]{2,4})[/ \-]?\d{1,3})(?!\w)"),
    shape("CRIME_REF", r"(?<![\w/£])(?P<it>\d{2}/\d{5,8})(?![\w/])"),
    shape("CRIME_REF", rf"(?<![\w/])(?P<it>\d{{1,5}}[ ]?(?:of|-|/)[ ]?(?:the[ ])?{DAY_MONTH})(?!\w)"),
    shape("CRIME_REF", r"(?<![\w/])(?P<it>\d{1,5}[ ]of[ ]\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4})(?![\w/])"),
    shape(
        "CRIME_REF",
        r"(?<![\w/])(?P<it>\d{1,4}/?\d{1,2}(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\d{2,4})(?!\w)",
    ),
    shape("CRIME_REF", r"(?<![\w/])(?P<it>\d{1,5}-\d{1,2}/\d{1,2}/\d{2,4})(?![\w/])"),
    shape("CRIME_REF", r"(?<![\w/\-])(?P<it>[a-z]{1,5}[/\-]\d{3,8}(?:[/\-]\d{2,6}){1,3})(?![\w/\-])"),
    shape("CRIME_REF", rf"\b{_CUE}\b[^\d\n.;!?]{{0,30}}?{_REFERENCE}", check=_is_a_reference),
    shape("CRIME_REF", r"(?<![\w/])(?P<it>cri(?:me)?/[a-z0-9]{2,6}/\d{4,9}/\d{2,4})(?!\w)"),
    shape("CRIME_REF", r"(?<![\w/])(?P<it>\d{2}/\d{4,7}/\d{2})(?![\w/])"),
    shape("CRIME_REF", r"(?<![\w/£])(?P<it>\d{4,8}/\d{2})(?![\w/])"),
    shape("CRIME_REF", r"(?<![\w/])(?P<it>[a-z]{1,3}\d{2}/\d{4,7})(?![\w/])"),
    shape("CRIME_REF", r"(?<![\w/\-])(?P<it>[a-z]\d{5,7}-\d{2})(?![\w/])"),
    shape("CRIME_REF", r"(?<![\w/\-])(?P<it>\d{4}-\d{6})(?![\w/\-])"),
    shape("CRIME_REF", r"(?<![\w/\-])(?P<it>\d{2}\*\d{5,7}(?:\*\d{2})?)(?![\w/\-])"),
    shape("CRIME_REF", r"(?<![\w/\-+£])(?P<it>(?:0[4-9]|1\d|2\d|4[2-9])\d{9})(?![\w/\-])", sure=False),
    shape("CRIME_REF", r"(?<![\w/\-+£])(?P<it>(?:20[12]\d{7}|5[1-3]\d{8}))(?![\w/\-])", sure=False),
    shape("CRIME_REF", r"(?<![\w/\-+£])(?P<it>[a-z]{1,5}[/\-]?\d{7,14})(?![\w/\-])", sure=False),
)
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
        rf"""\b(?:collar|shoulder|warrant|badge|epaulette?|staff|officer|force|id|
            identification)[ ]?(?:card[ ])?(?:no\b|num|number|numbers|numeral|\#|id\b)\.?
        [^\d\n.;!?]{{0,35}}?(?<![\w£]){_COLLAR}""",
        check=_is_a_collar,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"\b(?:collar|shoulder|warrant|badge|epaulettes?|lapels?)\b[^\d\n.;!?]{{0,15}}?(?<![\w£]){_COLLAR}",
        check=_is_a_collar,
    ),
    shape(
        "COLLAR_NUMBER", rf"(?<!\w){_RANK}[ ]?[.:,(\#]?[ ]?(?:no[ .]{{0,2}}|number[ ])?{_COLLAR}", check=_is_a_collar
    ),
    shape(
        "COLLAR_NUMBER",
        rf"""(?<!\w){_RANK}[.:]?(?:[ ](?:[^\W\d_]|['’.\-]){{1,21}}){{1,3}}[ ,]{{1,2}}[(\[]?(?:\#|
            no[ .]{{0,2}})?{_COLLAR}(?=[)\],.;:]|[ ](?!of\b|on\b)|$)""",
        check=_is_a_collar,
    ),
    shape(
        "COLLAR_NUMBER",
        rf"""\b(?:his|her|their|officer['’]?s|whose|sergeant['’]?s)[ ](?:number|no|num)(?:[ ](?:is|was|were|=|
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
)


def find_references(text: str) -> Iterator[Finding]:
    """Crime, incident, log and property numbers."""
    return search(text, REFERENCES)


def find_collars(text: str) -> Iterator[Finding]:
    """Collar, shoulder and warrant numbers."""
    return search(text, COLLARS)
