"""A contributor's ways to change what they sent, by the pages of changes or the form once more, and the end of it."""

from datetime import timedelta

from stories.core import lifecycle
from stories.intake import receive, retention
from stories.models import Event, Submission
from tests import factories


def deeds(submission):
    return list(Event.objects.filter(submission=submission).values_list("deed", flat=True))


def choose(visitor, submission, *names):
    """Open the page of choices, tick exactly these, and press the button."""
    visitor.press(submission.code, "consents")
    return visitor.post("/return/", step="consents-keep", **dict.fromkeys(names, "on"))


def send_again(submission, **changes):
    """Send the form once more under its code, from a page that Back led to."""
    receive.receive_account(factories.sent(**changes), receive.Arrival(submission.code))
    submission.refresh_from_db()


def erase(submission):
    Submission.objects.filter(pk=submission.pk).update(erase_on=lifecycle.today() - timedelta(days=1))
    retention.run_retention()
