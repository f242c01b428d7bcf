"""Towns whose names are words ("deal", "bath", "sandwich"), told by who is said to be there."""

import re

from stories.identifying import words
from stories.identifying.cues.place_patterns import STOPS
from stories.identifying.lists import group
from stories.identifying.tokens import Words

_LOOK_BACK = 60
_KIN = r"""(?:aunt(?:ie|y)?|uncle|cousin|nan|nana|nain|gran(?:ny|ma|dad|dda)?|mum|mam|mom|ma|dad|da|mother|father|
    sister|brother|son|daughter|niece|nephew|parents|family|folks|ex|mate|friend|pal|lad|lass(?:ie)?|girl|bloke|fella|guy|man|
    woman|boy|couple|officer|sergeant|constable|pc|inspector|landlord|solicitor)"""
_BUILDING = r"""(?:office|shop|surgery|salon|branch|factory|warehouse|flat|house|place|desk|counter|station|nick|job|
    hotel|police|shift|job|interview|hearing|court|hospital|library|prison|hostel|refuge|caravan|garage|clinic|gym|pub|school|college|church|mosque)"""
_SOMEBODY = re.compile(
    rf"""\b(?:{_KIN}s?(?:['’]s)?(?:[ ](?:is|was|are|back|over|out|up|down|who['’]?s|living)){{0,2}}[ ](?:in|from|near)|
        {_BUILDING}(?:[ ](?:is|was|over|out|up|down))?[ ](?:in|near)|
        (?:he|she|they|we|i|who|pc|officer)[ ](?:came|drove|travelled|comes)(?:[ ](?:all[ ]the[ ]way|over|up|down|out))?
        [ ]from|
        (?:train|bus|coach|taxi|lift|fled|ran[ ](?:away|off)|escaped|rehoused|relocated)[ ](?:back[ ])?to|
        (?:he|she|they|we|i)[ ](?:was|were)[ ](?:originally[ ])?from|
        (?:over|up|down|back)[ ]in)[ ]\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_LIVES = re.compile(r"\b(?:i|he|she|we|they|who)[ ]live[sd]?[ ]\Z", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:\A|[\n.!?][ ]?)in[ ]\Z", re.IGNORECASE)
_THERE = re.compile(r"[ ](?:you|we|people|folk|nobody|no one|everyone|everybody)\b", re.IGNORECASE)
_TOWN = re.compile(
    r"""[ ](?:is|was)[ ](?:only[ ]|just[ ]|such[ ])?a[ ](?:\w{2,12}[ ]){0,2}?(?:town|village|city|hamlet|
        (?:small|tiny|little)[ ]place)\b|,[ ]of[ ]all[ ]places\b|,[ ]which[ ]is[ ]a[ ](?:small|tiny|little)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_DOES = re.compile(
    r"""[ ](?:\w{2,12}(?<!e)ed|saw|told|took|rang|heard|came|says|said|got|did|knew|found|always|never|just|again|
        stops|goes|leaves|\w{2,8}n['’]t|wont|dont|cant|didnt)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_DEEDS = frozenset({"battle", "healing"})
_PASTIMES = group("pastimes")
_NO_TOWN = re.compile(r"\b(?:for|on|boot|jumble|the|a)[ ]\Z", re.IGNORECASE)


def is_told(text: Words, at: int, last: int, name: str) -> bool:
    """ "my aunt in reading has", "dad's from deal,", "kirsty in hull?", "rye is a small town"."""
    end, before = text.tokens[last].end, text.before(at, _LOOK_BACK)
    if is_called_a_town(text, last):
        return True
    if name in words.MONTHS:
        return _LIVES.search(before) is not None
    if name in _PASTIMES:
        return False
    if name not in _DEEDS and _SENTENCE.search(before) is not None and _THERE.match(text.text, end) is not None:
        return True
    if STOPS.match(text.text, end) is None and _DOES.match(text.text, end) is None:
        return False
    told = _SOMEBODY.search(before) is not None or _LIVES.search(before) is not None
    return told or _is_somebodys(text, at)


def is_called_a_town(text: Words, last: int) -> bool:
    """ "Rye is a small town", "Hook, of all places"."""
    return _TOWN.match(text.text, text.tokens[last].end) is not None


def is_for_sale(text: Words, at: int) -> bool:
    """ "A For Sale sign"."""
    return text.tokens[at].low == "sale" and _NO_TOWN.search(text.before(at, _LOOK_BACK)) is not None


def _is_somebodys(text: Words, at: int) -> bool:
    """The "sale" of "tyrone from sale is"."""
    link, who = text.at(at - 1), text.at(at - 2)
    if link is None or who is None or link.low not in {"from", "in"} or text.gap(at - 2) != " ":
        return False
    return words.is_plain_first_name(who.low) or (words.is_first_name(who.low) and not words.is_common(who.low))
