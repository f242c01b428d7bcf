"""Setting how long people wait at the moment, as `/tell/` and every code page say it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moderation import policies
from moderation.errors import Refused, refuse_if
from stories import lifecycle
from stories.models import UsualWait


def now() -> UsualWait:
    """What is set; normal, before anybody set anything."""
    return UsualWait.objects.first() or UsualWait(pk=1)


@transaction.atomic
def set_to(pace: str, *, back_on: date | None, by: Any) -> None:
    """Set it; it is read for each page that says it, so it holds at once. Raises `Refused`."""
    refuse_if(policies.why_not("set the usual wait", by))
    if pace != UsualWait.Pace.AWAY:
        back_on = None
    if back_on is not None and back_on <= lifecycle.today():
        raise Refused(_("Choose a day after today, or leave it empty while you don’t know."))
    UsualWait.objects.update_or_create(pk=1, defaults={"pace": pace, "back_on": back_on})
