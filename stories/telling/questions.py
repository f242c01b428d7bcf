"""What we ask and what was answered: the questions of this form, their options, and answers in plain words."""

from collections.abc import Callable, Mapping
from typing import Any

from stories.telling.question_rows import ASIDES, PLACES, QUESTIONS, SECTIONS, Option, Question, Section

__all__ = ["ASIDE_SLUGS", "ASKED", "BY_NAME", "SECTIONS", "TEXTS", "VERSION", "Option", "Question", "Section"]

# Stands in every sealed set of answers, so that one can be read years after the questions have changed.
VERSION = "1"
FIRST_YEAR = 2015  # the offence in England and Wales began that April
ASIDE_SLUGS = frozenset(option.slug for option in ASIDES)
BY_NAME = {question.name: question for question in QUESTIONS}
ASKED = tuple(question for question in QUESTIONS if question.is_asked)
# The words of the account, sealed together; everything else is an answer.
TEXTS = tuple(question for question in QUESTIONS if question.kind == "text")


def options(question: Question, *, this_year: int) -> tuple[Option, ...]:
    """Every answer that can be chosen, the two asides last."""
    own = question.options
    if question.kind == "year":
        own = tuple(Option(str(year), str(year)) for year in range(this_year, FIRST_YEAR - 1, -1)) + own
    has_asides = question.kind in ("one", "many", "list", "year") and question.with_asides
    return own + (ASIDES if has_asides else ())


def in_words(
    answers: Mapping[str, Any],
    *,
    say: Callable[[str], str] = str,
    names: Mapping[str, Mapping[str, str]] | None = None,
) -> list[tuple[str, str]]:
    """Return each answered question with its answer, as [(question, answer)], in the order we ask.

    `say` puts our words into a language; `names` gives newer words by field name and slug.
    """
    lines = []
    for question in QUESTIONS:
        answer = answers.get(question.name)
        if question.kind != "text" and answer not in (None, "", []):
            known = {**_words_of(question, say), **(names or {}).get(question.name, {})}
            lines.append((say(question.words), _answer_in_words(answer, known, say)))
    return lines


def _words_of(question: Question, say: Callable[[str], str]) -> dict[str, str]:
    return {option.slug: say(option.words) for option in (*question.options, *ASIDES)}


def _answer_in_words(answer: Any, known: Mapping[str, str], say: Callable[[str], str]) -> str:
    if isinstance(answer, bool):
        return say("Yes" if answer else "No")
    each = answer if isinstance(answer, list) else [answer]
    return " · ".join(known.get(slug, str(slug)) for slug in each)


def facets(answers: Mapping[str, Any]) -> dict[str, str]:
    """Return what a story can show of the answers, as its public fields hold it; empty where nothing was chosen."""
    shown = {name: _chosen(answers, name) for name in ("place_shown", "force", "region", "year", "outcome")}
    _slug, region, nation = next((row for row in PLACES if row[0] == shown["region"]), ("", "", ""))
    year = shown["year"] if shown["year"].isdecimal() else ""
    return {**shown, "region": region, "nation": nation, "year": year, "place_shown": shown["place_shown"] or "nothing"}


def _chosen(answers: Mapping[str, Any], name: str) -> str:
    slug = str(answers.get(name) or "")
    return "" if slug in ASIDE_SLUGS else slug
