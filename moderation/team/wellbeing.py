"""Care for the reader: what somebody has read today, when to suggest a rest, and which languages they read."""

from collections import Counter
from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction

from moderation.models import ReadingDay, RoomPreference
from moderation.team.permissions import MODERATORS, REASONS
from stories.core import lifecycle, snapshot
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


def set_preference(person: User, **chosen: object) -> None:
    RoomPreference.objects.update_or_create(person=person, defaults=chosen)


@transaction.atomic
def set_languages(person: User, codes: Sequence[str]) -> None:
    """Set what this person reads; the public pages say which languages two of us read."""
    set_preference(person, languages=list(codes))
    snapshot.invalidate()


def build_languages_read() -> list[str]:
    """Codes of the languages that two moderators or more read."""
    readers = RoomPreference.objects.filter(person__is_active=True, person__groups__name=MODERATORS)
    counted = Counter(code for codes in readers.values_list("languages", flat=True) for code in codes)
    return sorted(code for code, number in counted.items() if number > 1)
