"""Reads a text once and hands out everything in it that could identify somebody."""

from collections.abc import Iterable, Iterator

from stories.identifying import combinations, quotations, relations, vetoes, words
from stories.identifying.cues import bare_names, model_names, people, places, workplaces
from stories.identifying.finding import MAX_CHARACTERS, Finding, TooLong
from stories.identifying.merge import merge
from stories.identifying.model import names
from stories.identifying.shapes import addresses, contacts, dates, papers, references
from stories.identifying.tokens import Words


def find(text: str, *, by_rules_alone: bool = False) -> list[Finding]:
    """Findings sorted by place, none overlapping another; raises TooLong past MAX_CHARACTERS.

    The order of the layers decides which kind a contested span gets. Without the name model
    the rules answer alone, as they do where `by_rules_alone` asks for it.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLong
    try:
        pieces = [] if by_rules_alone else names.likely(text)
        tokens = Words(text)
        found = merge(_layers(text, tokens, pieces))
        found = merge([combinations.find(tokens, found), found])
        found = merge([found, quotations.find(tokens, found)])
        return relations.tell_apart(text, found)
    finally:
        words.forget()
        names.forget()


def _layers(text: str, tokens: Words, pieces: list[names.Likely]) -> Iterator[Iterable[Finding]]:
    seen = model_names.by_word(tokens, pieces)
    yield contacts.find(text)
    yield papers.find(text)
    yield addresses.find_postcodes(text)
    yield contacts.find_phones(text)
    yield references.find_references(text)
    yield references.find_collars(text)
    yield dates.find_dates(text)
    yield papers.find_plates(text)
    yield contacts.find_handles(text)
    yield addresses.find_streets(text)
    yield workplaces.find(tokens)
    yield vetoes.without_quiet_phrases(text, people.find_officers(tokens))
    cued = vetoes.without_quiet_phrases(text, people.find_people(tokens))
    yield vetoes.without_welsh_words(tokens, cued)
    yield places.find(tokens)
    yield workplaces.find_saints(tokens)
    yield vetoes.without_welsh_words(tokens, workplaces.find_strangers(tokens))
    bare = vetoes.without_quiet_phrases(text, bare_names.find(tokens))
    yield vetoes.without_welsh_words(tokens, model_names.without_the_unlikely(tokens, seen, bare))
    yield dates.find_ages(text)
    yield papers.find_others(text)
    by_model = vetoes.without_quiet_phrases(text, model_names.find(tokens, seen))
    yield vetoes.without_welsh_words(tokens, by_model)
