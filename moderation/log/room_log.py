"""Wagtail's own log for what is done to stories: who and when, under the slug, never a title or a word."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log

from moderation.log import record
from stories.models import Story

ACTIONS = {
    "heard.take_down": (_("Take down"), _("Taken down")),
    "heard.withhold": (_("Name a legal reason"), _("Its address names a legal reason")),
    "heard.ask_back": (_("Ask to put back"), _("Asked to be put back")),
    "heard.put_back": (_("Put back"), _("Put back")),
    "heard.write_down_an_objection": (_("Write down an objection"), _("A force objected to it")),
    "heard.look_at_an_objection": (_("Look at an objection"), _("An objection to it was looked at")),
    "heard.send_an_objection_back": (_("Send an objection back"), _("An objection to it is looked at anew")),
    "heard.settle_an_objection": (_("Settle an objection"), _("An objection to it was settled by two people")),
    "heard.settle": (_("Settle a take-down request"), _("A take-down request was settled")),
}
# The record has these by the events that they leave.
_LEAVE_EVENTS = ("heard.take_down", "heard.put_back")


def register(actions: LogActionRegistry) -> None:
    """Name our deeds to Wagtail."""
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action, label, message)


def note(story: Story, action: str, *, by: Any) -> None:
    """Leave an entry. Its title is the slug: a story's own title has to go when the story goes."""
    log(story, action, user=by, title=f"Story {story.slug}")
    if action not in _LEAVE_EVENTS:
        record.add(_deed(action), item=record.item(story.submission_id), by=by)


def names() -> dict[str, Any]:
    """What was done, by the deed's name in the record."""
    return {_deed(action): message for action, (_label, message) in ACTIONS.items() if action not in _LEAVE_EVENTS}


def _deed(action: str) -> str:
    return action.removeprefix("heard.").replace("_", " ")
