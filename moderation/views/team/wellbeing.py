"""Looking after yourself: how much is enough for a day, what you put aside, and whom to call."""

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin import messages

from moderation import conflict_of_interest, ready_words
from moderation.forms.room import worded_field
from moderation.models import ReadingDay
from moderation.team import wellbeing
from moderation.team.permissions import COORDINATORS, why_not
from moderation.views.decorators import StaffRequest, button_view, room_view
from moderation.views.pages import room_page
from moderation.views.room.source import submission_or_404
from stories.core import tables
from stories.intake import other_languages


class BudgetForm(forms.Form):
    accounts = worded_field("BudgetForm.accounts", forms.IntegerField, min_value=1, max_value=wellbeing.MOST_A_DAY)


class LanguagesForm(forms.Form):
    languages = worded_field(
        "LanguagesForm.languages",
        forms.MultipleChoiceField,
        choices=[*other_languages.OURS.items(), ("other", gettext_lazy("Another language"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@room_view("look after yourself", "GET")
def look_after_yourself(request: StaffRequest) -> HttpResponse:
    """The page, with this person's own budget and list; nobody else ever sees either."""
    return _page(request, BudgetForm(initial={"accounts": wellbeing.preference_of(request.user).daily_budget}))


@room_view("look after yourself", "POST")
def set_budget(request: StaffRequest) -> HttpResponse:
    form = BudgetForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    wellbeing.set_preference(request.user, daily_budget=form.cleaned_data["accounts"])
    return _done(request, _("Set. Only you see it."))


@room_view("look after yourself", "POST")
def set_languages(request: StaffRequest) -> HttpResponse:
    form = LanguagesForm(request.POST)
    if form.is_valid():
        wellbeing.set_languages(request.user, form.cleaned_data["languages"])
    return _done(request, _("Set."))


@room_view("look after yourself", "POST")
def had_a_pause(request: StaffRequest) -> HttpResponse:
    """Begin the row of hard ones again: they have been away from it."""
    ReadingDay.objects.filter(person=request.user).update(hard_in_a_row=0)
    return _done(request, _("Good. Go on when you like, or leave it for today."))


@room_view("ask for a daily mail", "POST")
def set_daily_mail(request: StaffRequest) -> HttpResponse:
    wellbeing.set_preference(request.user, wants_mail="wants_mail" in request.POST)
    return _done(request, _("Set. Only you see it."))


_SAID = tables.read(__file__)
put_aside = button_view("claim", submission_or_404, conflict_of_interest.skip_account, _SAID["put_aside"])
know_them = button_view("claim", submission_or_404, conflict_of_interest.declare_conflict, _SAID["known"])
take_out_again = button_view(
    "claim", submission_or_404, conflict_of_interest.show_again, _SAID["out_again"], after="room_care"
)


def _done(request: StaffRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("room_care")


def _page(request: StaffRequest, form: BudgetForm) -> HttpResponse:
    coordinators = User.objects.filter(is_active=True, groups__name=COORDINATORS).order_by("username")
    preference = wellbeing.preference_of(request.user)
    context = {
        "form": form,
        "languages": LanguagesForm(initial={"languages": preference.languages}),
        "suggestion": wellbeing.break_suggestion(request.user),
        "is_reader": why_not("claim", request.user) is None,
        "can_edit_words": why_not("edit ready words", request.user) is None,
        "asides": conflict_of_interest.skipped_by(request.user),
        "mail_is_on": settings.MAIL_IS_ON,
        "wants_mail": preference.wants_mail,
        "whom_to_call": ready_words.whom_to_call(),
        "coordinators": coordinators.values_list("username", flat=True),
    }
    return room_page(request, "care", _("Looking after yourself"), "user", context)
