"""Letters to forces: recording that one was sent, and the letter itself to copy or print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from moderation import policies
from moderation.errors import Refused
from moderation.forms.responses import LetterForm
from moderation.policies import responses as rules
from moderation.responses import entries, letter_words, letters
from moderation.views.asking_first import Asked, ask_first
from moderation.views.doors import for_words, keeps_words, may
from moderation.views.headings import heading
from moderation.views.office.forces import FORCES
from stories.models import Letter

_LETTERS = Letter.objects.select_related("force", "answer", "written_down_by")


@keeps_words
@require_http_methods(["GET", "POST"])
@may("record a letter")
def record(request: HttpRequest) -> HttpResponse:
    """Say whom you asked, when, and about what; Heard then writes the letter."""
    form = LetterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            letter = letters.record(form.cleaned_data["force"], **form.asked(), by=request.user)
        except Refused as refused:
            form.add_error("role", refused.reason)
        else:
            messages.success(request, _("Recorded. Here is the letter: copy it, or print it."))
            return redirect("room_letter", pk=letter.pk)
    context = {
        "form": form,
        "media": form.media,
        "action": request.path,
        **for_words(request),
        **heading(_("A letter to a force"), "mail", under=[FORCES]),
    }
    return TemplateResponse(request, "moderation/forces/letter_form.html", context)


@require_GET
@may("see forces’ answers")
def show(request: HttpRequest, pk: object) -> HttpResponse:
    """The letter, written from its record, and what came of it."""
    letter = get_object_or_404(_LETTERS, pk=pk)
    context = {
        "letter": letter,
        "words": letter_words.text(letter),
        "why_not_send": letter_words.why_not_send(letter),
        "in_hand": entries.in_hand(letter),
        "why_not_enter": policies.why_not("enter a response", request.user),
        "why_not_take_out": rules.why_not_take_out(letter, request.user),
        **heading(_("Letter to %(force)s") % {"force": letter.force}, "mail", under=[FORCES]),
    }
    return TemplateResponse(request, "moderation/forces/letter.html", context)


@require_http_methods(["GET", "POST"])
@may("record a letter")
def take_out(request: HttpRequest, pk: object) -> HttpResponse:
    """Take out the record of a letter that was never sent, or was written down wrong."""
    letter = get_object_or_404(_LETTERS, pk=pk)
    page = (reverse("room_letter", args=[letter.pk]), _("Letter to %(force)s") % {"force": letter.force})
    says = _("The force’s page then no longer says that it was asked, and nobody can bring the record back.")
    title = _("Take out the record of this letter")

    def do() -> str:
        letters.take_out(letter, by=request.user)
        return _("The record of this letter is gone, from the force’s page too.")

    return ask_first(
        request,
        Asked(title, says, button=_("Take it out"), icon="mail", under=(FORCES, page)),
        why_not=rules.why_not_take_out(letter, request.user),
        do=do,
        after="room_forces",
    )
