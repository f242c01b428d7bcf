"""Letters to forces, and the page that lists them with what forces answered."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, Table, TitleColumn
from wagtail.models import WorkflowState

from moderation import answers, letters, policies
from moderation.forms.responses import LetterForm
from moderation.models import ResponseEntry
from moderation.policies import responses as rules
from moderation.queue import responses
from moderation.team.permissions import Refused
from moderation.views.decorators import keeps_words, require_permission, words_token_context
from moderation.views.pages import Place, Question, ask_first, heading
from stories.models import Letter, Response

FORCES: Place = (reverse_lazy("room_forces"), gettext_lazy("Forces’ answers"))
_ON_A_PAGE = 25
_ROWS = Letter.objects.select_related("force", "answer", "written_down_by")


@require_GET
@require_permission("see forces’ answers")
def index(request: HttpRequest) -> HttpResponse:
    """All three, what waits first."""
    page = Paginator(responses.standing_answers(), _ON_A_PAGE).get_page(request.GET.get("p"))
    letter_rows, waiting = responses.letters_without_answer(), responses.waiting_answers()
    context = {
        "letters": Table(_LETTER_COLUMNS, letter_rows) if letter_rows else None,
        "waiting": Table(_WAITING, waiting) if waiting else None,
        "standing": Table(_STANDING, page.object_list) if page.object_list else None,
        "page_obj": page,
        "sealed": ResponseEntry.objects.count(),
        "may_record": policies.why_not("record a letter", request.user) is None,
        **heading(FORCES[1], "comment"),
    }
    return TemplateResponse(request, "moderation/forces/index.html", context)


@keeps_words
@require_http_methods(["GET", "POST"])
@require_permission("record a letter")
def record_letter(request: HttpRequest) -> HttpResponse:
    """Say whom you asked, when, and about what; Heard then writes the letter."""
    form = LetterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            letter = letters.record_letter(form.cleaned_data["force"], **form.asked(), by=request.user)
        except Refused as refused:
            form.add_error("role", refused.reason)
        else:
            messages.success(request, _("Recorded. Here is the letter: copy it, or print it."))
            return redirect("room_letter", pk=letter.pk)
    context = {
        "form": form,
        "media": form.media,
        "action": request.path,
        **words_token_context(request),
        **heading(_("A letter to a force"), "mail", under=[FORCES]),
    }
    return TemplateResponse(request, "moderation/forces/letter_form.html", context)


@require_GET
@require_permission("see forces’ answers")
def show_letter(request: HttpRequest, pk: object) -> HttpResponse:
    """The letter, written from its record, and what came of it."""
    letter = get_object_or_404(_ROWS, pk=pk)
    in_hand = answers.draft_in_hand(letter)
    context = {
        "letter": letter,
        "words": letters.letter_text(letter),
        "why_not_send": letters.why_not_send(letter),
        "in_hand": in_hand,
        "why_not_enter": policies.why_not("enter a response", request.user),
        "why_not_take_out": rules.why_not_take_out(request.user, is_answered=letters.is_answered(letter)),
        **heading(_("Letter to %(force)s") % {"force": letter.force}, "mail", under=[FORCES]),
    }
    return TemplateResponse(request, "moderation/forces/letter.html", context)


@require_http_methods(["GET", "POST"])
@require_permission("record a letter")
def take_out_letter(request: HttpRequest, pk: object) -> HttpResponse:
    """Take out the record of a letter that was never sent, or was written down wrong."""
    letter = get_object_or_404(_ROWS, pk=pk)
    page = (reverse("room_letter", args=[letter.pk]), _("Letter to %(force)s") % {"force": letter.force})
    says = _("The force’s page then no longer says that it was asked, and nobody can bring the record back.")
    title = _("Take out the record of this letter")

    def do() -> str:
        letters.take_out_letter(letter, by=request.user)
        return _("The record of this letter is gone, from the force’s page too.")

    return ask_first(
        request,
        Question(title, says, button=_("Take it out"), icon="mail", under=(FORCES, page)),
        why_not=rules.why_not_take_out(request.user, is_answered=letters.is_answered(letter)),
        do=do,
        after="room_forces",
    )


def month(row: Letter | Response) -> str:
    """The month of a letter or of a response."""
    return date_format(row.month, "F Y") if row.month else _("not known")


def about(row: Letter) -> str:
    """What a letter was about, as a count and the ask's address."""
    count = row.stories.count()
    stories = ngettext("%(count)s story", "%(count)s stories", count) % {"count": count}
    return ", ".join(filter(None, [stories if count else "", f"/asks/{row.ask}/" if row.ask else ""]))


def state_label(row: Response) -> str:
    """Where an answer stands."""
    if row.turn == WorkflowState.STATUS_NEEDS_CHANGES:
        return _("sent back")
    return _("waits for a second person") if row.turn else _("draft")


def _written_by(row: Response) -> str:
    by = row.latest_revision.user if row.latest_revision else row.first_reader
    return str(by.get_username()) if by else ""


def _of(name: str, row: Any) -> str:
    return reverse(name, args=[row.pk])


_LETTER_COLUMNS = [
    TitleColumn("force", label=gettext_lazy("Force"), get_url=lambda row: _of("room_letter", row)),
    Column("month", label=gettext_lazy("Asked in"), accessor=month),
    Column("role", label=gettext_lazy("Office")),
    Column("about", label=gettext_lazy("About"), accessor=about),
]
_WAITING = [
    TitleColumn("force", label=gettext_lazy("Force"), get_url=lambda row: _of("room_answers:inspect", row)),
    StatusTagColumn(
        "state",
        label=gettext_lazy("State"),
        accessor=state_label,
        primary=lambda row: row.turn == WorkflowState.STATUS_NEEDS_CHANGES,
    ),
    Column("by", label=gettext_lazy("Entered by"), accessor=_written_by),
]
_STANDING = [
    TitleColumn("force", label=gettext_lazy("Force"), get_url=lambda row: _of("room_answers:inspect", row)),
    Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
    Column("month", label=gettext_lazy("Month"), accessor=month),
    Column("first", label=gettext_lazy("Entered by"), accessor=lambda row: row.first_reader.get_username()),
    Column("second", label=gettext_lazy("Agreed by"), accessor=lambda row: row.second_reader.get_username()),
]
