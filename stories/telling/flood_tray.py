"""The flood tray's bound: what comes over the limits is kept fairly, and takes no more than its part of the disk.

An id is drawn at random, so the thousand lowest ids of a flood are a fair draw from all of it: whoever came first, or
after ten thousand others, had the same chance, and nothing has to be counted or remembered for it.
"""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from stories import lifecycle
from stories.models import Event, Submission
from stories.telling import erasing, on_its_way

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


class NoRoom(RuntimeError):
    """Chance lets go of what was just sent or saved: the tray is full, and nothing of it is stored."""


def has_room_for(submission: Submission) -> bool:
    """False if chance lets go of it at once, so that it need not even be sealed; it came over the limits."""
    if not submission.is_flood or with_words().count() < MOST_KEPT:
        return True
    return bool(_spam(1)) or any(submission.pk < pk for pk in _undecided(1))


def make_room_for(submission: Submission) -> None:
    """Have others give way until the tray holds no more than it can; raises `NoRoom` if it would be this very one.

    Call it last in the transaction that stored the row; for what came within the limits it does nothing.
    """
    over = with_words().count() - MOST_KEPT if submission.is_flood else 0
    if over <= 0:
        return
    going = [*_spam(over), *_undecided(over)][:over]
    if submission.pk in going:
        raise NoRoom
    let_go = lifecycle.advance_all(Submission.objects.filter(pk__in=going), "give way", reason=REASON)
    erasing.take_out(let_go, on=lifecycle.this_week())
    _forget_the_oldest()


def with_words() -> QuerySet[Submission]:
    """All of a flood that still holds words: undecided, saved for later, and declined but not erased yet."""
    return Submission.objects.filter(is_flood=True, erased_on=None, status__in=(_S.DECLINED, _S.DRAFT, _S.RECEIVED))


def declined() -> QuerySet[Submission]:
    """What was declined with a flood and still holds words, so that it can be put back.

    Not what was held when it was declined: only two people let that go.
    """
    last = Event.objects.filter(submission=OuterRef("pk"), deed="decline").order_by("-number")
    told = with_words().filter(status=_S.DECLINED, look_again_on=None).exclude(on_its_way.is_waiting())
    return told.alias(why=Subquery(last.values("reason")[:1])).filter(why=REASON)


def gave_way(submission: Submission) -> bool:
    """True if it was let go of because the tray was full."""
    return submission.is_erased and Event.objects.filter(submission=submission, deed="give way").exists()


def is_touched() -> Exists:
    """For a query: whether a person stands behind it, a moderator or the contributor who came back to it."""
    events = Event.objects.filter(submission=OuterRef("pk"))
    return Exists(events.exclude(Q(deed__in=_OF_ITSELF) | Q(deed__in=_WITH_ALL, reason=REASON)))


def _spam(count: int) -> list[UUID]:
    """The first to go: what was declined with all the others."""
    return _last_untouched(_S.DECLINED, count)


def _undecided(count: int) -> list[UUID]:
    """Those to go after them."""
    return sorted(_last_untouched(_S.DRAFT, count) + _last_untouched(_S.RECEIVED, count), reverse=True)[:count]


def _last_untouched(status: str, count: int) -> list[UUID]:
    # One state at a time, because then the index gives them in this order, and few of a thousand are looked at.
    rows = Submission.objects.filter(is_flood=True, erased_on=None, status=status).exclude(is_touched())
    return list(rows.order_by("-id").values_list("pk", flat=True)[:count])


def _forget_the_oldest() -> None:
    # Any date is later than the first of all, and only a comparison lets SQLite count by the index.
    remembered = Submission.objects.filter(is_flood=True, erased_on__gt=date.min, status=_S.DECLINED)
    if remembered.count() > MOST_REMEMBERED:
        oldest = (
            remembered.exclude(is_touched())
            .order_by("erased_on", "id")
            .values_list("pk", flat=True)[:_FORGOTTEN_AT_ONCE]
        )
        Submission.objects.filter(pk__in=list(oldest)).delete()
