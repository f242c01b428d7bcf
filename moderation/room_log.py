"""Wagtail's own log for what is done to stories: who and when, under the slug, never a title or a word."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log

from stories.models import Story

ACTIONS = {
    "heard.take_down": (_("Take down"), _("Taken down")),
    "heard.ask_back": (_("Ask to put back"), _("Asked to be put back")),
    "heard.put_back": (_("Put back"), _("Put back")),
    "heard.settle": (_("Settle a take-down request"), _("A take-down request was settled")),
}


def register(actions: LogActionRegistry) -> None:
    """Name our deeds to Wagtail."""
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action, label, message)


def note(story: Story, action: str, *, by: Any) -> None:
    """Leave an entry. Its title is the slug: a story's own title has to go when the story goes."""
    log(story, action, user=by, title=f"Story {story.slug}")
