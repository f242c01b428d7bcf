"""The questions whose answers are counted, as told to the half that shows figures: it may not ask us."""

from stories.public.figures import asked
from stories.telling import questions


def tell() -> None:
    """Call it once, while the stories app gets ready."""
    asked.furnish([_question(questions.BY_NAME[name]) for name in questions.COUNTED], questions.COUNTED_TOGETHER)


def _question(row: questions.Question) -> asked.Question:
    """Every answer that a total can hold: what we asked once, and the two asides, stand last."""
    options = (*row.options, *row.retired, *(questions.ASIDES if row.with_asides else ()))
    answers = tuple((option.slug, option.words) for option in options)
    return asked.Question(row.name, row.counted_as or row.words, answers, takes_many=row.kind == "many")
