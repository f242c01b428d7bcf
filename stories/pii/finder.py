"""Reads a text once and hands out everything in it that could identify somebody."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from stories.pii import allowlist, combinations, kinds, words
from stories.pii.context import bare_names, people, places, workplaces
from stories.pii.kinds import MAX_CHARACTERS, Finding, IdentifyingError, InAHurry, merged_findings as merge
from stories.pii.model import names
from stories.pii.patterns import contacts, dates, id_numbers
from stories.pii.rule_files import RuleFile, search
from stories.pii.tokens import Words, fold_text


def find_identifying(text: str, *, by_rules_alone: bool = False, is_thorough: bool = False) -> list[Finding]:
    """Findings sorted by place, none overlapping another; raises IdentifyingError past MAX_CHARACTERS.

    The order of the layers decides which kind a contested span gets. Without the name model
    the rules answer alone, as they do where `by_rules_alone` asks for it. They are `InAHurry` where the model was not
    asked about all of it; a thorough look waits for its turn and takes longer.
    """
    if len(text) > MAX_CHARACTERS:
        raise IdentifyingError(f"a text may have at most {MAX_CHARACTERS} characters")
    folded = fold_text(text)
    found = _find(folded.text, by_rules_alone=by_rules_alone, is_thorough=is_thorough)
    return type(found)(folded.put_back(found))


def _find(text: str, *, by_rules_alone: bool, is_thorough: bool) -> list[Finding]:
    tokens, is_all = Words(text), True
    try:
        if not by_rules_alone:
            pieces, is_all = names.likely_names(text, *bare_names.open_words(tokens), is_thorough=is_thorough)
            bare_names.see_words(tokens, pieces)
        found = bare_names.whole_names(
            tokens, merge(allowlist.without_courts(text, layer) for layer in _layers(tokens))
        )
        found = merge([combinations.find_combinations(tokens, found), found])
        found = merge([found, combinations.find_quotations(tokens, found)])
        found = _with_relations(text, found)
        return found if is_all else InAHurry(found)
    finally:
        tokens.forget()
        words.forget_strangers()
        names.forget_model()


def _layers(tokens: Words) -> Iterator[Iterable[Finding]]:
    text = tokens.text
    # A platform's help, a tag and a button to share lead to nobody.
    yield (replace(found, why=kinds.PROFILE.why) for found in search(text, contacts.PROFILES))
    numbers = (contacts.MAIL_AND_LINKS, id_numbers.PAPERS, contacts.POSTCODES, contacts.PHONES, id_numbers.REFERENCES)
    yield from (search(text, shapes) for shapes in numbers)
    yield id_numbers.find_collar_numbers(text)
    # A day may be of this month or of one told before; a month alone is none.
    yield from (search(text, shapes) for shapes in (dates.DATES, id_numbers.PLATES, contacts.HANDLES, contacts.STREETS))
    yield workplaces.find_workplaces(tokens)
    yield places.find_welsh_towns(tokens)
    yield allowlist.without_quiet_phrases(text, people.find_announced(tokens, "OFFICER_NAME"))
    cued = allowlist.without_quiet_phrases(text, people.find_announced(tokens, "PERSON"))
    yield allowlist.without_welsh_words(tokens, cued)
    yield places.find_places(tokens)
    yield workplaces.find_named(tokens)
    yield workplaces.find_saints(tokens)
    yield allowlist.without_welsh_words(tokens, workplaces.find_strangers(tokens))
    bare = allowlist.without_quiet_phrases(text, bare_names.find_bare_names(tokens))
    yield allowlist.without_welsh_words(tokens, bare_names.without_the_unlikely(tokens, bare))
    strange = places.find_strangers(tokens)
    yield allowlist.without_welsh_words(tokens, bare_names.without_the_unlikely(tokens, strange))
    yield dates.find_ages(text)
    yield search(text, id_numbers.OTHERS)
    by_model = allowlist.without_quiet_phrases(text, bare_names.find_model_names(tokens))
    yield allowlist.without_welsh_words(tokens, by_model)


_LOOK_BACK = 45
_PEOPLE = [line.split(": ", 1) for line in RuleFile("people").lines("relations:")]
_GAP = r"(?:,? (?:is|was|who is)? ?(?:called|named)? ?|, | ?[(:–-] ?|['’]s name (?:is|was) )"
# A title inside the finding may tell too: "auntie Folake".
_TITLE = re.compile(r"\w{2,9}\.?[ ]")
_BEFORE = [(relation, re.compile(rf"\b(?:{people}){_GAP}[\"'“‘]?\Z", re.IGNORECASE)) for relation, people in _PEOPLE]
_AFTER = [
    (relation, re.compile(rf",? (?:(?:is|was) )?(?:my|his|her|our|their) (?:[a-z\-]{{2,12}} )?(?:{people})\b", re.I))
    for relation, people in _PEOPLE
]


def _with_relations(text: str, found: list[Finding]) -> list[Finding]:
    """Give each PERSON the reason that fits; a name told once of a child is a child's wherever it stands."""
    known: dict[str, str] = {}
    for each in found:
        if each.kind == "PERSON" and (relation := _relation(text, each)):
            known.setdefault(text[each.start : each.end].casefold(), relation)
    told = []
    for each in found:
        name = text[each.start : each.end]
        if each.kind == "PERSON" and (relation := known.get(name.casefold())):
            # "My ex Gareth" or "my ex Gareth Loomis" leaves no doubt; "my ex hope" may.
            is_written_as_one = all(part[0].isupper() for part in name.split())
            is_sure = each.sure or (is_written_as_one and words.is_plain_first_name(name.split()[0].lower()))
            each = replace(each, why=kinds.RELATIONS[relation].why, sure=is_sure)
        told.append(each)
    return told


def _relation(text: str, each: Finding) -> str | None:
    title = _TITLE.match(text, each.start, each.end)
    befores = [text[max(0, start - _LOOK_BACK) : start] for start in (each.start, title.end() if title else each.start)]
    for relation, pattern in _BEFORE:
        if any(pattern.search(before) for before in befores):
            return relation
    return next((relation for relation, pattern in _AFTER if pattern.match(text, each.end)), None)
