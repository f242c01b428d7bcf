"""What editors call an answer, carried by the edition."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stories.models import AnswerWords
from stories.public import edition
from stories.public.figures.asked import Question
from stories.public.named_lists import NamedLists

NAME = "answer_words"


def make() -> list[list[str]]:
    """Each wording as [answer, language, words], where an answer is question.slug."""
    return [list(row) for row in AnswerWords.objects.values_list("answer", "language", "words")]


def of(question: Question, names: NamedLists) -> dict[str, str]:
    """The answers of a question in the page’s words, by slug."""
    own = _own(question.name)
    listed: Mapping[str, str] = names.outcomes if question.name == "outcome" else {}
    return {slug: own.get(slug) or listed.get(slug) or _(words) for slug, words in question.answers}


def _own(question: str) -> dict[str, str]:
    here = get_language()
    rows = edition.made(NAME) or []
    return {
        answer.partition(".")[2]: words
        for answer, language, words in rows
        if language == here and answer.partition(".")[0] == question
    }
