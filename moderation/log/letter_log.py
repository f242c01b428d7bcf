"""The trace of letters to forces; what is done to their answers stands in Wagtail's own log."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log

from moderation.log import record
from stories.models import Letter

RECORD = "heard.record_a_letter"
TAKE_OUT = "heard.take_out_a_letter"
_LABELS = {
    RECORD: (_("Record a letter to a force"), _("Recorded a letter to a force")),
    TAKE_OUT: (_("Take out the record of a letter"), _("Took out the record of a letter to a force")),
    "heard.let_a_response_lapse": (
        _("Let a force’s answer lapse"),
        _("Erased a force’s answer to which nobody agreed in time"),
    ),
}


def register(actions: LogActionRegistry) -> None:
    """Name our deeds to Wagtail."""
    for action, (label, message) in _LABELS.items():
        actions.register_action(action, label, message)


def note(letter: Letter, action: str, *, by: Any) -> None:
    """Leave an entry under the row's id alone."""
    item = record.item(letter.pk)
    log(letter, action, user=by, title=item)
    record.add(_deed(action), item=item, by=by)


def names() -> dict[str, Any]:
    """What was done, by the deed's name in the record."""
    return {_deed(action): message for action, (_label, message) in _LABELS.items()}


def _deed(action: str) -> str:
    return action.removeprefix("heard.").replace("_", " ")
