"""The audit log: who did what to what and when, and never a word of anybody's.

What is done to people, keys, invitations and our own words stands in Wagtail's log, with its minute. What is done to
a submission is one of its events, with its day. Unlocking, and what else is done to a story, stands here with its
day: beside a minute, or in an order with minutes, it would tell when a contributor wrote.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Case, CharField, Count, DateTimeField, F, Min, Model, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, Replace, Substr, TruncDate
from django.utils.text import capfirst
from wagtail.log_actions import LogActionRegistry, get_active_log_context, log
from wagtail.models import ModelLogEntry

from moderation.models import LogEntry, ModeratorKey
from stories.core import lifecycle, tables
from stories.models import Event, Story

PREFIX = "heard."
# Of a random id: no two of a million are likely to share so many, and the first six are what screens show.
_ID = 12

EXPORT = "export the record"
PUT_IN, TAKE_OUT = "put in ", "take out of "
_WORDS = tables.read(__file__)
PEOPLE_DEEDS: dict[str, str] = _WORDS["people"]
VAULT_DEEDS: dict[str, str] = _WORDS["vault"]
# What the whole team should know of for 48 hours.
_ELSEWHERE = (EXPORT, "edit the first look", "invite", "stop an invitation", "welcome", "end sessions")
CHANGES = [deed for deed in PEOPLE_DEEDS if deed not in _ELSEWHERE]
FLOOD_DEEDS = {"decline": "decline a flood", "back in the tray": "put a flood back"}
# Where this is their reason, they were done to a whole flood.
_IN_BULK = Q(reason="flood", deed__in=FLOOD_DEEDS)
BEGIN, UNLOCK, MAKE, ADMIT = "vault.begin", "vault.unlock", "vault.make key", "vault.admit"
RECOVER, STOP, ROTATE, ROTATED = "vault.recover", "vault.stop", "vault.rotate", "vault.rotated"
NEW_PAPER = "vault.new paper"


def register_actions(actions: LogActionRegistry) -> None:
    """Name our deeds to Wagtail; for the hook `register_log_actions`."""
    for deed, words in {**PEOPLE_DEEDS, **VAULT_DEEDS}.items():
        actions.register_action(action_name(deed), capfirst(words), capfirst(words))


def action_name(deed: str) -> str:
    return PREFIX + deed.replace(" ", "_")


def log_deed(deed: str, thing: Model, *, by: User | AnonymousUser | None = None, label: str = "") -> None:
    """Write down with its minute what was done to no submission, inside the caller's transaction.

    Without `by` it is whoever Wagtail's admin says is at work, or else the clock or the command line.
    """
    # The name of a person or of a key's owner, or the number of the team's key.
    person = thing.moderator if isinstance(thing, ModeratorKey) else thing
    label = label or (person.get_username() if hasattr(person, "get_username") else str(person.pk))
    if deed == UNLOCK:
        # Work on submissions begins with it, so that it has its day alone.
        log_for_the_day([(deed, label)], by=by or get_active_log_context().user)
        return
    for verb in (PUT_IN, TAKE_OUT):
        if deed.startswith(verb) and deed not in PEOPLE_DEEDS:
            # A group that a charity added.
            label, deed = f"{label}: {deed.removeprefix(verb)}", f"{verb}a group"
    log(thing, action_name(deed), user=by, title=label)


def log_story(story: Story, deed: str, *, by: User | AnonymousUser | None) -> None:
    """Write down what was done to a story, under its submission's id: an address would outlive it."""
    log_for_the_day([(deed, story.submission_id.hex[:_ID])], by=by)


def log_for_the_day(deeds: Iterable[tuple[str, str]], *, by: User | AnonymousUser | None) -> None:
    """Write down deeds, each with its item, without their minute and in an order of chance."""
    same = {"by_id": by.pk if by else None, "day": lifecycle.today()}
    LogEntry.objects.bulk_create((LogEntry(deed=deed, item=item[:64], **same) for deed, item in deeds), batch_size=500)


class Entry(NamedTuple):
    """One line of the log. `at` is None for what has no minute, and `who` for the clock and the command line."""

    day: date
    at: datetime | None
    who: str | None
    deed: str
    item: str


def log_entries(*, deed: str = "", item: str = "", since: date = date.min) -> Any:
    """The lines of the log as tuples of `Entry`, newest day first."""
    nothing = Value(None, output_field=DateTimeField())
    people = ModelLogEntry.objects.filter(action__startswith=PREFIX).annotate(_at=F("timestamp"), _item=F("label"))
    people = people.annotate(_day=TruncDate("timestamp"), _who=F("user__username"), _deed=F("action"))
    days = LogEntry.objects.annotate(_item=F("item"), _day=F("day"), _at=nothing, _who=F("by__username"))
    days = days.annotate(_deed=F("deed"))
    submission = Replace(Cast("submission_id", CharField()), Value("-"), Value(""))
    # An exercise is nobody's account.
    events = Event.objects.filter(by__isnull=False, submission__practice_for=None)
    events = events.annotate(_item=Substr(submission, 1, _ID), _day=F("day"), _at=nothing)
    events = events.annotate(_who=F("by__username"), _deed=F("deed"))
    parts: list[QuerySet[Any]] = [people, days, events]
    if not item:
        parts = [people, days, events.exclude(_IN_BULK), _flood_lines(events.filter(_IN_BULK))]
    if deed:
        parts = [part.filter(_deed__in=(deed, action_name(deed))) for part in parts]
    if item:
        parts = [part.filter(_item__istartswith=item) for part in parts]
    first, *others = (
        part.filter(_day__gte=since).order_by().values_list("_day", "_at", "_who", "_deed", "_item") for part in parts
    )
    return first.union(*others, all=True).order_by("-_day", "-_at", "_item", "_deed", "_who")


def _flood_lines(events: QuerySet[Any]) -> QuerySet[Any]:
    """One line for all that a person declined with a flood on a day, and one for all that they put back, as one button
    undoes it; each account's own line is found by its item.
    """
    deeds = (When(deed=deed, then=Value(line)) for deed, line in FLOOD_DEEDS.items())
    lines = events.order_by().annotate(_deed=Case(*deeds)).values("_day", "_at", "_who", "_deed")
    one, many = When(_many=1, then=Min("_item")), Concat(Cast("_many", CharField()), Value(" accounts"))
    return lines.annotate(_many=Count("submission", distinct=True)).annotate(_item=Case(one, default=many))


def entries_of(*deeds: str) -> QuerySet[ModelLogEntry]:
    return ModelLogEntry.objects.filter(action__in=[action_name(deed) for deed in deeds])
