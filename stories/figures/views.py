"""The page of figures, and each of its charts as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories.core import named_lists, rendering
from stories.figures import charts, counts
from stories.figures.charts import Chart
from stories.figures.counts import count_stories
from stories.reading.export import requests


def figures_context() -> dict[str, object]:
    """The context of the page; complete with no story and no answer."""
    names, release = named_lists.get_named_lists(), charts.newest_release()
    every, answers = count_stories(names, ""), charts.release_charts(release, names)
    return {
        "stories": counts.story_count(every.stories),
        "stories_url": every.url,
        "of_stories": charts.story_charts(names),
        "release": counts.quarter_months(release["release"]) if release else "",
        "headlines": [chart for chart in answers if chart.kind == "crossed"],
        "one_way": [chart for chart in answers if chart.kind == "bars"],
        # Of official records, whose source is told on the page of the press: it stands beside why people stopped.
        "official_at": "answers-outcome-by-stopped-why",
        "caution": counts.caution_words(),
    }


def all_charts() -> dict[str, Chart]:
    """All charts of this snapshot by their names, in the order of the page."""
    names = named_lists.get_named_lists()
    every = [*charts.story_charts(names), *charts.release_charts(charts.newest_release(), names)]
    return {chart.name: chart for chart in every}


@require_safe
def what_we_hear(request: HttpRequest) -> HttpResponse:
    """Every figure, from the edition alone."""
    return render(request, "stories/figures/what_we_hear.html", figures_context())


@require_safe
def figure_table(request: HttpRequest, name: str) -> HttpResponse:
    """The numbers of one chart as CSV; what they are of, and are not, stands in every row, so that no row loses it."""
    chart = all_charts().get(name)
    if chart is None:
        raise Http404
    about = [chart.title, f"{chart.about} {chart.caution}"]
    head: list[object] = [*chart.head, _("Of what"), _("Read with care")]
    rows = [head, *([*row, *about] for row in chart.rows)]
    answer = HttpResponse("".join(rendering.csv_lines(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="heard-{chart.name}.csv"'
    requests.give_away(answer)
    return answer
