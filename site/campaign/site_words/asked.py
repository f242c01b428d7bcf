"""Which strings somebody answers, or answers with: what they answered before is shown with the words of the day."""

from collections.abc import Iterator
from functools import cache

from campaign.site_words.catalogued import Catalogued
from stories.telling import questions
from stories.telling.question_rows import ASIDES


def is_answered(string: Catalogued) -> bool:
    """True of a question of the form and of each of its answers, also of those that are asked no longer."""
    return not _words().isdisjoint(string.words)


@cache
def _words() -> frozenset[str]:
    return frozenset(_of_questions())


def _of_questions() -> Iterator[str]:
    for question in questions.BY_NAME.values():
        yield question.words
        yield from (option.words for option in (*question.options, *question.retired, *ASIDES))
