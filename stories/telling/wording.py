"""Questions and answers in the words of this site and this language: editors' names for forces and outcomes."""

from collections.abc import Mapping
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from stories.models import Force, Outcome
from stories.telling import questions


def in_words(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return each answered question with its answer, as [(question, answer)], in the order we ask."""
    return questions.in_words(answers, say=_, names=names())


def names() -> dict[str, dict[str, str]]:
    """The names that editors gave to forces and outcomes, by field name and slug; empty if they can't be read."""
    try:
        return {
            "force": dict(Force.objects.values_list("pk", "name")),
            "outcome": dict(Outcome.objects.values_list("pk", "name")),
        }
    except DatabaseError:
        return {}


def label(name: str) -> str:
    """What a field is called when its words are given back."""
    if name in questions.BY_NAME:
        return _(questions.BY_NAME[name].words)
    return _("Your message") if name == "message" else _("What you wrote")
