"""Care for the reader: what somebody has read today, and when to suggest a rest."""

from typing import Protocol

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils.translation import gettext as _

from moderation.models import ReadingDay, RoomPreference
from stories.core import lifecycle
from stories.models import Submission

# Accounts a day for whoever hasn't set their own; a hard one counts double.
DAILY_BUDGET = 10
MOST_A_DAY = 50
HARD_COUNTS = 2
HARD_IN_A_ROW = 3


class Weighed(Protocol):
    """What we ask of an account's labels."""

    @property
    def is_hard(self) -> bool: ...


# --- How much is enough ---------------------------------------------------------------------


@transaction.atomic
def count_reading(person: User, labels: Weighed | None) -> None:
    """Count an account that somebody opens for the first time today.

    What is kept is a sum of the day without any item, which the next day overwrites.
    """
    ReadingDay.objects.get_or_create(person=person, defaults={"day": lifecycle.today()})
    day = ReadingDay.objects.select_for_update().get(person=person)
    if day.day != lifecycle.today():
        day.day, day.points, day.hard_in_a_row = lifecycle.today(), 0, 0
    is_hard = labels is not None and labels.is_hard
    day.points += HARD_COUNTS if is_hard else 1
    day.hard_in_a_row = day.hard_in_a_row + 1 if is_hard else 0
    day.save()


def break_suggestion(today: ReadingDay | None, *, budget: int) -> str | None:
    """What a good colleague would say to this person now, or None; it never stands in the way of anything.

    `today` is what they read on the last day, and `budget` what they set themselves.
    """
    if today is None or today.day != lifecycle.today():
        return None
    if today.hard_in_a_row >= HARD_IN_A_ROW:
        return _("That was a lot of hard reading in a row. Take a few minutes away from it, and come back if you like.")
    if today.points >= budget:
        return _(
            "You have read what you set yourself for today. Thank you. What is urgent goes to a colleague, and the "
            "rest can wait."
        )
    return None


def break_suggestion_for(person: User | AnonymousUser) -> str | None:
    """The same for who has neither at hand; one query."""
    reader = User.objects.select_related("room_preference", "reading_day").filter(pk=person.pk or 0).first()
    chosen = getattr(reader, "room_preference", None)
    return break_suggestion(
        getattr(reader, "reading_day", None), budget=chosen.daily_budget if chosen else DAILY_BUDGET
    )


def break_suggestion_beside(submission: Submission, person: User | AnonymousUser) -> str | None:
    """The same beside an account's words; an exercise needs none."""
    return None if submission.practice_for_id is not None else break_suggestion_for(person)


def daily_budget(person: User) -> int:
    """How many accounts a day this person set themselves."""
    chosen = RoomPreference.objects.filter(person=person).values_list("daily_budget", flat=True).first()
    return DAILY_BUDGET if chosen is None else chosen


def set_budget(person: User, accounts: int) -> None:
    """Set how many accounts a day are enough for this person; nobody else sees it."""
    RoomPreference.objects.update_or_create(person=person, defaults={"daily_budget": accounts})


def had_a_pause(person: User) -> None:
    """Begin the row of hard ones again: they have been away from it."""
    ReadingDay.objects.filter(person=person).update(hard_in_a_row=0)
