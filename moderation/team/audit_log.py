"""The audit log: who did what to what and when, and never a word of anybody's.

What is done to people, keys, invitations and our own words stands in Wagtail's log, with its minute. What is done to
a submission is one of its events, with its day. Unlocking, and what else is done to a story, stands here with its
day: beside a minute, or in an order with minutes, it would tell when a contributor wrote.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, DateTimeField, F, Model, QuerySet, Value
from django.db.models.functions import Cast, Replace, Substr, TruncDate
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, get_active_log_context, log
from wagtail.models import ModelLogEntry

from moderation.models import LogEntry, ModeratorKey
from moderation.team.permissions import COORDINATORS, EDITORS, MODERATORS, SET_PASSWORD
from stories.core import lifecycle
from stories.models import Event, Story

PREFIX = "heard."
# Of a random id: no two of a million are likely to share so many, and the first six are what screens show.
_ID = 12

EXPORT, SET_UP_PHONE = "export the record", "set up a second factor"
PUT_IN, TAKE_OUT = "put in ", "take out of "
PEOPLE_DEEDS = {
    EXPORT: _("exported the record"),
    "edit the first look": _("edited the questions of the first look"),
    "invite": _("invited them"),
    "stop an invitation": _("stopped the invitation"),
    "welcome": _("came in by an invitation"),
    SET_UP_PHONE: _("set up their second step"),
    "add a security key": _("added a security key"),
    "remove a security key": _("removed a security key"),
    "reset a second factor": _("took their second step away"),
    "end sessions": _("ended every log-in of theirs"),
    "write down a leaver": _("wrote down that they have left"),
    "bring back": _("let them log in again"),
    "add a person": _("added them"),
    "stop a right": _("stopped what a colleague had given them"),
    "trust": _("let what a colleague gave them count at once"),
    SET_PASSWORD: _("set their password"),
    PUT_IN + MODERATORS: _("made them a moderator"),
    PUT_IN + COORDINATORS: _("made them a coordinator"),
    PUT_IN + EDITORS: _("made them an editor"),
    TAKE_OUT + MODERATORS: _("took them out of the moderators"),
    TAKE_OUT + COORDINATORS: _("took them out of the coordinators"),
    TAKE_OUT + EDITORS: _("took them out of the editors"),
    PUT_IN + "a group": _("put them into a group"),
    TAKE_OUT + "a group": _("took them out of a group"),
}
# What the whole team should know of for 48 hours.
_ELSEWHERE = (EXPORT, "edit the first look", "invite", "stop an invitation", "welcome", "end sessions")
CHANGES = [deed for deed in PEOPLE_DEEDS if deed not in _ELSEWHERE]
BEGIN, UNLOCK, MAKE, ADMIT = "vault.begin", "vault.unlock", "vault.make key", "vault.admit"
RECOVER, STOP, ROTATE, ROTATED = "vault.recover", "vault.stop", "vault.rotate", "vault.rotated"
NEW_PAPER = "vault.new paper"
VAULT_DEEDS = {
    BEGIN: _("Began the vault"),
    UNLOCK: _("Unlocked the vault"),
    MAKE: _("Made a new key"),
    ADMIT: _("Admitted the key"),
    RECOVER: _("Admitted the key with the recovery paper"),
    STOP: _("Stopped the key"),
    ROTATE: _("Began to change the team’s key"),
    NEW_PAPER: _("Made a new recovery paper; the one before opens nothing"),
    ROTATED: _("Finished changing the team’s key"),
}


# --- Writing --------------------------------------------------------------------------------


def register_actions(actions: LogActionRegistry) -> None:
    """Name our deeds to Wagtail; for the hook `register_log_actions`."""
    for deed, words in {**PEOPLE_DEEDS, **VAULT_DEEDS}.items():
        actions.register_action(action_name(deed), capfirst(words), capfirst(words))


def action_name(deed: str) -> str:
    """The deed as Wagtail's log calls it."""
    return PREFIX + deed.replace(" ", "_")


def short_id(pk: UUID) -> str:
    """How the log names a submission, also when its words are gone."""
    return pk.hex[:_ID]


