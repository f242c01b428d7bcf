"""The page of figures, each figure at an address of its own, and its files: PNG, SVG, CSV."""

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from stories.core import named_lists, rendering, snapshot
from stories.figures import charts, counts, pictures, sentences
from stories.figures.charts import Chart, Dots
from stories.figures.counts import count_stories
from stories.reading.export import requests

# What stands open on the page; the other charts of stories are folded.
_OPEN = ("forces", "stories-by-outcome", "stories-by-year")
_HEAD = ("slug", "label", "count", "base", "percent", "note", "about")


def figures_context(dots: Dots) -> dict[str, object]:
    """The context of the page; complete with no story and no answer."""
    names, release = named_lists.get_named_lists(), charts.newest_release()
    of_stories, answers = charts.story_charts(names, dots), charts.release_charts(release, names)
    every, told = count_stories(names, ""), [chart for chart in answers if chart.is_told]
    return {
        "every": every,
        "findings": sentences.findings([*told, *of_stories]),
        "stories_open": [chart for chart in of_stories if chart.name in _OPEN],
        "stories_folded": [chart for chart in of_stories if chart.name not in _OPEN],
        "has_dots": charts.has_dots(),
        "release": counts.quarter_months(release["release"]) if release else "",
        "subjects": sentences.by_subject(told),
        "untold": [chart for chart in answers if not chart.is_told],
        "caution": counts.caution_words(),
    }


def all_charts(dots: Dots = {}) -> dict[str, Chart]:  # noqa: B006
    names = named_lists.get_named_lists()
    every = [*charts.story_charts(names, dots), *charts.release_charts(charts.newest_release(), names)]
    return {chart.name: chart for chart in every}


@require_safe
def what_we_hear(request: HttpRequest) -> HttpResponse:
    """Every figure: from the edition, and one query for the dots."""
    context = snapshot.cached(("figures", get_language()), lambda: figures_context(charts.story_dots()))
    return render(request, "stories/figures/what_we_hear.html", context)


@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """One figure by itself: to link to, to take away, and how it was counted."""
    chart = _found(name, charts.story_dots())
    context = {
        "chart": chart,
        "alt": f"{chart.title} – {chart.sentence or chart.about} {chart.caution}",
        "has_dots": charts.has_dots(),
        "base": settings.BASE_URL,
        "licence": requests.FACTS,
    }
    return render(request, "stories/figures/figure.html", context)


@require_safe
def figure_file(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """The same as a picture or as a table, which pages elsewhere may show."""
    chart = _found(name, {})
    if kind == "csv":
        content, type_of = "".join(rendering.csv_lines(_rows(chart))).encode(), "text/csv; charset=utf-8"
    else:
        # Drawn once for an edition: a drawing takes longer than all the rest.
        key = ("figure", chart.name, kind, get_language())
        content = snapshot.cached(key, lambda: pictures.draw_figure(chart, kind))
        type_of = pictures.KINDS[kind][0]
    answer = HttpResponse(content, content_type=type_of)
    shown = "attachment" if kind == "csv" else "inline"
    answer["Content-Disposition"] = f'{shown}; filename="heard-{chart.name}.{kind}"'
    requests.give_away(answer)
    return answer


def _found(name: str, dots: Dots) -> Chart:
    chart = all_charts(dots).get(name)
    if chart is None:
        raise Http404
    return chart


def _rows(chart: Chart) -> Iterator[tuple[object, ...]]:
    """Numbers in columns of numbers, a hidden one empty with a note; what they are of stands once, in the first row."""
    yield _HEAD
    about = f"{chart.title} {chart.about} {chart.caution}"
    for line in chart.lines:
        count, base = ("" if isinstance(number, str) else number for number in (line.count, line.base))
        note = line.value if line.is_hidden else ""
        # A force's part of all stories would read as a rank.
        share = "" if chart.kind == "tiles" else line.share
        yield line.slug, line.words, count, base, share, note, about
        about = ""
