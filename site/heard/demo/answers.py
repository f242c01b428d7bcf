"""The demo's counted answers: invented people, as many in each quarter, whose totals are released as real ones are."""

import json
import random
from collections import Counter
from pathlib import Path

from moderation import counting
from stories import lifecycle
from stories.models import CountedAnswers
from stories.public.figures import releases
from stories.quarter import Quarter
from stories.telling import questions

# How often each answer is given, beside the others to its question.
_OFTEN = json.loads((Path(__file__).parent / "data" / "answers.json").read_text())
_PEOPLE = 130
_ANSWERED = 0.9


def release() -> None:
    """Count people in the last three quarters that are over, and release the last two of these."""
    dice = random.Random(7)  # noqa: S311
    quarters = _quarters_over(3)
    for quarter in quarters:
        totals = Counter(name for _each in range(_PEOPLE) for name in counting.what_counts(_somebody(dice)))
        CountedAnswers.objects.create(quarter=quarter, people=_PEOPLE, totals=dict(sorted(totals.items())))
    for quarter in quarters[-2:]:
        releases.release(quarter)


def _quarters_over(many: int) -> list[str]:
    now = Quarter.of(lifecycle.today())
    return [str(now.later(-back)) for back in range(many, 0, -1)]


def _somebody(dice: random.Random) -> dict[str, str | list[str]]:
    given = {name: _answer(name, dice) for name in questions.COUNTED if dice.random() < _ANSWERED}
    # It is asked of nobody else.
    if given.get("outcome") != "i-stopped":
        given.pop("stopped_why", None)
    return given


def _answer(name: str, dice: random.Random) -> str | list[str]:
    slugs, often = list(_OFTEN[name]), list(_OFTEN[name].values())
    if questions.BY_NAME[name].kind == "one":
        return str(dice.choices(slugs, often)[0])
    return sorted(set(dice.choices(slugs, often, k=dice.choice((1, 1, 2, 3)))))