def log_deed(deed: str, thing: Any, *, by: User | AnonymousUser | None, label: str = "") -> None:
    """Write down with its minute what was done to no submission, inside the caller's transaction.

    Without `by` it is whoever Wagtail's admin says is at work, or else the clock or the command line.
    """
    label = label or _label(thing)
    for verb in (PUT_IN, TAKE_OUT):
        if deed.startswith(verb) and deed not in PEOPLE_DEEDS:
            # A group that a charity added.
            label, deed = f"{label}: {deed.removeprefix(verb)}", f"{verb}a group"
    log(thing, action_name(deed), user=by, title=label)


def log_vault(thing: Model, deed: str, *, by: User | AnonymousUser | None = None) -> None:
    """Write down what was done to a key; unlocking, with which work on submissions begins, with its day alone."""
    if deed == UNLOCK:
        log_for_the_day([(deed, _label(thing))], by=by or get_active_log_context().user)
    else:
        log_deed(deed, thing, by=by)


def log_story(story: Story, deed: str, *, by: User | AnonymousUser | None) -> None:
    """Write down what was done to a story, under its submission's id: an address would outlive it."""
    log_for_the_day([(deed, short_id(story.submission_id))], by=by)


def log_for_the_day(deeds: Iterable[tuple[str, str]], *, by: User | AnonymousUser | None) -> None:
    """Write down deeds, each with its item, without their minute and in an order of chance."""
    today, by_id = lifecycle.today(), by.pk if by else None
    LogEntry.objects.bulk_create(
        [LogEntry(deed=deed, item=about[:64], by_id=by_id, day=today) for deed, about in deeds], batch_size=500
    )


def _label(thing: Any) -> str:
    """Whose key it is, a person's name, or the number of the team's key."""
    person = thing.moderator if isinstance(thing, ModeratorKey) else thing
    return person.get_username() if hasattr(person, "get_username") else str(person.pk)


# --- Reading --------------------------------------------------------------------------------


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
    people = _with_minute().annotate(_item=F("label"), _day=TruncDate("timestamp"), _at=F("timestamp"))
    people = people.annotate(_who=F("user__username"), _deed=F("action"))
    days = LogEntry.objects.annotate(_item=F("item"), _day=F("day"), _at=nothing, _who=F("by__username"))
    days = days.annotate(_deed=F("deed"))
    submission = Replace(Cast("submission_id", CharField()), Value("-"), Value(""))
    # An exercise is nobody's account.
    events = Event.objects.filter(by__isnull=False, submission__practice_for=None)
    events = events.annotate(_item=Substr(submission, 1, _ID), _day=F("day"), _at=nothing)
    events = events.annotate(_who=F("by__username"), _deed=F("deed"))
    parts: list[QuerySet[Any]] = [people, days, events]
    if deed:
        parts = [part.filter(_deed__in=(deed, action_name(deed))) for part in parts]
    if item:
        parts = [part.filter(_item__istartswith=item) for part in parts]
    first, *others = (
        part.filter(_day__gte=since).order_by().values_list("_day", "_at", "_who", "_deed", "_item") for part in parts
    )
    return first.union(*others, all=True).order_by("-_day", "-_at", "_item")


def changes_since(moment: datetime, *deeds: str) -> QuerySet[ModelLogEntry]:
    """What was done of these since then, newest first."""
    actions = [action_name(deed) for deed in deeds]
    return ModelLogEntry.objects.filter(action__in=actions, timestamp__gt=moment).select_related("user")


def _with_minute() -> QuerySet[ModelLogEntry]:
    return ModelLogEntry.objects.filter(action__startswith=PREFIX)


def newest_of(*deeds: str) -> str | None:
    """Which of these deeds was done last."""
    actions = {action_name(deed): deed for deed in deeds}
    newest = ModelLogEntry.objects.filter(action__in=actions).values_list("action", flat=True).first()
    return actions[newest] if newest else None


def ids_with(deed: str, model: type[Model]) -> set[str]:
    """The ids of the things of this model to which it was ever done."""
    kind = ContentType.objects.get_for_model(model)
    done = ModelLogEntry.objects.filter(content_type=kind, action=action_name(deed))
    return set(done.values_list("object_id", flat=True))
