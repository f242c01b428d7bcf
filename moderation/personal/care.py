"""Care for the reader: what somebody has read today, when to suggest a rest, and what they would rather not see."""

from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from moderation.models import Aside, ReadingDay, RoomPreference
from stories import lifecycle
from stories.models import Event, Submission

# Accounts a day for whoever hasn't set their own; a hard one counts double.
DAILY_BUDGET = 10
MOST_A_DAY = 50
HARD_COUNTS = 2
HARD_IN_A_ROW = 3


class Weighed(Protocol):
    """What we ask of an account's labels."""

    @property
    def is_hard(self) -> bool: ...


def hidden_from(person: Any) -> Q:
    """Leave out, of a query of submissions, what this person put aside; use it in `filter`."""
    return ~Q(pk__in=Aside.objects.filter(person=person).values("submission"))


def put_aside_by(person: Any) -> list[UUID]:
    """The submissions that this person put aside."""
    return list(Aside.objects.filter(person=person).values_list("submission", flat=True))


def why_not_apart(submission: Submission, person: Any) -> str | None:
    """Say that this person stands apart from every deed on it: they know the force or somebody in it, or it is a
    colleague's exercise.
    """
    if submission.practice_for_id not in (None, person.pk):
        return _("This is a colleague’s practice account, which nobody else opens.")
    if Aside.objects.filter(submission=submission, person=person, is_conflict=True).exists():
        return _("You said that you know this force or a person in it, so this one is for your colleagues.")
    return None


# --- How much is enough ---------------------------------------------------------------------


@transaction.atomic
def count_reading(person: Any, submission: Submission, labels: Weighed | None) -> None:
    """Count an account that somebody opens, once a day; call it before its `open` event is left.

    What is kept is a sum of the day without any item, which the next day overwrites.
    """
    if submission.practice_for_id is not None or _was_opened_today(person, submission):
        return
    ReadingDay.objects.get_or_create(person=person, defaults={"day": lifecycle.today()})
    day = ReadingDay.objects.select_for_update().get(person=person)
    if day.day != lifecycle.today():
        day.day, day.points, day.hard_in_a_row = lifecycle.today(), 0, 0
    is_hard = labels is not None and labels.is_hard
    day.points += HARD_COUNTS if is_hard else 1
    day.hard_in_a_row = day.hard_in_a_row + 1 if is_hard else 0
    day.save()


def break_suggestion(person: Any) -> str | None:
    """What a good colleague would say to this person now, or None; it never stands in the way of anything."""
    today = ReadingDay.objects.filter(person=person, day=lifecycle.today()).first()
    if today is None:
        return None
    if today.hard_in_a_row >= HARD_IN_A_ROW:
        return _("That was a lot of hard reading in a row. Take a few minutes away from it, and come back if you like.")
    if today.points >= daily_budget(person):
        return _(
            "You have read what you set yourself for today. Thank you. What is urgent goes to a colleague, and the "
            "rest can wait."
        )
    return None


def break_suggestion_beside(submission: Submission, person: Any) -> str | None:
    """The same beside an account's words; an exercise needs none."""
    return None if submission.practice_for_id is not None else break_suggestion(person)


def daily_budget(person: Any) -> int:
    """How many accounts a day this person set themselves."""
    chosen = RoomPreference.objects.filter(person=person).values_list("daily_budget", flat=True).first()
    return DAILY_BUDGET if chosen is None else chosen


def set_budget(person: Any, accounts: int) -> None:
    """Set how many accounts a day are enough for this person; nobody else sees it."""
    RoomPreference.objects.update_or_create(person=person, defaults={"daily_budget": accounts})


def had_a_pause(person: Any) -> None:
    """Begin the row of hard ones again: they have been away from it."""
    ReadingDay.objects.filter(person=person).update(hard_in_a_row=0)


def _was_opened_today(person: Any, submission: Submission) -> bool:
    return Event.objects.filter(submission=submission, deed="open", by=person, day=lifecycle.today()).exists()
