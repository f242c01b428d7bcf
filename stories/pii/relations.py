"""Whose name it is, as the words beside it say, so that the neutral words fit: a child's, a friend's."""

import re
from dataclasses import replace

from stories.pii import kinds, words
from stories.pii.finding import Finding
from stories.pii.rule_files import RuleFile

_LOOK_BACK = 45
_PEOPLE = [line.split(": ", 1) for line in RuleFile("people").lines("relations")]
_GAP = r"(?:,? (?:is|was|who is)? ?(?:called|named)? ?|, | ?[(:–-] ?|['’]s name (?:is|was) )"
# A title inside the finding may tell too: "auntie Folake".
_TITLE = re.compile(r"\w{2,9}\.?[ ]")
_BEFORE = [(relation, re.compile(rf"\b(?:{people}){_GAP}[\"'“‘]?\Z", re.IGNORECASE)) for relation, people in _PEOPLE]
_AFTER = [
    (relation, re.compile(rf",? (?:(?:is|was) )?(?:my|his|her|our|their) (?:[a-z\-]{{2,12}} )?(?:{people})\b", re.I))
    for relation, people in _PEOPLE
]


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
