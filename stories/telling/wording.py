"""Questions and answers in the language of the page, with the forces and outcomes as editors name them."""

from collections.abc import Mapping
from typing import Any

from django.db import DatabaseError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stories.models import Force, Outcome
from stories.public import edition
from stories.telling import questions


def in_words(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return each answered question with its answer, as [(question, answer)], in the order we ask."""
    return questions.in_words(answers, say=_, names=names())


def names() -> dict[str, dict[str, str]]:
    """What editors call the forces and outcomes, by field name and slug; empty if they can't be read."""
    try:
        return edition.kept(("names", get_language()), _names)
    except DatabaseError:
        return {}


def _names() -> dict[str, dict[str, str]]:
    return {
        "force": {slug: _(name) for slug, name in Force.objects.values_list("pk", "name")},
        "outcome": {slug: _(name) for slug, name in Outcome.objects.values_list("pk", "name")},
    }


def label(name: str, answers: Mapping[str, Any] | None = None) -> str:
    """What a field is called when its words are given back; a question as it was asked of who gave these answers."""
    if name in questions.BY_NAME:
        return _(questions.BY_NAME[name].words_for(answers or {}))
    place, _dash, number = name.partition("-")
    if place == "change":
        return _("Change paragraph {number}").format(number=number) if number != "0" else _("Anything else to change")
    if place == "own":
        return _("Other words that you chose")
    return _("Your message") if name == "message" else _("What you wrote")
