"""The audit log among Wagtail's reports: who did what to which item when, newest first, and its export.

It says who did a deed, and nowhere how many each of them did: there is no filter by person, because a filtered list
counts its rows.
"""

from collections.abc import Iterator
from datetime import UTC, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.widgets import AdminDateInput

from moderation import event_words, policies
from moderation.team import audit_log
from moderation.team.audit_log import Entry
from moderation.views.decorators import require_permission
from moderation.views.pages import heading
from stories.core import lifecycle, spreadsheets

_SHOWN_FOR = timedelta(days=31)
_ON_A_PAGE = 50


def _choices() -> list[tuple[str, Any]]:
    named = [(deed, capfirst(event_words.deed_in_words(deed))) for deed in event_words.deed_words()]
    return [("", _("Everything")), *sorted(named, key=lambda each: each[1])]


class LogFilters(forms.Form):
    """By deed, by item, and from which day on."""

    deed = forms.ChoiceField(label=gettext_lazy("What"), choices=_choices, required=False)
    item = forms.CharField(label=gettext_lazy("Item"), required=False)
    since = forms.DateField(label=gettext_lazy("Since"), widget=AdminDateInput)


@require_GET
@require_permission("see the record")
def audit_log_page(request: HttpRequest) -> HttpResponse:
    """The deeds of the team, of the last month unless another day is asked for."""
    filters = LogFilters({"since": lifecycle.today() - _SHOWN_FOR, **request.GET.dict()})
    found = audit_log.log_entries(**filters.cleaned_data) if filters.is_valid() else []
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("p"))
    rows = [Entry(*row) for row in page]
    context = {
        **heading(_("Record of deeds"), "history"),
        "filters": filters,
        "rows": [
            (_when(row), row.who or _("the server"), capfirst(event_words.deed_in_words(row.deed)), row.item)
            for row in rows
        ],
        "page": page,
        "may_export": policies.why_not("export the record", request.user) is None,
    }
    return TemplateResponse(request, "moderation/record.html", context)


@require_POST
@require_permission("export the record")
def export(request: HttpRequest) -> HttpResponseBase:
    """The whole log as CSV, a piece at a time; this export stands in it too."""
    audit_log.log_deed(audit_log.EXPORT, request.user, by=request.user)
    response = StreamingHttpResponse(spreadsheets.csv_lines(_csv_rows()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="record.csv"'
    return response


def _csv_rows() -> Iterator[tuple[Any, ...]]:
    yield ("when", "who", "what", "item")
    for row in audit_log.log_entries().iterator(chunk_size=2000):
        entry = Entry(*row)
        yield _when(entry), entry.who or "", entry.deed, entry.item


def _when(entry: Entry) -> str:
    """The day, or the minute in UTC."""
    return f"{entry.at.astimezone(UTC):%Y-%m-%d %H:%M}" if entry.at else f"{entry.day}"
