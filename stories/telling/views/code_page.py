"""The page with the code. Only the code on it is one person's, so the rest is made once and used for everybody."""

import time
from collections.abc import Hashable, Mapping

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from stories.danger import Danger
from stories.models import Submission
from stories.public import edition
from stories.telling import answering, expected, reminder, standing, tokens

# What stands for the code and the token while the page is made: no code has a U in it.
_GROUPS = ("UUU1", "UUU2", "UUU3", "UUU4")
_TOKEN = "UUU-token"  # noqa: S105
_MINUTE = 60


def page(
    request: HttpRequest,
    submission: Submission,
    code: str,
    *,
    was_saved: bool,
    about: Mapping[str, Hashable],
    found: Danger,
) -> HttpResponse:
    """Show the code, unless it opens nothing: sent once without one and then again with one, it still doesn't.

    `found` is what their words speak of: then the page begins with whom to call.
    """
    has_code = bool(submission.key_under_code)
    # A help line opens or closes on the minute.
    key = (translation.get_language(), int(time.time()) // _MINUTE, has_code, was_saved, *about.values())

    def make() -> str:
        return _made(request, submission, {**about, "was_saved": was_saved, "danger": found}, has_code=has_code)

    # With danger in it the page is made for them alone: kept, it would say in the server's memory, beside a week and a
    # minute, what somebody's words speak of, and that stands nowhere outside the seal.
    text = make() if found else edition.kept(("code page", submission.week, submission.erase_on, *key), make)
    for mark, real in zip(_GROUPS, code.split("-"), strict=True):
        text = text.replace(mark, real)
    # For the reminder, which only the code can ask for.
    return HttpResponse(text.replace(_TOKEN, tokens.issue("return", code=code)) if has_code else text)


def _made(request: HttpRequest, submission: Submission, about: Mapping[str, Hashable], *, has_code: bool) -> str:
    read_by = expected.read_by(submission)
    context = {
        "code": "-".join(_GROUPS) if has_code else "",
        "groups": _GROUPS,
        "wait": expected.usual_wait(),
        "read_by": read_by,
        "erase_on": submission.erase_on,
        "is_flood": submission.is_flood,
        "token": _TOKEN if has_code else "",
        "reminder_titles": reminder.titles(),
        "reminder_days": reminder.days(read_by, standing.last_day(submission)) if read_by else [],
        **about,
    }
    return answering.page(request, "code", context).content.decode()
