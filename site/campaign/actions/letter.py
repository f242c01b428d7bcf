"""The letter of an action: filled with the force that a reader chose, which stands in the address and nowhere else."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest

from stories.public import named_lists
from stories.public.named_lists import NamedForce

FORCE = "{force}"
_PARAMETER = "force"
# The letter is English on every page.
_NO_FORCE = "[the name of your police force]"
# Of letters that stand in one line of the box on a phone, so that it is high enough for the whole letter.
_LETTERS_IN_A_LINE = 34


@dataclass(frozen=True)
class Letter:
    """A letter as a reader copies it: plain text, how many lines its box needs, and a mail that begins with it."""

    words: str
    lines: int
    mail: str


def forces() -> list[NamedForce]:
    """The forces that a reader can choose from, by name."""
    return sorted(named_lists.read().forces.values(), key=lambda force: force.name)


def names_a_force(words: str) -> bool:
    """True where the letter has a place for the name of a force."""
    return FORCE in words


def chosen(request: HttpRequest) -> NamedForce | None:
    """The force in the address, if it is one of ours."""
    return named_lists.read().forces.get(request.GET.get(_PARAMETER, ""))


def is_asked_well(request: HttpRequest, words: str) -> bool:
    """True for an address without a question, or with the one that has an answer here, in one spelling.

    Nothing else is shown or kept: made-up addresses could fill the page cache with the same page.
    """
    query = request.META.get("QUERY_STRING", "")
    force = chosen(request) if names_a_force(words) else None
    return not query or (force is not None and query == urlencode({_PARAMETER: force.id}))


def filled(page: Any, force: NamedForce | None) -> Letter | None:
    """The letter of a page; without a choice it says in brackets what belongs there. None where it has no letter."""
    if not page.letter.strip():
        return None
    name = force.name if force else _NO_FORCE
    words = page.letter.replace(FORCE, name).replace("\r\n", "\n").strip()
    lines = sum(1 + len(line) // _LETTERS_IN_A_LINE for line in words.split("\n"))
    return Letter(words, lines, _mail(page.letter_to, page.letter_subject.replace(FORCE, name), words))


def _mail(to: str, subject: str, words: str) -> str:
    """A `mailto:` by RFC 6068, whose lines end as mail's do; empty `to` leaves it to the reader."""
    parts = {"subject": subject, "body": words.replace("\n", "\r\n")}
    asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in parts.items() if value)
    return f"mailto:{quote(to, safe='@')}?{asked}"
