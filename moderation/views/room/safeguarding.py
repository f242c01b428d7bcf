"""Writing down that somebody rang the safeguarding lead about an account."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.widgets import AdminAutoHeightTextInput

from moderation import safeguarding
from moderation.conversation import ready_words
from moderation.errors import Refused
from moderation.forms import LONGEST_NOTE
from moderation.views.doors import for_words, keeps_words, may, not_theirs
from moderation.views.headings import account, heading
from moderation.views.room.reading import sent
from moderation.views.safekeeping.vault import needs_vault
from stories.models import Submission


class CallForm(forms.Form):
    """When, who, and what was agreed: what a colleague asks first."""

    when = forms.CharField(
        label=gettext_lazy("When you rang"),
        max_length=100,
        error_messages={"required": gettext_lazy("Say when, as near as you know.")},
    )
    who = forms.CharField(
        label=gettext_lazy("Who you spoke to"),
        max_length=200,
        help_text=gettext_lazy("If nobody answered, say so, and whom you rang next."),
        error_messages={"required": gettext_lazy("Say whom you rang, and whether they answered.")},
    )
    agreed = forms.CharField(
        label=gettext_lazy("What you agreed"),
        max_length=LONGEST_NOTE,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4}),
        help_text=gettext_lazy("Who does what now, and when somebody looks again."),
        error_messages={
            "required": gettext_lazy("Write in a sentence what you agreed, or that you agreed nothing yet.")
        },
    )


@keeps_words
@require_http_methods(["GET", "POST"])
@may(safeguarding.DEED)
@needs_vault
def note_call(request: HttpRequest, pk: object) -> HttpResponse:
    """Ask when, who and what was agreed; a POST seals it with the account."""
    submission = sent(pk)
    if request.method == "GET":
        return not_theirs(request, submission) or _page(request, submission, CallForm(initial=_begun()))
    form = CallForm(request.POST)
    if not form.is_valid():
        return _page(request, submission, form)
    try:
        safeguarding.note_call(submission, **form.cleaned_data, vault=request.vault)  # type: ignore[attr-defined]
    except Refused as refused:
        return _page(request, submission, form, problem=refused.reason)
    messages.success(request, _("Kept, sealed. Thank you for ringing. Tell a colleague how you are, too."))
    return redirect("room_first_look", pk=submission.pk)


def _begun() -> dict[str, str]:
    contacts = ready_words.safeguarding()
    return {"when": date_format(timezone.localtime(), "j F, H:i"), "who": contacts[0].name if contacts else ""}


def _page(request: HttpRequest, submission: Submission, form: CallForm, *, problem: str = "") -> HttpResponse:
    first = (redirect("room_first_look", pk=submission.pk).url, _("First look"))
    context = {
        "submission": submission,
        "form": form,
        "problem": problem,
        "action": request.path,
        "contacts": ready_words.safeguarding(),
        **for_words(request),
        **heading(_("You rang safeguarding"), "mobile-alt", under=[*account(submission), first]),
    }
    return TemplateResponse(request, "moderation/rang.html", context)
