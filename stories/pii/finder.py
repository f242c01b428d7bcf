"""Reads a text once and hands out everything in it that could identify somebody."""

from collections.abc import Iterable, Iterator

from stories.pii import allowlist, combinations, quotations, relations, words
from stories.pii.context import bare_names, model_names, people, places, workplaces
from stories.pii.finding import MAX_CHARACTERS, Finding, InAHurry, TooLong
from stories.pii.finding import merged_findings as merge
from stories.pii.folding import fold_text
from stories.pii.model import names
from stories.pii.patterns import addresses, ages, contacts, dates, id_numbers
from stories.pii.tokens import Words


def find_identifying(text: str, *, by_rules_alone: bool = False, is_thorough: bool = False) -> list[Finding]:
    """Findings sorted by place, none overlapping another; raises TooLong past MAX_CHARACTERS.

    The order of the layers decides which kind a contested span gets. Without the name model
    the rules answer alone, as they do where `by_rules_alone` asks for it. They are `InAHurry` where the model was not
    asked about all of it; a thorough look waits for its turn and takes longer.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLong
    folded = fold_text(text)
    found = _find(folded.text, by_rules_alone=by_rules_alone, is_thorough=is_thorough)
    return type(found)(folded.put_back(found))


def _find(text: str, *, by_rules_alone: bool, is_thorough: bool) -> list[Finding]:
    try:
        tokens = Words(text)
        pieces: list[names.Likely] = []
        is_all = True
        if not by_rules_alone:
            pieces, is_all = names.likely_names(text, *model_names.open_words(tokens), is_thorough=is_thorough)
        seen = model_names.by_word(tokens, pieces)
        found = model_names.whole_names(tokens, seen, merge(_layers(text, tokens, seen)))
        found = merge([combinations.find_combinations(tokens, found), found])
        found = merge([found, quotations.find_quotations(tokens, found)])
        found = relations.tell_apart(text, found)
        return found if is_all else InAHurry(found)
    finally:
        words.forget_strangers()
        names.forget_model()


_BY_SHAPE = (
    contacts.find_profiles,
    contacts.find_contacts,
    id_numbers.find_papers,
    addresses.find_postcodes,
    contacts.find_phones,
    id_numbers.find_references,
    id_numbers.find_collar_numbers,
    dates.find_dates,
    id_numbers.find_plates,
    contacts.find_handles,
    addresses.find_streets,
)


def _layers(text: str, tokens: Words, seen: list[model_names.Seen | None]) -> Iterator[Iterable[Finding]]:
    yield from (find_them(text) for find_them in _BY_SHAPE)
    yield workplaces.find_workplaces(tokens)
    yield places.find_welsh_towns(tokens)
    yield allowlist.without_quiet_phrases(text, people.find_officers(tokens))
    cued = allowlist.without_quiet_phrases(text, people.find_people(tokens))
    yield allowlist.without_welsh_words(tokens, cued)
    yield places.find_places(tokens)
    yield workplaces.find_named(tokens)
    yield workplaces.find_saints(tokens)
    yield allowlist.without_welsh_words(tokens, workplaces.find_strangers(tokens))
    bare = allowlist.without_quiet_phrases(text, bare_names.find_bare_names(tokens))
    yield allowlist.without_welsh_words(tokens, model_names.without_the_unlikely(tokens, seen, bare))
    strange = places.find_strangers(tokens)
    yield allowlist.without_welsh_words(tokens, model_names.without_the_unlikely(tokens, seen, strange))
    yield ages.find_ages(text)
    yield id_numbers.find_others(text)
    by_model = allowlist.without_quiet_phrases(text, model_names.find_model_names(tokens, seen))
    yield allowlist.without_welsh_words(tokens, by_model)
