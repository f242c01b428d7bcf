"""What is done to stories, for the record; in Wagtail's own log a story would stand beside a second."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moderation.log import record
from stories.models import Story

# By the deed's name in the record. Taking down and putting back leave events, and the record has them by those.
NAMES = {
    "withhold": _("Its address names a legal reason"),
    "ask back": _("Asked to be put back"),
    "write down an objection": _("A force objected to it"),
    "look at an objection": _("An objection to it was looked at"),
    "send an objection back": _("An objection to it is looked at anew"),
    "settle an objection": _("An objection to it was settled by two people"),
    "settle": _("A take-down request was settled"),
}


def note(story: Story, deed: str, *, by: Any) -> None:
    """Leave an entry under the submission's id: an address would outlive the story."""
    record.add_without_minute([(deed, record.item(story.submission_id))], by=by)
