"""A contributor's way through the pages of changes, and the end of what they sent."""

from datetime import timedelta

from stories.core import lifecycle
from stories.intake import retention
from stories.models import Event, Submission


def deeds(submission):
    return list(Event.objects.filter(submission=submission).values_list("deed", flat=True))


def open_page(visitor, submission, step):
    """Come back and press the button that leads to a page of changes."""
    visitor.come_back(submission.code)
    return visitor.post("/return/", step=step)


def choose(visitor, submission, *names):
    """Open the page of choices, tick exactly these, and press the button."""
    open_page(visitor, submission, "consents")
    return visitor.post("/return/", step="consents-keep", **dict.fromkeys(names, "on"))


def erase(submission):
    Submission.objects.filter(pk=submission.pk).update(erase_on=lifecycle.today() - timedelta(days=1))
    retention.run_retention()
