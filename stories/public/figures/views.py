"""The page of figures, and each of its tables as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories import spreadsheets
from stories.public.figures import page
from stories.public.open_data import requests


@require_safe
def what_we_hear(request: HttpRequest) -> HttpResponse:
    """Every figure, from the edition alone."""
    return render(request, "stories/public/figures/what_we_hear.html", page.context())


@require_safe
def table(request: HttpRequest, name: str) -> HttpResponse:
    """The numbers of one chart as CSV; what they are of, and are not, stands in every row, so that no row loses it."""
    chart = page.chart(name)
    if chart is None:
        raise Http404
    about = [chart.title, f"{chart.about} {chart.caution}"]
    rows = [[*chart.head, _("Of what"), _("Read with care")], *([*row, *about] for row in chart.rows)]
    answer = HttpResponse("".join(spreadsheets.lines(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="heard-{chart.csv_name}"'
    requests.give_away(answer)
    return answer
