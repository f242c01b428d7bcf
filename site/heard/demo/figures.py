"""The demo's figures: counted answers of invented people, and one invented quarter of our own work."""

import json
import random
from collections import Counter
from pathlib import Path

from moderation import decisions
from stories.core import lifecycle
from stories.core.dates import Quarter
from stories.figures import disclosure_control, releases, transparency
from stories.intake import questions
from stories.models import CountedAnswers, ReleasedFigures

# How often each answer is given, beside the others to its question.
_OFTEN = json.loads((Path(__file__).parent / "data" / "answers.json").read_text())
_PEOPLE = 130
_ANSWERED = 0.9


def release_answers() -> None:
    dice = random.Random(7)  # noqa: S311
    quarters = [str(Quarter.of(lifecycle.today()).later(-back)) for back in (3, 2, 1)]
    for quarter in quarters:
        totals = Counter(name for _each in range(_PEOPLE) for name in decisions.what_counts(_somebody(dice)))
        CountedAnswers.objects.create(quarter=quarter, people=_PEOPLE, totals=dict(sorted(totals.items())))
    for quarter in quarters[-2:]:
        releases.make_release(quarter)


def _somebody(dice: random.Random) -> dict[str, str | list[str]]:
    given = {name: _answer(name, dice) for name in questions.COUNTED if dice.random() < _ANSWERED}
    # It is asked of nobody else.
    if given.get("outcome") != "i-stopped":
        given.pop("stopped_why", None)
    return given


def _answer(name: str, dice: random.Random) -> str | list[str]:
    question = questions.BY_NAME[name]
    slugs, often = zip(*(_OFTEN.get(name) or {option.slug: 1 for option in question.options}).items(), strict=True)
    if question.kind == "one":
        return str(dice.choices(slugs, often)[0])
    return sorted(set(dice.choices(slugs, often, k=dice.choice((1, 1, 2, 3)))))


# How many accounts came to each end, and what else happened; what isn't named is none.
_DECIDED = {"agreed": 61, "counted": 14, "not-ours": 12, "no-yes": 11, "no-account": 23, "withdrawn": 16}
_BESIDE = {"published": 54, "changed": 18, "take-downs": 4}


def release_work() -> None:
    quarter = str(Quarter.of(lifecycle.today()).later(-1))
    figures = {
        "received": disclosure_control.publishable_count(sum(_DECIDED.values()) + 9),
        "decided": transparency.transparency_row(_DECIDED),
        "beside": transparency.figures_beside(_BESIDE),
        "weeks": 3,
        "alike": disclosure_control.capped_percentage(88),
    }
    ReleasedFigures.objects.create(quarter=quarter, figures=figures)
