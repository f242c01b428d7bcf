"""What `/what-we-hear/` shows: the charts of published stories, then those of what people answered."""

from typing import Any

from stories.public import named_lists
from stories.public.figures import in_words, of_answers, of_stories
from stories.public.figures.charts import Chart
from stories.public.figures.told import told

# The figure of official records that stands beside why people stopped; its source is told on the page of the press.
OFFICIAL_AT = "answers-outcome-by-stopped-why"


def context() -> dict[str, Any]:
    """What the template reads; complete with no story and no answer."""
    names, release = named_lists.read(), of_answers.newest()
    every = told(names, "")
    return {
        "stories": in_words.told(every.stories),
        "stories_url": every.url,
        "of_stories": of_stories.all_charts(names),
        "release": of_answers.months(release),
        "headlines": of_answers.headline_charts(release, names) if release else [],
        "one_way": of_answers.one_way_charts(release, names) if release else [],
        "official_at": OFFICIAL_AT,
        "caution": in_words.caution(),
    }


def chart(name: str) -> Chart | None:
    """The chart of that name in this edition; None where there is none."""
    return next((each for each in every() if each.name == name), None)


def every() -> list[Chart]:
    """All charts of this edition, in the order of the page."""
    names, release = named_lists.read(), of_answers.newest()
    answers = (
        [*of_answers.headline_charts(release, names), *of_answers.one_way_charts(release, names)] if release else []
    )
    return [*of_stories.all_charts(names), *answers]
