"""The flood tray's bound: what comes over the limits is kept, and takes no more than its part of the disk.

Whatever comes is taken. Where the tray is full, the oldest that nobody has opened gives way, and its code says so.
"""

from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When

from stories.core import lifecycle
from stories.intake import messages, retention
from stories.models import Event, Submission

# With their words.
MOST_KEPT = 1_000
# Without a word, so that their codes still say what happened.
MOST_REMEMBERED = 10_000
# Forgetting costs some queries, so it is done for many at once.
_FORGOTTEN_AT_ONCE = 500
REASON = "flood"
_S = Submission.Status
# What becomes of an account while nobody looks; and what is done to the heap as a whole, for this one reason.
_OF_ITSELF = ("receive", "send", "give way", "lapse", "erase")
_WITH_ALL = ("decline", "back in the tray")


def make_room_for(submission: Submission) -> None:
    """Have others give way until the tray holds no more than it can.

    Call it last in the transaction that stored the row; for what came within the limits it does nothing.
    """
    over = flood_with_words().count() - MOST_KEPT if submission.is_flood else 0
    if over <= 0:
        return
    going = list(_first_to_go().exclude(pk=submission.pk).values_list("pk", flat=True)[:over])
    let_go = lifecycle.advance_all(Submission.objects.filter(pk__in=going), "give way", reason=REASON)
    retention.take_out(let_go, on=lifecycle.this_week())
    # Any date is later than the first of all, and only a comparison lets SQLite count by the index.
    remembered = Submission.objects.filter(is_flood=True, erased_on__gt=date.min, status=_S.DECLINED)
    if remembered.count() > MOST_REMEMBERED:
        oldest = remembered.exclude(is_touched()).order_by("erased_on", "id").values_list("pk", flat=True)
        Submission.objects.filter(pk__in=list(oldest[:_FORGOTTEN_AT_ONCE])).delete()


def flood_with_words() -> QuerySet[Submission]:
    """All of a flood that still holds words: undecided, saved for later, and declined but not erased yet."""
    return Submission.objects.filter(is_flood=True, erased_on=None, status__in=(_S.DECLINED, _S.DRAFT, _S.RECEIVED))


def declined_flood() -> QuerySet[Submission]:
    """The rows that were declined with a flood and still hold words, so that they can be put back.

    Not what was held when it was declined: only two people let that go.
    """
    last = Event.objects.filter(submission=OuterRef("pk"), deed="decline").order_by("-number")
    told = flood_with_words().filter(status=_S.DECLINED, look_again_on=None).exclude(messages.is_waiting())
    return told.alias(why=Subquery(last.values("reason")[:1])).filter(why=REASON)


def gave_way(submission: Submission) -> bool:
    """True if it was let go of because the tray was full."""
    return submission.is_erased and Event.objects.filter(submission=submission, deed="give way").exists()


def is_touched(*, but_opened_by: int | None = None) -> Exists:
    """For a query: whether a person stands behind it, a moderator or the contributor who came back to it; not where one
    moderator, who is named by their key, has opened it and no more.
    """
    # Nobody opens without a name.
    return Exists(_deeds_of_people().exclude(deed="open", by=but_opened_by))


def _deeds_of_people() -> QuerySet[Event]:
    events = Event.objects.filter(submission=OuterRef("pk"))
    return events.exclude(Q(deed__in=_OF_ITSELF) | Q(deed__in=_WITH_ALL, reason=REASON))


def _first_to_go() -> QuerySet[Submission]:
    """The rows that no moderator opened: first those declined with all the others, then the oldest.

    What its contributor came back to goes last: a machine that comes back with each code may not fill the disk.
    """
    rows = flood_with_words().exclude(Exists(_deeds_of_people().filter(day__isnull=False)))
    is_waiting = Case(When(status=_S.DECLINED, then=0), default=1)
    # A week is the finest time that is kept; within it the random id decides.
    return rows.order_by(is_touched(), is_waiting, "week", "id")
