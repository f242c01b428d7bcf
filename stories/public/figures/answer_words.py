"""What editors call an answer, carried by the edition."""

from collections.abc import Mapping

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from stories.models import AnswerWords
from stories.public import edition
from stories.public.figures.table_spec import Question
from stories.public.named_lists import NamedLists

NAME = "answer_words"
# What an answer was about, in a sentence that sets it beside the answer to another question.
_ABOUT = {
    "knew_law": gettext_lazy("about the law"),
    "dignity": gettext_lazy("about dignity"),
    "outcome": gettext_lazy("about what came of it"),
    "stopped_why": gettext_lazy("about why they stopped"),
}


def make() -> list[list[str]]:
    """Each wording as [answer, language, words], where an answer is question.slug."""
    return [list(row) for row in AnswerWords.objects.values_list("answer", "language", "words")]


def of(question: Question, names: NamedLists) -> dict[str, str]:
    """The answers of a question in the page’s words, by slug."""
    own = _own(question.name)
    listed: Mapping[str, str] = names.outcomes if question.name == "outcome" else {}
    return {slug: own.get(slug) or listed.get(slug) or _(words) for slug, words in question.answers}


def about(question: Question) -> str:
    """The short name of a question, as in "“Some did” about the law"; of one that has none, its own words."""
    return str(_ABOUT.get(question.name) or f"({_(question.words)})")


def _own(question: str) -> dict[str, str]:
    here = get_language()
    rows = edition.made(NAME) or []
    return {
        answer.partition(".")[2]: words
        for answer, language, words in rows
        if language == here and answer.partition(".")[0] == question
    }
