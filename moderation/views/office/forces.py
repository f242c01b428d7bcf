"""Forces' answers: letters that nobody answered, answers that wait for a second person, and those that stand."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET
from wagtail.admin.ui.tables import Column, StatusTagColumn, Table, TitleColumn

from moderation import policies
from moderation.lists import responses
from moderation.models import ResponseEntry
from moderation.policies.responses import SEND_BACK
from moderation.views.doors import may
from moderation.views.headings import Place, heading
from stories.models import Letter, Response

FORCES: Place = (reverse_lazy("room_forces"), gettext_lazy("Forces’ answers"))
_ON_A_PAGE = 25


@require_GET
@may("see forces’ answers")
def index(request: HttpRequest) -> HttpResponse:
    """All three, what waits first."""
    page = Paginator(responses.standing(), _ON_A_PAGE).get_page(request.GET.get("p"))
    letters, waiting = list(responses.letters_without_answer()), responses.waiting()
    context = {
        "letters": Table(_LETTERS, letters) if letters else None,
        "waiting": Table(_WAITING, waiting) if waiting else None,
        "standing": Table(_STANDING, page.object_list) if page.object_list else None,
        "page_obj": page,
        "may_record": policies.why_not("record a letter", request.user) is None,
        **heading(FORCES[1], "comment"),
    }
    return TemplateResponse(request, "moderation/forces/index.html", context)


def month(row: Letter | Response) -> str:
    """The month of a letter or of a response."""
    return date_format(row.month, "F Y") if row.month else _("not known")


def about(row: Letter) -> str:
    """What a letter was about, as a count and the ask's address."""
    count = row.stories.count()
    stories = ngettext("%(count)s story", "%(count)s stories", count) % {"count": count}
    return ", ".join(filter(None, [stories if count else "", f"/asks/{row.ask}/" if row.ask else ""]))


def state(entry: ResponseEntry) -> str:
    """Where an answer stands, with why it went back."""
    if entry.state == ResponseEntry.State.SENT_BACK:
        return _("sent back: %(reason)s") % {"reason": SEND_BACK.get(entry.sent_back_for, "")}
    return _("waits for a second person")


def _of(name: str, row: Any) -> str:
    return reverse(name, args=[row.pk])


_LETTERS = [
    TitleColumn("force", label=gettext_lazy("Force"), get_url=lambda row: _of("room_letter", row)),
    Column("month", label=gettext_lazy("Asked in"), accessor=month),
    Column("role", label=gettext_lazy("Office")),
    Column("about", label=gettext_lazy("About"), accessor=about),
]
_WAITING = [
    TitleColumn("force", label=gettext_lazy("Force"), get_url=lambda row: _of("room_response", row)),
    StatusTagColumn("state", label=gettext_lazy("State"), accessor=state, primary=lambda row: row.state == "sent-back"),
    Column("by", label=gettext_lazy("Entered by"), accessor=lambda row: row.version.written_by.get_username()),
    Column("on", label=gettext_lazy("On"), accessor=lambda row: date_format(row.version.written_on, "j F Y")),
]
_STANDING = [
    TitleColumn("force", label=gettext_lazy("Force"), get_url=lambda row: _of("room_response", row)),
    Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
    Column("month", label=gettext_lazy("Month"), accessor=month),
    Column("first", label=gettext_lazy("Entered by"), accessor=lambda row: row.first_reader.get_username()),
    Column("second", label=gettext_lazy("Agreed by"), accessor=lambda row: row.second_reader.get_username()),
]
