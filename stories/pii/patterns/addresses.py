"""Postcodes and streets."""

import re
from collections.abc import Iterator

from stories.pii import allowlist, words
from stories.pii.finding import Finding
from stories.pii.patterns import search, shape
from stories.pii.words import word_group

_AREAS = word_group("postcode areas")
_OUTWARD = r"[a-z]{1,2}\d(?:\d|[a-z])?"
_KIND = r"""(?:roads?|rd|streets?|str?|avenue|ave?|lane|ln|close|drive|dr|crescent|cres|terrace|gardens?|gdns|
    grove|court|ct|place|pl|way|mews|row|hill|
    rise|walk|square|sq|parade|view|green|park|croft|gate|bank|fold|wharf|quay|vale|mount|heights|boulevard|
    yard|wynd|brae|loan|circus|approach|
    estate|house|tower|towers|flats?|apartments|mansions|buildings|cottages?|farm|villas|lodge|end|rigg|garth|
    meadows?|fields?|dene|aveune|avenu|raod|stret|steet|streat|cresent|crecent|colse|drvie|terace|terrance|gardnes|
        heol|ffordd|stryd|clos)"""
_PLAIN_KIND = r"(?:roads?|rd|street|avenue|ave|lane|crescent|cres|terrace|gdns|grove|mews|close|drive|gardens)"
_WORD = r"[^\W\d_]{1,20}(?:['’.\-][^\W\d_]{1,20}){0,2}"
_TITLE = r"(?-i:(?!The\b|On\b|In\b|At\b|My\b|His\b|Her\b|Our\b)[A-Z][a-z'’\-]{1,20}|St\.?)"
_FLAT = r"(?:(?:flat|apartment|apt|unit|room)[ ]?\d{1,4}(?:/\d{1,3})?[a-z]?,?[ ])"
_TAIL = r"""(?:[ ](?:east|west|north|south)(?![ ][a-z]))?(?![\w'’]|[ ](?:surgery|school|primary|nursery|medical|clinic|
    academy|practice|pharmacy|hospital|college|university|infirmary|church|mosque|health|high|dental|juniors?|infants?|
    infant|high[ ]school|care[ ]home|nursing[ ]home|rest[ ]home|surgeries|sixth[ ]form|methodist|baptist|doctors|
            dentists?|
    superstore|supermarket|bakery|garage|launderette|laundrette|nursing|day[ ]centre|centre|children['’]?s|community|
            leisure|library|
    motors|tyres|salon|barbers|caf[eé]|chippy|fitness|gym|vets|fc|garden[ ]centre|depot|works|mill)\b)"""
_WELSH = r"(?:heol|ffordd|stryd|rhodfa|clos|maes|l[oô]n|bryn|gerddi|parc|llys|trem|(?:tan|pen|cae|t[yŷ])[ ](?=yr?[ ]))"
_THE_CLOSE = r"""(?:paddocks?|orchards?|pastures?|beeches|oaks|elms|
            limes|willows|firs|poplars|maltings|shires?|coppice|copse|spinney|warren|hollies|laurels|leas?|leys|
                meadows?|green|crescent|avenue|grove|
            close|mews|ridings|dell|glebe|larches|cedars|croft|crofts|knoll|mount|moorings|maples|rowans)"""
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_NUMBER_WORD = rf"(?:(?:twenty|thirty|forty)[ \-]{_ONES}|{_ONES}|ten|eleven|twelve|twenty|thirty)"
_NUMBER = r"(?:(?:no\.?|number)[ ])?\d{1,4}[a-z]?(?:[/\-]\d{1,4})?"


def _is_a_postcode(match: re.Match[str]) -> bool:
    written = match["it"].replace(" ", "")
    area = re.match(r"[a-z]{1,2}", written.lower())
    inward = written[-3:]
    slang = allowlist.is_clock_or_ordinal(inward) and match["it"][0].islower()
    return area is not None and area[0] in _AREAS and not slang


