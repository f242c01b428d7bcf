"""How it goes, among Wagtail's reports: what waits, what was decided, how long it took, how two readers agree.

All of it is about the work, and nothing about who did it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from moderation.views.decorators import require_permission
from moderation.views.pages import heading
from stories.core import decline_reasons, lifecycle, totals

MONTHS = 12
_LANES = {
    "urgent": gettext_lazy("Urgent"),
    "new": gettext_lazy("New"),
    "put-forward": gettext_lazy("Waiting for a second reader"),
    "waiting": gettext_lazy("Waiting for the contributor"),
    "held": gettext_lazy("Held"),
    "flood": gettext_lazy("Flood"),
}
# The most weeks of each column.
_AGES = (
    (1, gettext_lazy("Up to 1 week")),
    (3, gettext_lazy("2 to 3 weeks")),
    (6, gettext_lazy("4 to 6 weeks")),
    (12, gettext_lazy("7 to 12 weeks")),
    (10_000, gettext_lazy("Longer")),
)
_KINDS = {
    "agree": gettext_lazy("Agreed"),
    "count": gettext_lazy("Counted, no story"),
    "lapse": gettext_lazy("Not decided in time"),
    "withdraw": gettext_lazy("Withdrawn by the contributor"),
}


@dataclass(frozen=True)
class Grid:
    """A table: its headings, and rows of a name and numbers."""

    headings: list[str]
    rows: list[tuple[str, list[Any]]]


@require_GET
@require_permission("see how it goes")
def how_it_goes(request: HttpRequest) -> HttpResponse:
    """Everything on one page, in a number of queries that doesn't grow."""
    span = totals.Span(_months_ago(MONTHS - 1), lifecycle.this_week() + timedelta(weeks=1))
    months = totals.decided_counts(span)
    title = _("How it goes")
    context = {
        "waiting": _waiting(totals.waiting_count()),
        "decided": _decided(months),
        "medians": _medians(months),
        "year": totals.counts_together(months.values()),
        "readers": totals.reader_count(span),
        "fewest": totals.FEWEST,
        **heading(title, "table"),
    }
    return TemplateResponse(request, "moderation/how_it_goes.html", context)


def _waiting(lanes: Mapping[str, Counter[int]]) -> Grid:
    rows = []
    for lane, label in _LANES.items():
        many = [0] * len(_AGES)
        for weeks, count in lanes[lane].items():
            many[next(at for at, (most, _label) in enumerate(_AGES) if weeks <= most)] += count
        rows.append((str(label), [*many, sum(many)]))
    return Grid([*(str(label) for _most, label in _AGES), _("All")], rows)


def _decided(months: Mapping[date, totals.Decisions]) -> Grid:
    """Newest month first, and every reason that was given, in the order of the list."""
    known = [*_KINDS, *(f"decline.{reason}" for reason in decline_reasons.REASONS)]
    given = {kind for month in months.values() for kind in month.kinds}
    kinds = [*(kind for kind in known if kind in given), *sorted(given - set(known))]
    newest = sorted(months, reverse=True)
    rows = [(_kind(kind), [months[month].kinds[kind] for month in newest]) for kind in kinds]
    rows.append((_("All"), [months[month].total for month in newest]))
    return Grid([_month(month) for month in newest], rows if newest else [])


def _medians(months: Mapping[date, totals.Decisions]) -> Grid:
    newest = sorted(months, reverse=True)
    many = [months[month].median for month in newest]
    shown = ["–" if weeks is None else weeks for weeks in many]
    return Grid([_month(month) for month in newest], [(_("Weeks"), shown)] if newest else [])


def _kind(kind: str) -> str:
    if kind in _KINDS:
        return str(_KINDS[kind])
    reason = kind.partition(".")[2]
    words = decline_reasons.REASONS[reason].moderator if reason in decline_reasons.REASONS else reason
    return _("Declined: %(reason)s") % {"reason": words}


def _month(first: date) -> str:
    return date_format(first, "M Y")


def _months_ago(many: int) -> date:
    month = lifecycle.today().month - 1 - many
    return date(lifecycle.today().year + month // 12, month % 12 + 1, 1)
