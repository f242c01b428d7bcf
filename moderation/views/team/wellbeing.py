"""Looking after yourself: how much is enough for a day, what you put aside, and whom to call."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from moderation import conflict_of_interest, mails
from moderation.conversation import ready_words
from moderation.team import rights, wellbeing
from moderation.team.permissions import why_not
from moderation.views.decorators import StaffRequest, require_permission
from moderation.views.pages import heading, telling
from moderation.views.room.source import submission_or_404
from stories.models import Submission


class BudgetForm(forms.Form):
    """How many accounts a day are enough."""

    accounts = forms.IntegerField(
        label=gettext_lazy("Accounts a day"),
        min_value=1,
        max_value=wellbeing.MOST_A_DAY,
        help_text=gettext_lazy("A hard one counts as two. When you have read so many, we suggest that you stop."),
    )


@require_GET
@require_permission("look after yourself")
def look_after_yourself(request: StaffRequest) -> HttpResponse:
    """The page, with this person's own budget and list; nobody else ever sees either."""
    return _page(request, BudgetForm(initial={"accounts": wellbeing.daily_budget(request.user)}))


@require_POST
@require_permission("look after yourself")
def set_budget(request: StaffRequest) -> HttpResponse:
    """Set how many accounts a day are enough."""
    form = BudgetForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    wellbeing.set_budget(request.user, form.cleaned_data["accounts"])
    messages.success(request, _("Set. Only you see it."))
    return redirect("room_care")


@require_POST
@require_permission("look after yourself")
def had_a_pause(request: StaffRequest) -> HttpResponse:
    """Take it from them that they have been away from it."""
    wellbeing.had_a_pause(request.user)
    messages.success(request, _("Good. Go on when you like, or leave it for today."))
    return redirect("room_care")


@require_POST
@require_permission(mails.PERMISSION)
def set_daily_mail(request: StaffRequest) -> HttpResponse:
    """Keep whether somebody wants the daily mail."""
    mails.set_wants_mail(request.user, wants_mail="wants_mail" in request.POST)
    messages.success(request, _("Set. Only you see it."))
    return redirect("room_care")


@require_POST
@require_permission("claim")
def put_aside(request: StaffRequest, pk: object) -> HttpResponse:
    """Not this one: hide it from who asks, without a reason."""
    done = _("It is out of your lists, and nobody is told. You find it under “Care”.")
    return _do(request, submission_or_404(pk), conflict_of_interest.skip_account, done)


@require_POST
@require_permission("claim")
def know_them(request: StaffRequest, pk: object) -> HttpResponse:
    """Hide it from somebody who knows the force or a person in it, and pass it on."""
    done = _("Thank you for saying so. It is out of your lists, and your colleagues take it from here.")
    return _do(request, submission_or_404(pk), conflict_of_interest.declare_conflict, done)


@require_POST
@require_permission("claim")
def take_out_again(request: StaffRequest, pk: object) -> HttpResponse:
    """Have it stand in their lists again."""
    conflict_of_interest.show_again(submission_or_404(pk), by=request.user)
    messages.success(request, _("It stands in your lists again."))
    return redirect("room_care")


def _do(request: StaffRequest, submission: Submission, deed: Any, done: str) -> HttpResponse:
    with telling(request):
        deed(submission, by=request.user)
        messages.success(request, done)
    return redirect("room_queue")


def _page(request: StaffRequest, form: BudgetForm) -> HttpResponse:
    title = _("Looking after yourself")
    context = {
        "form": form,
        "suggestion": wellbeing.break_suggestion_for(request.user),
        "is_reader": why_not("claim", request.user) is None,
        "can_edit_words": why_not("edit ready words", request.user) is None,
        "asides": conflict_of_interest.skipped_by(request.user),
        "mail_is_on": settings.MAIL_IS_ON,
        "wants_mail": mails.wants_daily_mail(request.user),
        "whom_to_call": ready_words.whom_to_call(),
        "coordinators": rights.coordinators(),
        **heading(title, "user"),
    }
    return TemplateResponse(request, "moderation/care.html", context)
