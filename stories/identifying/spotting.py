"""Reads a text once and hands out everything in it that could identify somebody."""

from stories.identifying import vetoes
from stories.identifying.cues import bare_names, people, places, workplaces
from stories.identifying.finding import MAX_CHARACTERS, Finding, TooLong
from stories.identifying.merge import merge
from stories.identifying.shapes import addresses, contacts, dates, papers, references
from stories.identifying.tokens import Words


def find(text: str) -> list[Finding]:
    """Findings sorted by place, none overlapping another; raises TooLong past MAX_CHARACTERS.

    The order of the layers decides which kind a contested span gets.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLong
    words = Words(text)
    return merge(
        (
            contacts.find(text),
            papers.find(text),
            addresses.find_postcodes(text),
            contacts.find_phones(text),
            references.find_references(text),
            references.find_collars(text),
            dates.find_dates(text),
            papers.find_plates(text),
            contacts.find_handles(text),
            addresses.find_streets(text),
            workplaces.find(words),
            people.find_officers(words),
            vetoes.without_quiet_phrases(text, people.find_people(words)),
            places.find(words),
            workplaces.find_saints(words),
            workplaces.find_strangers(words),
            vetoes.without_quiet_phrases(text, bare_names.find(words)),
            dates.find_ages(text),
            papers.find_others(text),
        )
    )
