"""The keys of the page that is shown, for Wagtail's own list of keys; what decides something has none at all."""

from typing import NamedTuple

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()


class Shortcut(NamedTuple):
    """A key as somebody presses it, and what it does."""

    key: str
    does: object


WALKING = (
    Shortcut("n", _("Next finding")),
    Shortcut("p", _("Previous finding")),
    Shortcut("o", _("The same words in the other column")),
)
BLUR = Shortcut("b", _("Blur the words, or show them again"))
READING_ROOM = (
    *WALKING,
    Shortcut("1–9", _("On a finding: put in the neutral words of that number")),
    Shortcut("0", _("On a finding: take it out, with its comma and title")),
    Shortcut("l", _("On a finding: write why it stays")),
    Shortcut("t", _("To the text of the working copy")),
    Shortcut("u", _("Undo the last replacement")),
    BLUR,
)
# Behind a chord, as everywhere in Wagtail.
SAVING = Shortcut("Ctrl + s", _("Save a new version"))
_PAGES = {
    **dict.fromkeys(("room_read", "room_save", "room_put_forward"), READING_ROOM),
    **dict.fromkeys(("room_second", "room_agree"), (*WALKING, BLUR)),
    "room_first_look": (BLUR,),
}


@register.simple_tag(takes_context=True)
def room_shortcuts(context: template.RequestContext) -> tuple[Shortcut, ...]:
    """The keys that work on this page beside Wagtail's own; on most pages none."""
    # An inclusion tag around us passes the request on, but not by name.
    request = getattr(context, "request", None)
    match = getattr(request, "resolver_match", None)
    return _PAGES.get(match.url_name, ()) if match else ()
