"""The common part of the mails to the team. They say that something waits: never what, or how much.

A mail's time is written down by every server on its way, so one that left at once would tell when somebody wrote.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction

from stories.core import faults
from stories.models import LastRun

logger = logging.getLogger(__name__)


@transaction.atomic
def is_first_run(name: str, now: datetime, is_due: Callable[[datetime], bool]) -> bool:
    """True where it is due since the last run, which this one then is; of two at once, for one of them."""
    LastRun.objects.get_or_create(name=name, defaults={"at": datetime.min.replace(year=1970, tzinfo=now.tzinfo)})
    last = LastRun.objects.select_for_update().get(name=name)
    if not is_due(last.at):
        return False
    LastRun.objects.filter(name=name).update(at=now)
    return True


def send_mails(addresses: Iterable[str], *, subject: str, words: str = "") -> tuple[int, int]:
    """Send the same to each; returns how many went out, and how many failed. One that fails keeps no other back."""
    everybody, sent = list(addresses), 0
    for address in everybody:
        try:
            sent += bool(EmailMessage(subject, words, to=[address]).send())
        except Exception as error:
            logger.error("A mail could not be sent: %s", faults.Fault(error))
    return sent, len(everybody) - sent
