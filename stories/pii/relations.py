"""Whose name it is, as the words beside it say, so that the neutral words fit: a child's, a friend's."""

import re
from dataclasses import replace

from stories.pii import kinds, words
from stories.pii.context.people import WELSH_CHILD, WELSH_EX, WELSH_FRIEND, WELSH_PARTNER, WELSH_RELATIVE
from stories.pii.finding import Finding

_LOOK_BACK = 45
_GAP = r"(?:,?[ ](?:is|was|who[ ]is)?[ ]?(?:called|named)?[ ]?|,[ ]|[ ]?[(:–-][ ]?|['’]s[ ]name[ ](?:is|was)[ ])"


def _before(people: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{people}){_GAP}[\"'“‘]?\Z", re.IGNORECASE)


def _after(people: str) -> re.Pattern[str]:
    return re.compile(
        rf",?[ ](?:(?:is|was)[ ])?(?:my|his|her|our|their)[ ](?:[a-z\-]{{2,12}}[ ])?(?:{people})\b", re.IGNORECASE
    )


_EX = rf"{WELSH_EX}|ex|ex[ \-]?(?:husband|wife|partner|boyfriend|girlfriend|bf|gf|fianc[eé]{1, 2})"
_PARTNER = r"(?:partner|girlfriend|boyfriend|wife|husband|gf|bf|fianc[eé]{1,2}|missus|bird|fella|bloke|lass)"
PEOPLE = (
    ("ex", _EX),
    (
        "child",
        r"(?:step[ \-]?|god|grand)?(?:son|daughter|child)|kids?|children|baby|toddler|"
        r"little[ ](?:one|boy|girl|lad|man)|"
        rf"eldest(?:[ ]boy|[ ]girl)?|youngest(?:[ ]boy|[ ]girl)?|bairns?|weans?|twins?|niece|nephew|{WELSH_CHILD}",
    ),
    ("friend", r"business[ ]partner|work[ ]partner"),
    ("new partner", rf"(?:new|current|next|latest)[ ]{_PARTNER}|{_PARTNER}|{WELSH_PARTNER}"),
    (
        "relative",
        r"(?:step[ \-]?)?(?:mum|mam|mom|mother|dad|father|brother|sister)|(?:half[ \-])?(?:brother|sister)|"
        r"(?:brother|sister|mother|father)[ \-]in[ \-]law|aunt(?:ie|y)?|uncle|cousin|"
        rf"nana?|nanny|gran|granny|grandpa|grandma|grandad|granddad|{WELSH_RELATIVE}",
    ),
    (
        "supporter",
        r"solicitor|barrister|lawyer|counsellor|therapist|(?:support|social|key|case)[ ]?worker|advis[eo]r|advocate|"
        r"isva|idva|"
        r"teacher|tutor|head[ ]?teacher|doctor|gp|nurse|midwife|interpreter|translator|volunteer|councillor|mp",
    ),
    (
        "friend",
        rf"{WELSH_FRIEND}|"
        r"(?:best[ ])?(?:friend|mate|pal)|friends|mates|(?:house|flat|room)[ \-]?mate|colleague|neighbour|boss|manager|"
        r"supervisor|landlord|landlady|co[ \-]?worker",
    ),
)
# A title inside the finding may tell too: "auntie Folake".
_TITLE = re.compile(r"\w{2,9}\.?[ ]")
_BEFORE = tuple((relation, _before(people)) for relation, people in PEOPLE)
_AFTER = tuple((relation, _after(people)) for relation, people in PEOPLE)


def tell_apart(text: str, found: list[Finding]) -> list[Finding]:
    """Give each PERSON the reason that fits; a name told once of a child is a child's wherever it stands."""
    known: dict[str, str] = {}
    for each in found:
        relation = _relation(text, each) if each.kind == "PERSON" else None
        if relation:
            known.setdefault(_name(text, each), relation)
    return [_told(text, each, known.get(_name(text, each))) for each in found]


def _told(text: str, each: Finding, relation: str | None) -> Finding:
    if each.kind != "PERSON" or not relation:
        return each
    return replace(kinds.related_kinds(each, relation), sure=each.sure or _is_written_as_a_name(text, each))


def _is_written_as_a_name(text: str, each: Finding) -> bool:
    """ "My ex Gareth" or "my ex Gareth Loomis" leaves no doubt; "my ex hope" may."""
    names = text[each.start : each.end].split()
    return all(name[0].isupper() for name in names) and words.is_plain_first_name(names[0].lower())


def _name(text: str, each: Finding) -> str:
    return text[each.start : each.end].casefold()


def _relation(text: str, each: Finding) -> str | None:
    title = _TITLE.match(text, each.start, each.end)
    befores = [text[max(0, start - _LOOK_BACK) : start] for start in (each.start, title.end() if title else each.start)]
    told_before = next(
        (relation for relation, pattern in _BEFORE if any(pattern.search(before) for before in befores)), None
    )
    return told_before or next((relation for relation, pattern in _AFTER if pattern.match(text, each.end)), None)
