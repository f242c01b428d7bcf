"""Saying what an answer of the force is worth: one choice for each, which can be changed and taken back."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stories.telling import opinions, public_form
from stories.telling.coming_back import Opened
from stories.telling.views.showing import show


def keep(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Keep what they say of each response."""
    given = public_form.given(request)
    said = {
        name.partition("-")[2]: given.get(name, opinions.NOTHING)
        for name in given
        if re.fullmatch(public_form.OPINION, name)
    }
    try:
        for slug, choice in said.items():
            opinions.say(opened, code, slug, choice)
    except opinions.NotTheirs:
        return show(request, opened, code, notice=_("That answer does not stand beside your story any more."))
    kept = _("We have counted what you say of the force’s answer. You can change it whenever you like.")
    taken_back = _("You say nothing of the force’s answer now, and nothing is counted.")
    return show(request, opened, code, opens="answers", notice=kept if any(said.values()) else taken_back)
