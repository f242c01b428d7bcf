"""Letters to forces, and the page that lists them with what forces answered."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, Table, TitleColumn
from wagtail.models import WorkflowState

from moderation.forces import answers
from moderation.forms.responses import LetterForm
from moderation.models import ResponseEntry
from moderation.team.permissions import why_not
from moderation.views.decorators import StaffRequest, room_view
from moderation.views.pages import Place, Question, ask_first, heading, refusals_in
from stories.models import Letter, Response

FORCES: Place = (reverse_lazy("room_forces"), gettext_lazy("Forces’ answers"))
_STANDS = Response.public.select_related("force", "first_reader", "second_reader")
_ROWS = Letter.objects.select_related("force", "answer", "written_down_by")


@room_view("see forces’ answers", "GET")
def forces_page(request: StaffRequest) -> HttpResponse:
    """All three, what waits first."""
    page = Paginator(_STANDS, 25).get_page(request.GET.get("p"))
    context = {
        "letters": Table(_LETTERS, answers.letters_without_answer()),
        "waiting": Table(_WAITING, answers.waiting_answers()),
        "standing": Table(_STANDING, page.object_list),
        "page_obj": page,
        "sealed": ResponseEntry.objects.count(),
        "may_record": why_not("record a letter", request.user) is None,
        **heading(FORCES[1], "comment"),
    }
    return TemplateResponse(request, "moderation/forces/index.html", context)


@room_view("record a letter", keeps_words=True)
def record_letter(request: StaffRequest) -> HttpResponse:
    """Say whom you asked, when, and about what; Heard then writes the letter."""
    form = LetterForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form, "role"):
            letter = answers.record_letter(**form.cleaned_data, by=request.user)
            messages.success(request, _("Recorded. Here is the letter: copy it, or print it."))
            return redirect("room_letter", pk=letter.pk)
    is_public = _(
        "What you write here is public at once: the force’s page then says in which month which office was "
        "asked. No name of yours is in it."
    )
    lead = [_("Write down whom you ask, and Heard writes the letter."), is_public]
    context = {"form": form, "lead": lead, "button": _("Record it, and show the letter")}
    context |= {**heading(_("A letter to a force"), "mail", under=[FORCES])}
    return TemplateResponse(request, "moderation/words_form.html", context)


@room_view("see forces’ answers", "GET")
def show_letter(request: StaffRequest, pk: object) -> HttpResponse:
    """The letter, written from its record, and what came of it."""
    letter = get_object_or_404(_ROWS, pk=pk)
    context = {
        "letter": letter,
        "words": answers.letter_text(letter),
        "why_not_send": answers.why_not_send(letter),
        "in_hand": answers.draft_in_hand(letter),
        "why_not_enter": why_not("enter a response", request.user),
        "why_not_take_out": answers.why_not_take_out(letter, request.user),
        **heading(_("Letter to %(force)s") % {"force": letter.force}, "mail", under=[FORCES]),
    }
    return TemplateResponse(request, "moderation/forces/letter.html", context)


@room_view("record a letter")
def take_out_letter(request: StaffRequest, pk: object) -> HttpResponse:
    """Take out the record of a letter that was never sent, or was written down wrong."""
    letter = get_object_or_404(_ROWS, pk=pk)
    page = (reverse("room_letter", args=[letter.pk]), _("Letter to %(force)s") % {"force": letter.force})
    says = _("The force’s page then no longer says that it was asked, and nobody can bring the record back.")
    asked = Question(_("Take out the record of this letter"), says, _("Take it out"), "mail", under=(FORCES, page))
    why_not = answers.why_not_take_out(letter, request.user)

    def do() -> str:
        answers.take_out_letter(letter, by=request.user)
        return _("The record of this letter is gone, from the force’s page too.")

    return ask_first(request, asked, why_not=why_not, do=do, after="room_forces")


def _month(row: Letter | Response) -> str:
    return date_format(row.month, "F Y") if row.month else _("not known")


def _matters(row: Letter) -> str:
    """The matters of a letter: a count of stories and the ask's address."""
    count = row.stories.count()
    stories = ngettext("%(count)s story", "%(count)s stories", count) % {"count": count}
    return ", ".join(filter(None, [stories if count else "", f"/asks/{row.ask}/" if row.ask else ""]))


def _was_sent_back(row: Response) -> bool:
    return bool(row.turn == WorkflowState.STATUS_NEEDS_CHANGES)


def _state(row: Response) -> str:
    in_hand = _("waits for a second person") if row.turn else _("draft")
    return _("sent back") if _was_sent_back(row) else in_hand


def _written_by(row: Response) -> str:
    by = row.latest_revision.user if row.latest_revision else row.first_reader
    return by.get_username() if by else ""


def _force_column(url_name: str) -> TitleColumn:
    return TitleColumn("force", label=gettext_lazy("Force"), get_url=lambda row: reverse(url_name, args=[row.pk]))


_LETTERS = [
    _force_column("room_letter"),
    Column("month", label=gettext_lazy("Asked in"), accessor=_month),
    Column("role", label=gettext_lazy("Office")),
    Column("about", label=gettext_lazy("About"), accessor=_matters),
]
_WAITING = [
    _force_column("room_answers:inspect"),
    StatusTagColumn("state", label=gettext_lazy("State"), accessor=_state, primary=_was_sent_back),
    Column("by", label=gettext_lazy("Entered by"), accessor=_written_by),
]
_STANDING = [
    _force_column("room_answers:inspect"),
    Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
    Column("month", label=gettext_lazy("Month"), accessor=_month),
    Column("first", label=gettext_lazy("Entered by"), accessor="first_reader.get_username"),
    Column("second", label=gettext_lazy("Agreed by"), accessor="second_reader.get_username"),
]
