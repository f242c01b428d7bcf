"""Reads a text once and hands out everything in it that could identify somebody."""

from collections.abc import Iterable, Iterator

from stories.identifying import combinations, quotations, relations, vetoes, words
from stories.identifying.cues import bare_names, model_names, people, places, workplaces
from stories.identifying.finding import MAX_CHARACTERS, Finding, InAHurry, TooLong
from stories.identifying.finding import merged_findings as merge
from stories.identifying.folding import fold
from stories.identifying.model import names
from stories.identifying.shapes import addresses, ages, collars, contacts, dates, references
from stories.identifying.tokens import Words


def find(text: str, *, by_rules_alone: bool = False, is_thorough: bool = False) -> list[Finding]:
    """Findings sorted by place, none overlapping another; raises TooLong past MAX_CHARACTERS.

    The order of the layers decides which kind a contested span gets. Without the name model
    the rules answer alone, as they do where `by_rules_alone` asks for it. They are `InAHurry` where the model was not
    asked about all of it; a thorough look waits for its turn and takes longer.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLong
    folded = fold(text)
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
    references.find_papers,
    addresses.find_postcodes,
    contacts.find_phones,
    references.find_references,
    collars.find_collar_numbers,
    dates.find_dates,
    references.find_plates,
    contacts.find_handles,
    addresses.find_streets,
)


def _layers(text: str, tokens: Words, seen: list[model_names.Seen | None]) -> Iterator[Iterable[Finding]]:
    yield from (find_them(text) for find_them in _BY_SHAPE)
    yield workplaces.find_workplaces(tokens)
    yield places.find_welsh_towns(tokens)
    yield vetoes.without_quiet_phrases(text, people.find_officers(tokens))
    cued = vetoes.without_quiet_phrases(text, people.find_people(tokens))
    yield vetoes.without_welsh_words(tokens, cued)
    yield places.find_places(tokens)
    yield workplaces.find_named(tokens)
    yield workplaces.find_saints(tokens)
    yield vetoes.without_welsh_words(tokens, workplaces.find_strangers(tokens))
    bare = vetoes.without_quiet_phrases(text, bare_names.find_bare_names(tokens))
    yield vetoes.without_welsh_words(tokens, model_names.without_the_unlikely(tokens, seen, bare))
    strange = places.find_strangers(tokens)
    yield vetoes.without_welsh_words(tokens, model_names.without_the_unlikely(tokens, seen, strange))
    yield ages.find_ages(text)
    yield references.find_others(text)
    by_model = vetoes.without_quiet_phrases(text, model_names.find_model_names(tokens, seen))
    yield vetoes.without_welsh_words(tokens, by_model)
