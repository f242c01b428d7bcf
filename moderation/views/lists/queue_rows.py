"""The rows of a list as they are shown: one template for the whole table, and its words made here."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import Table

from moderation import conflict_of_interest
from moderation.policies.access import is_absent
from moderation.queue import ages, lanes, pages, row_marks, tags, urgent
from moderation.queue.ages import Age
from moderation.team.vault_session import vault_of
from stories.core import lifecycle
from stories.models import Submission


class QueueTable(Table):
    """Wagtail's table, all of it in one template: for a cell each, a page would take half as long again."""

    template_name = "moderation/queue_table.html"

    def __init__(self, columns: Any, data: Any, *, request: HttpRequest, can_bulk: bool) -> None:
        super().__init__(columns, data)
        self.request, self.can_bulk = request, can_bulk

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        words = {"select": _("Select"), "hand_on": _("Hand on"), "claim": _("Claim"), "decided": _("decided")}
        words["second"] = _("Read it second")
        token = {"csrf_token": get_token(self.request)}
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | words | token | {"can_bulk": self.can_bulk}


def rows_in_words(page: pages.Page, user: Any, second: Mapping[UUID, str]) -> list[Any]:
    """The rows of a page with everything that the table says of each; `second` is what `second_yes.in_rows` found."""
    rows: list[Any] = list(page.rows)
    row_marks.mark_rows(rows, user)
    missing = conflict_of_interest.warned_of(rows, user)
    for row in rows:
        row.address, row.age = address(row), ages.age_words(row, weeks_asked=row.weeks_asked)
        row.missing = missing.get(row.pk)
        row.second_yes = second.get(row.pk, "")
        row.came, row.target = came(row), _target(row.age)
        row.tags = tags.tags_of(row, page.labels.get(row.pk))
        row.is_decided = row.status not in lifecycle.OPEN_TO_WORK
        row.is_for_second = _is_for_second(row)
        _tell_whose(row, user)
    return rows


def next_button(request: HttpRequest, *, after: Submission) -> list[tuple[str, str, bool]]:
    """For the message that says that one is done: the way to the next one, if there is any."""
    beside = urgent.beside_ticks(request.user, vault_of(request))
    found = lanes.next_for(request.user, beside.all, after=after)
    if found is None:
        return []
    said = _("Next: %(name)s") % {"name": found.short_name}
    return [messages.button(reverse("room_read", args=[found.pk]), said)]


def address(row: Submission) -> str:
    """Where a row leads: to the second reading, where this person may be its second reader."""
    return reverse("room_second" if _is_for_second(row) else "room_read", args=[row.pk])


def _is_for_second(row: Submission) -> bool:
    return row.status in lifecycle.PUT_FORWARD and not getattr(row, "is_my_text", False)


def came(row: Submission) -> str:
    weeks = lanes.weeks_old(row)
    if weeks < 1:
        return _("this week")
    return ngettext("%(weeks)d week ago", "%(weeks)d weeks ago", weeks) % {"weeks": weeks}


def _target(age: Age) -> str:
    if age.is_decided:
        return ""
    if age.is_stopped:
        return _("clock stopped")
    if age.left == 0:
        return _("due this week")
    if age.left < 0:
        return ngettext("%(weeks)d week late", "%(weeks)d weeks late", age.late) % {"weeks": age.late}
    return ngettext("%(weeks)d week left", "%(weeks)d weeks left", age.left) % {"weeks": age.left}


def _tell_whose(row: Any, user: Any) -> None:
    claim = lanes.claim_now(row)
    row.is_mine = claim is not None and claim.holder_id == user.pk
    row.is_absent = claim is not None and is_absent(claim)
    row.in_hand = row.meant = ""
    if claim:
        until = timezone.localtime(claim.expires_at).strftime("%H:%M")
        says = _("you, until %(until)s") if row.is_mine else _("%(name)s, until %(until)s")
        row.in_hand = says % {"name": claim.holder.get_username(), "until": until}
    elif row.meant_for_id == user.pk:
        row.meant = _("for you")
    elif row.meant_for and row.meant_for.is_active:
        row.meant = _("for %(name)s") % {"name": row.meant_for.get_username()}
