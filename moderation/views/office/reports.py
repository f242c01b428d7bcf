"""Wagtail's reports of ours: the audit log with its export, how it goes, and the figures that are due.

The log says who did what to which item, newest first, and but for a flood nowhere how many each of them did: there is
no filter by person, because a filtered list counts its rows. How it goes is about the work, and nothing about who did
it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, timedelta
from typing import NamedTuple

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from moderation import event_words
from moderation.team import audit_log
from moderation.team.audit_log import Entry
from moderation.team.permissions import why_not
from moderation.views.decorators import StaffRequest, room_view
from moderation.views.pages import room_page
from stories.core import decline_reasons, lifecycle, named_lists, rendering, tables, totals
from stories.figures import charts, releases
from stories.models import ReleasedAnswers


def _choices() -> list[tuple[str, str]]:
    named = [(deed, capfirst(event_words.deed_in_words(deed))) for deed in event_words.deed_words()]
    return [("", _("Everything")), *sorted(named, key=lambda each: each[1])]


class LogFilters(forms.Form):
    deed = forms.ChoiceField(label=gettext_lazy("What"), choices=_choices, required=False)
    item = forms.CharField(label=gettext_lazy("Item"), required=False)
    since = forms.DateField(label=gettext_lazy("Since"), widget=AdminDateInput)


@room_view("see the record", "GET")
def audit_log_page(request: StaffRequest) -> HttpResponse:
    """The deeds of the team, of the last month unless another day is asked for."""
    filters = LogFilters({"since": lifecycle.today() - timedelta(days=31), **request.GET.dict()})
    found = audit_log.log_entries(**filters.cleaned_data) if filters.is_valid() else []
    page = Paginator(found, 50).get_page(request.GET.get("p"))
    rows, who = (Entry(*row) for row in page), _("the server")
    context = {
        "filters": filters,
        "rows": [(_when(row), row.who or who, capfirst(event_words.deed_in_words(row.deed)), row.item) for row in rows],
        "page": page,
        "may_export": why_not("export the record", request.user) is None,
    }
    return room_page(request, "record", _("Record of deeds"), "history", context)


@room_view("export the record", "POST")
def export_audit_log(request: StaffRequest) -> HttpResponseBase:
    """The whole log as CSV, a piece at a time; this export stands in it too."""
    audit_log.log_deed(audit_log.EXPORT, request.user, by=request.user)
    response = StreamingHttpResponse(rendering.csv_lines(_csv_rows()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="record.csv"'
    return response


def _csv_rows() -> Iterator[tuple[str, ...]]:
    """Days alone, and in no order of the minute: a table of who did what and when would be one of how they work."""
    yield ("day", "who", "what", "item")
    by_day = audit_log.log_entries().order_by("-_day", "_item", "_deed", "_who")
    for entry in (Entry(*row) for row in by_day.iterator(chunk_size=2000)):
        yield f"{entry.day}", entry.who or "", entry.deed, entry.item


def _when(entry: Entry) -> str:
    return f"{entry.at.astimezone(UTC):%Y-%m-%d %H:%M}" if entry.at else f"{entry.day}"


_WORDS: dict[str, dict[str, str]] = tables.read(__file__)


class Grid(NamedTuple):
    """A table: its headings, and rows of a name and what stands under each heading."""

    headings: list[str]
    rows: Sequence[tuple[str, Sequence[object]]]


@room_view("see how it goes", "GET")
def how_it_goes(request: StaffRequest) -> HttpResponse:
    """Everything on one page, in a number of queries that doesn't grow."""
    today = lifecycle.today()
    # Twelve months, this one among them: they begin on the first of the month after this one, a year ago.
    first = date(today.year if today.month == 12 else today.year - 1, today.month % 12 + 1, 1)
    span = totals.Span(first, lifecycle.this_week() + timedelta(weeks=1))
    months = dict(sorted(totals.decided_counts(span, with_floods=False).items(), reverse=True))
    headings = [date_format(month, "M Y") for month in months]
    medians = ["–" if month.median is None else month.median for month in months.values()]
    context = {
        "waiting": _waiting(totals.waiting_count()),
        "decided": Grid(headings, _decided(months) if months else []),
        "medians": Grid(headings, [(_("Weeks"), medians)] if months else []),
        "year": totals.counts_together(months.values()),
        "readers": totals.reader_count(span),
        "fewest": totals.FEWEST,
    }
    return room_page(request, "how_it_goes", _("How it goes"), "table", context)


def _waiting(lanes: Mapping[str, Counter[int]]) -> Grid:
    ages, rows = _WORDS["ages"], []
    for lane, label in _WORDS["lanes"].items():
        many = dict.fromkeys(ages, 0)
        for weeks, count in lanes[lane].items():
            many[next(most for most in ages if weeks <= int(most))] += count
        rows.append((label, [*many.values(), sum(many.values())]))
    return Grid([*ages.values(), _("All")], rows)


def _decided(months: Mapping[date, totals.Decisions]) -> list[tuple[str, list[int]]]:
    known = [*_WORDS["kinds"], *(f"decline.{reason}" for reason in decline_reasons.REASONS)]
    given = {kind for month in months.values() for kind in month.kinds}
    kinds = [*(kind for kind in known if kind in given), *sorted(given - set(known))]
    rows = [(_kind(kind), [month.kinds[kind] for month in months.values()]) for kind in kinds]
    return [*rows, (_("All"), [month.total for month in months.values()])]


def _kind(kind: str) -> str:
    reason = kind.partition(".")[2]
    words = decline_reasons.REASONS[reason].moderator if reason in decline_reasons.REASONS else reason
    return _WORDS["kinds"].get(kind) or _("Declined: %(reason)s") % {"reason": words}


@room_view("release the figures")
def figures_page(request: StaffRequest) -> HttpResponse:
    """What people answered in the quarter that is over, as the public would read it; a POST releases just that."""
    quarter = releases.due_quarter()
    try:
        if request.method == "POST" and request.POST.get("quarter") == quarter:
            with transaction.atomic():
                releases.make_release(quarter)
                audit_log.log_deed("release the figures", ReleasedAnswers.objects.get(pk=quarter), by=request.user)
            messages.success(request, _("Released. They stand on the site."))
            return redirect("room_figures")
        preview = releases.preview_release(quarter) if quarter else None
    except releases.NotReleased as why:
        return room_page(request, "figures", _("Figures"), "table", {"problem": why})
    shown = charts.release_charts(preview.tables if preview else None, named_lists.get_named_lists())
    waits = {each.table for each in preview.held} if preview else set()
    context = {"quarter": quarter, "charts": shown, "waits": waits}
    return room_page(request, "figures", _("Figures"), "table", context)
