"""The usual wait: how it goes at the moment, in three words, for coordinators to set."""

from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from moderation import policies
from moderation.team.permissions import Refused, refuse_if
from moderation.views.decorators import require_permission
from moderation.views.pages import heading
from stories.core import lifecycle
from stories.intake import status_page
from stories.models import UsualWait


class UsualWaitForm(forms.ModelForm):
    """Its two fields, and no free text: nothing can be promised in them that the queue doesn't keep."""

    class Meta:
        model = UsualWait
        fields = ("pace", "back_on")
        widgets = {
            "pace": forms.RadioSelect,
            # The browser's own: Wagtail's brings a script in the page, which the policy of the admin forbids.
            "back_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }


@transaction.atomic
def save_usual_wait(pace: str, *, back_on: date | None, by: Any) -> None:
    """Set it; it is read for each page that says it, so it holds at once. Raises `Refused`."""
    refuse_if(policies.why_not("set the usual wait", by))
    if pace != UsualWait.Pace.AWAY:
        back_on = None
    if back_on is not None and back_on <= lifecycle.today():
        raise Refused(_("Choose a day after today, or leave it empty while you don’t know."))
    UsualWait.objects.update_or_create(pk=1, defaults={"pace": pace, "back_on": back_on})


@require_http_methods(["GET", "POST"])
@require_permission("set the usual wait")
def set_usual_wait(request: HttpRequest) -> HttpResponse:
    """Show what contributors read now; a POST sets it."""
    form = UsualWaitForm(request.POST or None, instance=UsualWait.objects.first() or UsualWait(pk=1))
    if request.method == "POST" and form.is_valid():
        try:
            save_usual_wait(form.cleaned_data["pace"], back_on=form.cleaned_data["back_on"], by=request.user)
        except Refused as refused:
            form.add_error("back_on", refused.reason)
        else:
            messages.success(request, _("Set. Contributors read it from now on."))
            return redirect("room_usual_wait")
    title = _("The usual wait")
    context = {
        "form": form,
        "wait": status_page.usual_wait(),
        **heading(title, "time"),
    }
    return TemplateResponse(request, "moderation/usual_wait.html", context)
