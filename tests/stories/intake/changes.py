"""A contributor's ways to change what they sent, by the pages of changes or the form once more, and the end of it."""

from datetime import timedelta

from moderation import reading, working_copies
from stories.core import lifecycle
from stories.intake import receive, retention
from stories.models import Event, Submission
from tests import factories

TEXT = "I rang 101 on a wet evening.\n\nThe officer at the desk laughed."
WISH = "She did not laugh. She smiled."


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


def forward_again(submission, *, by, **fields):
    """Put a text that was sent back forward again, or with these fields another one."""
    factories.claim(submission, by=by)
    reading.read_account(submission, vault=factories.open_vault(by))
    copy = working_copies.save_version(submission, factories.FIELDS | fields, by=by) if fields else None
    factories.say_first_yes(copy or working_copies.newest_copy(submission), by=by)


def erase(submission):
    Submission.objects.filter(pk=submission.pk).update(erase_on=lifecycle.today() - timedelta(days=1))
    retention.run_retention()