def _is_a_parted_postcode(match: re.Match[str]) -> bool:
    """ "SW1A-1AA"; not the "B4, 2nd floor", "L1/5ft" of floors, times and sizes."""
    inward = match["it"][-3:]
    return not allowlist.is_clock_or_ordinal(inward) and inward[1:].lower() not in _UNITS and _is_a_postcode(match)


def _is_an_area(match: re.Match[str]) -> bool:
    """An outward half; not the "M1" and "A6" of roads."""
    outward = match["it"].lower()
    return re.sub(r"\d", "", outward) in _AREAS and not re.fullmatch(r"[am]\d", outward)


def _is_a_numbered_street(match: re.Match[str]) -> bool:
    name = [word.lower() for word in re.findall(_WORD, match["name"])]
    return bool(name) and not any(word in _NOT_IN_A_STREET for word in name)


def _is_a_northern_street(match: re.Match[str]) -> bool:
    """ "On quarry brae", not "on garden gate"."""
    name = match["name"].lower()
    return name not in _PLAIN_GATES and not words.is_never_a_name(name) and name not in _NOT_IN_A_STREET


def _is_a_named_street(match: re.Match[str]) -> bool:
    name = [word.lower().rstrip("'’") for word in match["name"].split()]
    if name[-1] in _RANKS:
        return False
    titled = match["it"][0].isupper() and match["it"].split()[-1][0].isupper() and not match["it"].isupper()
    if name[-1] in _NOT_A_STREET or any(
        word in _NOT_IN_A_STREET or (not titled and words.is_never_a_name(word) and word not in _STREET_WORDS)
        for word in name
    ):
        return False
    return not (name[-1] in {"high", "main", "ring", "rail", "one"} or name[-1].endswith("ing"))


_UNITS = frozenset({"ft", "lb", "gb", "tb", "hr", "yr", "st", "ph", "ll", "ed"})
_RANKS = frozenset(
    {"constable", "sergeant", "inspector", "detective", "special", "officer", "superintendent"}
) | word_group("short titles")
_PLAIN_GATES = frozenset(
    {
        "garden",
        "front",
        "back",
        "side",
        "school",
        "park",
        "main",
        "iron",
        "farm",
        "factory",
        "field",
        "yard",
        "wooden",
        "metal",
        "open",
        "safety",
        "baby",
        "stair",
        "departure",
        "airport",
        "bank",
        "home",
        "student",
        "bridging",
        "short",
        "credit",
        "house",
        "rear",
        "steel",
        "locked",
        "electric",
        "ticket",
        "lock",
        "water",
        "prison",
    }
)
_STREET_WORDS = word_group("street words")
_NOT_IN_A_STREET = word_group("not in a street")
_NOT_A_STREET = word_group("not before road")

