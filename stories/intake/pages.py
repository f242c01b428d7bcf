"""The rendering of every page of the contributor's way, and its words."""

from collections.abc import Mapping
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext as _

from stories.core import snapshot, tables
from stories.intake import other_languages, questions
from stories.models import Force, Outcome


def answers_in_words(answers: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return each answered question with its answer, as [(question, answer)], in the order we ask.

    An answer to a question that the table does not have stands last, under its field name: what was sealed can be read.
    """
    names, lines = newer_names(), []
    for name in dict.fromkeys((*questions.BY_NAME, *answers)):
        question, answer = questions.BY_NAME.get(name), answers.get(name)
        if name != "version" and answer not in (None, "", []) and not (question and question.kind == "text"):
            own = (*question.options, *question.retired) if question else ()
            known = {option.slug: _(option.words) for option in (*own, *questions.ASIDES)} | names.get(name, {})
            if name == "language":
                known = {code: str(words) for code, words in other_languages.CHOICES}
            asked = question.words_for(answers) if question else _ASKED_LATER.get(name)
            lines.append((_(asked) if asked else name, _answer_in_words(answer, known)))
    return lines


def _answer_in_words(answer: object, known: Mapping[str, str]) -> str:
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    return ", ".join(known.get(slug, slug) for slug in questions.slugs_of(answer))


def newer_names() -> dict[str, dict[str, str]]:
    """Return the editors' names of forces and outcomes, by field name and slug; empty if they can't be read."""
    try:
        return snapshot.cached(("names", get_language()), _names)
    except DatabaseError:
        return {}


def _names() -> dict[str, dict[str, str]]:
    return {
        "force": {slug: _(name) for slug, name in Force.objects.values_list("pk", "name")},
        "outcome": {slug: _(name) for slug, name in Outcome.objects.values_list("pk", "name")},
    }


def field_label(name: str, answers: Mapping[str, object] | None = None) -> str:
    """Name a field whose words are given back: a question as it was asked of who gave these answers."""
    if name in questions.BY_NAME:
        return _(questions.BY_NAME[name].words_for(answers or {}))
    place, _dash, number = name.partition("-")
    if place == "change":
        return _("Change paragraph {number}").format(number=number) if number != "0" else _("Anything else to change")
    if place == "own":
        return _("Other words that you chose")
    return _("Your message") if name == "message" else _("What you wrote")


# What the pages say, in English, by what it is about.
WORDS: dict[str, Any] = tables.read(__file__, "words.toml")
# Asked on the check page where it is worth asking.
_ASKED_LATER = {"language": WORDS["field"]["language"]["words"]}


def notice(name: str, **facts: object) -> str:
    """Return one of the sentences that a page has to say at its top, in the language of the request."""
    return _(WORDS["notice"][name]).format(**facts)


def render_page(request: HttpRequest, name: str, context: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    """Render one page of the contributor's way; without brand and help lines if those cannot be read."""
    template = f"stories/intake/{name}.html"
    try:
        return HttpResponse(render_to_string(template, context, request), status=status)
    except DatabaseError:
        return HttpResponse(render_to_string(template, context), status=status)
