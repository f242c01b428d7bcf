"""Saying what an answer of the force is worth: one choice for each, which can be changed and taken back."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stories.telling import opinions, public_form
from stories.telling.coming_back import Opened
from stories.telling.views.showing import show


def keep(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Keep what they say of one response."""
    given = public_form.given(request)
    choice = given.get("opinion", opinions.NOTHING)
    try:
        opinions.say(opened, code, given.get("response", ""), choice)
    except opinions.NotTheirs:
        return show(request, opened, code, notice=_("That answer does not stand beside your story any more."))
    kept = _("We have counted what you say of the force’s answer. You can change it whenever you like.")
    taken_back = _("You say nothing of the force’s answer now, and nothing is counted.")
    return show(request, opened, code, opens="answers", notice=kept if choice else taken_back)
