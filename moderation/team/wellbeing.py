"""Care for the reader: what somebody has read today, and when to suggest a rest."""

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction

from moderation.models import ReadingDay, RoomPreference
from moderation.team.permissions import REASONS
from stories.core import lifecycle
from stories.intake.labels import Labels
from stories.models import Submission

MOST_A_DAY, HARD_IN_A_ROW = 50, 3


@transaction.atomic
def count_reading(person: User, labels: Labels | None) -> None:
    """Count an account that somebody opens for the first time today; a hard one counts double."""
    ReadingDay.objects.get_or_create(person=person, defaults={"day": lifecycle.today()})
    day = ReadingDay.objects.select_for_update().get(person=person)
    if day.day != lifecycle.today():
        day.day, day.points, day.hard_in_a_row = lifecycle.today(), 0, 0
    is_hard = labels is not None and labels.is_hard
    day.points += 2 if is_hard else 1
    day.hard_in_a_row = day.hard_in_a_row + 1 if is_hard else 0
    day.save()


def break_suggestion(person: User | AnonymousUser) -> str | None:
    """A good colleague's word to this person now, or None; it never stands in the way of anything."""
    reader = User.objects.select_related("room_preference", "reading_day").filter(pk=person.pk or 0).first()
    today, chosen = getattr(reader, "reading_day", None), getattr(reader, "room_preference", RoomPreference())
    if today is None or today.day != lifecycle.today():
        return None
    if today.hard_in_a_row >= HARD_IN_A_ROW:
        return REASONS["rest_after_hard"]
    if today.points >= chosen.daily_budget:
        return REASONS["rest_for_today"]
    return None


def break_suggestion_beside(submission: Submission, person: User | AnonymousUser) -> str | None:
    """The same beside an account's words; an exercise needs none."""
    return None if submission.practice_for_id is not None else break_suggestion(person)


def preference_of(person: User) -> RoomPreference:
    """This person's budget for a day, and whether they want the mail; nobody else sees it."""
    return RoomPreference.objects.filter(person=person).first() or RoomPreference(person=person)


def set_preference(person: User, **chosen: int) -> None:
    RoomPreference.objects.update_or_create(person=person, defaults=chosen)
