"""The record among Wagtail's reports: who did what to which item when, newest first, and its export.

It says who did a deed, and nowhere how many each of them did: there is no filter by person, because a filtered list
counts its rows.
"""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from moderation import policies
from moderation.log import record, record_check
from moderation.models import LogEntry
from moderation.views.doors import may
from moderation.views.headings import crumbs
from moderation.views.office import record_words
from stories import spreadsheets

_HEADINGS = ("number", "who", "what", "item", "when", "hash")


def _choices() -> list[tuple[str, Any]]:
    return sorted(record_words.names().items(), key=lambda each: str(each[1]))


class RecordFilters(WagtailFilterSet):
    """By deed, and by item."""

    deed = django_filters.ChoiceFilter(label=_("What"), choices=_choices)
    item = django_filters.CharFilter(label=_("Item"), lookup_expr="istartswith")

    class Meta:
        model = LogEntry
        fields: list[str] = []


@method_decorator(may("see the record"), name="dispatch")
class RecordView(ReportView):
    """Every deed of the team."""

    page_title = _("Record of deeds")
    header_icon = "history"
    index_url_name = "room_record"
    index_results_url_name = "room_record_results"
    template_name = "moderation/record.html"
    results_template_name = "moderation/record_results.html"
    filterset_class = RecordFilters
    # Wagtail's own export counts and writes down nothing; ours stands on the page.
    list_export: list[str] = []
    columns = [
        Column("number", label=_("Row")),
        Column("when", label=_("When (UTC)"), accessor=lambda row: record.when(row).rstrip("Z").replace("T", " ")),
        Column("by", label=_("Who"), accessor=lambda row: _who(row) or _("the server")),
        Column("deed", label=_("What"), accessor=lambda row: record_words.in_words(row.deed)),
        Column("item", label=_("Item")),
        Column("chained", label=_("Hash begins"), accessor=lambda row: row.chained[:12]),
    ]

    def get_queryset(self) -> QuerySet[LogEntry]:
        return LogEntry.objects.select_related("by").order_by("-number")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(str(self.page_title))

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["head"] = record_check.head()
        context["may_export"] = policies.why_not("export the record", self.request.user) is None
        return context


@require_POST
@may("export the record")
def export(request: HttpRequest) -> HttpResponseBase:
    """The whole record as CSV, a piece at a time; its last row is this export."""
    record.add(record_words.EXPORT, by=request.user)
    rows = _rows(until=record_check.head().number)
    response = StreamingHttpResponse(spreadsheets.lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="record.csv"'
    return response


def _rows(*, until: int) -> Iterator[tuple[Any, ...]]:
    yield _HEADINGS
    entries = LogEntry.objects.filter(number__lte=until).select_related("by").order_by("number")
    for row in entries.iterator(chunk_size=2000):
        yield row.number, _who(row), row.deed, row.item, record.when(row), row.chained


def _who(row: LogEntry) -> str:
    return row.by.get_username() if row.by else ""
