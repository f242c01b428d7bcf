"""The room's search box: accounts for who reads them, and public stories for the whole team."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from moderation.queue import rows, search
from moderation.team.permissions import why_not
from moderation.team.vault_session import vault_of
from moderation.views.decorators import StaffRequest, room_view
from moderation.views.lists.queue import QueueTable, QueueView
from moderation.views.pages import room_page
from stories.models import Submission


@room_view("list stories")
def find(request: StaffRequest) -> HttpResponse:
    """Find what is asked for by a POST. By its address a page finds six letters and a week alone: no words go there."""
    user, sought = request.user, request.POST.get("q", request.GET.get("q", "")).strip()
    is_reader, is_post = why_not("see the queue", user) is None, request.method == "POST"
    vault = vault_of(request) if is_reader else None
    found: list[Submission] = []
    if sought and is_reader:
        found += search.accounts_named(sought, user)[: search.MOST_SHOWN + 1]
        found += search.accounts_about(sought, user, vault) if vault and is_post else ()
    shown = list(dict.fromkeys(found))[: search.MOST_SHOWN]
    page = rows.Page(shown, rows.reading.open_labels(shown, vault) if vault else {}, "", "")
    context = {
        "sought": sought if is_post or found else "",
        "is_reader": is_reader,
        "is_locked": is_reader and vault is None,
        "table": QueueTable(QueueView.columns, rows.rows_in_words(page, user, {})) if shown else None,
        "stories": search.stories_about(sought, user)[: search.MOST_SHOWN] if sought and is_post else (),
        "is_cut": len(dict.fromkeys(found)) > search.MOST_SHOWN,
        "most": search.MOST_SHOWN,
        "most_opened": search.MOST_OPENED if vault and is_post else 0,
    }
    return room_page(request, "search", _("Find"), "search", context)