POSTCODES = (
    # Written as one, whatever its letters: some are typed wrong, and none of them is anything else.
    shape("POSTCODE", r"(?<![\w])(?P<it>(?-i:[A-Z]{1,2}\d[\dA-Z]?[ ]\d[A-Z]{2}))(?!\w)", check=_is_a_postcode),
    shape(
        "POSTCODE", rf"(?<![\w])(?P<it>{_OUTWARD}[ \u00a0]{{0,2}}\d[abd-hjlnp-uw-z]{{2}})(?!\w)", check=_is_a_postcode
    ),
    shape(
        "POSTCODE",
        rf"""(?<![^\W_])(?P<it>{_OUTWARD}(?:[ ]?[\-–—._/|*~\\][ ]?|[,;:\n]|[ ]?\()\d[abd-hjlnp-uw-z]{{2}})(?![^\W_])""",
        check=_is_a_parted_postcode,
    ),
    shape(
        "POSTCODE",
        r"""(?<!\w)(?P<it>(?-i:[A-Z][ ](?:[A-Z][ ])?\d[ ](?:[A-Z\d][ ])?\d[ ][A-Z][ ][A-Z]))(?!\w)""",
        check=_is_a_postcode,
    ),
    shape("POSTCODE", rf"\bpost[ ]?codes?\b[^\d\n.]{{0,25}}?\b(?P<it>{_OUTWARD})(?![\w])", sure=False),
    shape("POSTCODE", r"(?<!\w)(?P<it>[a-z]{1,2}\d{1,2})(?=[ ]area\b)", check=_is_an_area, sure=False),
    shape(
        "POSTCODE",
        r"\b(?:in|from|near|around|to|of)[ ](?P<it>(?-i:[A-Z]{1,2}\d{1,2}))(?=[.,;!?]|[ ](?:and|area|when|with|but)\b)",
        check=_is_an_area,
        sure=False,
    ),
)
STREETS = (
    shape(
        "ADDRESS",
        rf"""(?<![\w£/.\-])(?P<it>{_FLAT}?{_NUMBER},?[ ]{_WELSH}[ ](?:(?:y|yr|a|ap)[ ])?[^\W\d_]{{2,20}})(?![\w'’])""",
    ),
    shape(
        "ADDRESS",
        r"""\b(?:on|at|in|off|along|of|to|near|from|down|up)[ ](?P<it>(?:heol|ffordd|stryd|rhodfa)[ ]
            (?:(?:y|yr|a|ap)[ ])?[^\W\d_]{2,20})(?![\w'’])""",
        sure=False,
    ),
    shape(
        "ADDRESS",
        r"""\b(?:on|off|along|up|down|of|in)[ ](?P<it>(?P<name>[a-z]{4,15})[ ](?:brae|wynd|loan|gate|garth|rigg|
            croft))(?=[ ]?[.,;:!?)\n]|$|
            [ ](?:and|now|with|but|when|so|until|where|in|near|he|she|i|who)\b)""",
        check=_is_a_northern_street,
        sure=False,
    ),
    shape(
        "ADDRESS",
        rf"""(?<!\w)(?P<it>(?:flat|apartment|apt|unit)[ ](?:\d{{1,4}}[a-z]?|[a-h]),[ ](?:the[ ])?
            {_TITLE}(?:[ ]{_TITLE}){{0,2}})(?![\w'’])""",
    ),
    shape(
        "ADDRESS",
        rf"""\b(?P<it>number[ ]{_NUMBER_WORD},?[ ](?:the[ ]{_THE_CLOSE}|
            (?P<name>{_WORD}(?:[ ]{_WORD})?)[ ]{_PLAIN_KIND}))(?![\w'’])""",
        check=lambda match: match["name"] is None or _is_a_numbered_street(match),
    ),
    shape(
        "ADDRESS",
        rf"(?<![\w£/.\-])(?P<it>{_FLAT}?{_NUMBER},?[ ](?P<name>[a-z]{{3,12}}(?:gate|side)))(?![\w'’])",
        check=lambda match: not words.is_common(match["name"].lower()) and not words.is_slip(match["name"].lower()),
        sure=False,
    ),
    shape(
        "ADDRESS",
        r"""\b(?:live[sd]?|living|moved|address|bought|rent(?:s|ed|ing)?|house|home|bungalow|flat)[ ](?:(?:is|was|at|
            in|to|of|called|:)[ ]){0,2}
            (?P<it>(?:(?-i:The)[ ])?(?:(?-i:[A-Z])[\w'’]{2,15}[ ]){1,2}(?-i:Forge|House|Cottages?|Lodge|Farm|Barn|
                Mill|Vicarage|
            Rectory|Hall|Villas?|Bungalow|Manor|Grange|Gatehouse|Stables|Schoolhouse|Chapel|Bakery|Post[ ]Office))
                (?![\w'’]|[ ](?-i:[A-Z]))""",
        sure=False,
    ),
    shape(
        "ADDRESS",
        r"""(?<![\w£/.\-])(?P<it>\d{1,3}[a-z]?,?[ ](?-i:The)[ ](?-i:[A-Z])[\w'’]{3,15})(?=[.,;:)\n]|$|[ ](?:and|in|on|
            when|where)\b)""",
        sure=False,
    ),
    shape(
        "ADDRESS",
        r"""\b(?:at|outside|to|from|opposite)[ ](?P<it>(?:number|no\.?)[ ]\d{1,3}[a-z]?)
            (?=[.,;!?)\n]|[ ](?:and|when|with|but|until|by|after|before)\b|$)""",
        sure=False,
    ),
    shape(
        "ADDRESS",
        rf"""(?<!\w)(?P<it>(?:{_FLAT}|{_NUMBER},?[ ]|(?-i:The)[ ])?{_TITLE}(?:[ ]{_TITLE}){{0,3}}[ ](?:House|Cottage|
            Lodge|Dairy|Schoolhouse|Bakery|Forge|Rectory|Chapel|Bungalow|Stables|Granary|Oast|Manor|Grange|
            Farm|Villa|Barn|Mill|
            Vicarage|Court|Hall),[ ]
            (?P<name>{_TITLE}(?:[ ]{_TITLE})?)[ ](?=(?-i:[A-Z])){_PLAIN_KIND})(?![\w'’])""",
        check=_is_a_numbered_street,
    ),
    shape(
        "ADDRESS",
        rf"(?<![\w£/.\-])(?P<it>{_NUMBER},?[ ]the[ ]{_THE_CLOSE})(?!\w)",
    ),
    shape(
        "ADDRESS",
        r"""(?<!\w)(?:live[sd]?|living|lives|(?:i|we|he|she|they)['’](?:m|s|re)(?=[ ]at[ ]\d{1,3}[ ]
            (?-i:[A-Z])))[ ]at[ ](?:(?:number|no\.?)[ ])?(?P<it>\d{1,4}[a-z]?[ ](?P<name>[^\W\d_]{4,20}))
            (?=[.,;!?)\n]|[ ](?:and|with|but|when|until|till|for|where|then)\b|$)""",
        check=_is_a_numbered_street,
        sure=False,
    ),
    shape(
        "ADDRESS",
        rf"""(?<![\w£/.\-])(?P<it>{_FLAT}?(?:(?:flat|apartment|apt|unit|
            room)[ ])?{_NUMBER},?[ ](?P<name>{_WORD}(?:[ ]{_WORD}){{0,2}}?)[ ]{_KIND}{_TAIL})""",
        check=_is_a_numbered_street,
    ),
    shape(
        "ADDRESS",
        rf"""(?<!\w)(?P<it>(?P<name>{_TITLE}(?:[ ]{_TITLE}){{0,2}})[ ](?=(?-i:[A-Z]))(?!(?:house|park|bank|
            court|fields?|flats?|view|gate|end|way|place|hill|green|tower|farm)\b){_KIND}{_TAIL})""",
        check=_is_a_named_street,
    ),
    shape(
        "ADDRESS",
        rf"""\b(?:on|at|in|off|of|to|
            near)[ ](?P<it>(?P<name>{_TITLE}(?:[ ]{_TITLE}){{0,2}})[ ](?=(?-i:[A-Z]))(?:way|place|court|hill|
            green|view|gate|end|gardens)\b)(?![ ]station\b){_TAIL}""",
        check=_is_a_named_street,
        sure=False,
    ),
    shape(
        "ADDRESS",
        rf"""(?:\b(?:on|at|in|off|along|of|outside|to|near|from|down|up|called)|
            ,)[ ](?P<it>(?P<name>{_WORD}(?:[ ]{_WORD})?)[ ]{_PLAIN_KIND}{_TAIL})""",
        check=_is_a_named_street,
        sure=False,
    ),
    shape(
        "ADDRESS",
        r"""\b(?:live[sd]?|living|house|home|moved|stay(?:s|ed|ing)?)[ ](?:at|in|to)[ ](?P<it>(?:flat|
            apartment|apt)[ ]?\d{1,4}[a-z]?)(?!\w)""",
        sure=False,
    ),
)


def find_postcodes(text: str) -> Iterator[Finding]:
    """Whole postcodes, and outward halves beside a cue."""
    return search(text, POSTCODES)


def find_streets(text: str) -> Iterator[Finding]:
    """Streets, with or without a house number."""
    return search(text, STREETS)
