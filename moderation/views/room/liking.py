"""How somebody likes the room: a small form beside the words, the daily mail, and the keyboard shortcuts as a page."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from moderation import daily_mail
from moderation.models import RoomPreference
from moderation.personal import care, liking, shortcuts
from moderation.views.doors import may
from moderation.views.headings import QUEUE, heading
from moderation.views.safekeeping.vault import own_next
from stories.models import Submission


class LikingForm(forms.ModelForm):
    """Text size and line length."""

    class Meta:
        model = RoomPreference
        fields = ("text_size", "line_length")


def beside_words(request: HttpRequest, submission: Submission, *, page: str) -> dict[str, Any]:
    """How this person likes the words on the page of that name, and a good colleague's word after much reading."""
    person = User.objects.select_related("room_preference", "reading_day").get(pk=request.user.pk or 0)
    preference = getattr(person, "room_preference", None) or RoomPreference(person=person)
    day = getattr(person, "reading_day", None)
    is_exercise = submission.practice_for_id is not None
    return {
        "liking": liking.classes(preference),
        "liking_form": LikingForm(instance=preference),
        "here": reverse(page, args=[submission.pk]),
        "care": None if is_exercise else care.suggestion(day, budget=preference.daily_budget),
    }


@require_POST
@may("choose how the room looks")
def like(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen, and go back to where it was."""
    form = LikingForm(request.POST, instance=liking.preference_of(request.user))
    if form.is_valid():
        form.save()
    else:
        messages.error(request, _("Choose a text size and a line length from the lists."))
    return redirect(own_next(request) or "room_queue")


@require_POST
@may(daily_mail.DEED)
def mail(request: HttpRequest) -> HttpResponse:
    """Keep whether somebody wants the daily mail."""
    daily_mail.set_wants_mail(request.user, wants_mail="wants_mail" in request.POST)
    messages.success(request, _("Set. Only you see it."))
    return redirect("room_care")


@require_GET
@may("choose how the room looks")
def list_shortcuts(request: HttpRequest) -> HttpResponse:
    """Every keyboard shortcut of the reading room."""
    title = _("Keyboard shortcuts")
    context = {
        "shortcuts": (*shortcuts.READING_ROOM, shortcuts.SAVING),
        **heading(title, "keyboard", under=[QUEUE]),
    }
    return TemplateResponse(request, "moderation/shortcuts.html", context)
