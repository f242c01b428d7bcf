"""The trace of letters to forces, and of what was done to their answers before Wagtail's own log had it."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log

RECORD = "heard.record_a_letter"
TAKE_OUT = "heard.take_out_a_letter"

_LABELS = {
    RECORD: (_("Record a letter to a force"), _("Recorded a letter to a force")),
    TAKE_OUT: (_("Take out the record of a letter"), _("Took out the record of a letter to a force")),
    "heard.enter_a_response": (_("Enter a force’s answer"), _("Entered a force’s answer")),
    "heard.agree_to_a_response": (_("Agree to a force’s answer"), _("Agreed to a force’s answer")),
    "heard.send_a_response_back": (_("Send a force’s answer back"), _("Sent a force’s answer back")),
    "heard.drop_a_response": (_("Drop a force’s answer"), _("Dropped a force’s answer that waited")),
    "heard.let_a_response_lapse": (
        _("Let a force’s answer lapse"),
        _("Erased a force’s answer to which nobody agreed in time"),
    ),
    "heard.take_a_response_down": (_("Take a force’s answer down"), _("Took a force’s answer down")),
}


def register_letter_actions(actions: LogActionRegistry) -> None:
    """Name our deeds to Wagtail."""
    for action, (label, message) in _LABELS.items():
        actions.register_action(action, label, message)


def log_letter(thing: Model, action: str, *, by: Any) -> None:
    """Leave an entry under the row's id alone."""
    log(thing, action, user=by, title=thing.pk.hex[:12])


def letter_deed_names() -> dict[str, Any]:
    """What was done, by the deed's name in the record."""
    return {_deed(action): message for action, (_label, message) in _LABELS.items()}


def _deed(action: str) -> str:
    return action.removeprefix("heard.").replace("_", " ")
