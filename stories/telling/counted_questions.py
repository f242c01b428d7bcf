"""The questions whose answers are counted, as told to the half that shows figures: it may not ask us."""

from stories.public.figures import table_spec
from stories.telling import questions


def tell() -> None:
    """Call it once, while the stories app gets ready."""
    table_spec.set_questions(
        [_question(questions.BY_NAME[name]) for name in questions.COUNTED], questions.COUNTED_TOGETHER
    )


def _question(row: questions.Question) -> table_spec.Question:
    """Every answer that a total can hold: what we asked once, and the two asides, stand last."""
    options = (*row.options, *row.retired, *(questions.ASIDES if row.with_asides else ()))
    answers = tuple((option.slug, option.words) for option in options)
    return table_spec.Question(row.name, row.counted_as or row.words, answers, takes_many=row.kind == "many")
