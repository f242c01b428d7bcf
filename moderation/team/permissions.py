"""The roles of the room and what each may do: `permissions.toml`, which the tests walk through the real addresses."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moderation.models import RIGHT_WAITS, Aside, KeyShare, RightGiven
from stories.core import tables
from stories.models import Submission

MODERATORS, COORDINATORS, EDITORS = "Moderators", "Coordinators", "Editors"

# What a colleague did to somebody's log-in, as the record calls it.
SET_PASSWORD, RESET_FACTOR = "set a password", "reset a second factor"
LOG_IN_CHANGES = (SET_PASSWORD, RESET_FACTOR)
PERMISSIONS: dict[str, frozenset[str]] = {
    permission: frozenset(roles) for permission, roles in tables.read(__file__).items()
}
# Why somebody can't do a thing, by the names that the deeds of this folder have for it.
REASONS: dict[str, str] = tables.read(__file__, "reasons.toml")
_ASKED = (
    *("pk", "username", "is_active", "groups__name", "room_preference__languages"),
    *("last_given", "is_log_in_new", "holds_a_key", "has_conflict"),
)


@dataclass(frozen=True)
class Person:
    """Somebody as the rules know them: the roles that count, and those that count only from a moment on."""

    pk: int | None
    name: str = ""
    roles: frozenset[str] = frozenset()
    waiting_roles: frozenset[str] = frozenset()
    roles_count_from: datetime | None = None
    # True where a colleague set their password or took their second step away, and it doesn't count yet.
    is_log_in_new: bool = False
    # True while their key opens the vault.
    holds_a_key: bool = False
    # True where they said that they know the force or somebody in the account that was asked about.
    has_conflict: bool = False
    # Codes of what they read beside English and Welsh.
    languages: frozenset[str] = frozenset()


def person_of(user: User | AnonymousUser) -> Person:
    """The person behind a log-in, read once for each request.

    Being in a group is asked by name and never through permissions, because a superuser has every
    permission and must still be nobody here.
    """
    if not user.is_active:
        return Person(user.pk, user.get_username())
    if not hasattr(user, "_heard_person"):
        user._heard_person = people_by_id([user.pk]).get(user.pk) or Person(user.pk, user.get_username())  # type: ignore[attr-defined]
    return user._heard_person  # type: ignore[attr-defined]


def people_by_id(ids: Collection[int], *, about: Submission | None = None) -> dict[int, Person]:
    """These people, in one query; who isn't active has no role. `about` is the submission that it is about."""
    if not ids:
        return {}
    lately = RightGiven.objects.filter(person=OuterRef("pk"), given_at__gt=timezone.now() - RIGHT_WAITS)
    rows: Any = (
        User.objects.filter(pk__in=ids)
        .annotate(
            last_given=Subquery(lately.order_by("-given_at").values("given_at")[:1]),
            is_log_in_new=Exists(lately.filter(what__in=LOG_IN_CHANGES)),
            holds_a_key=Exists(key_shares_in_use().filter(key__moderator=OuterRef("pk"))),
            has_conflict=Exists(Aside.objects.filter(person=OuterRef("pk"), submission=about, is_conflict=True)),
        )
        .values_list(*_ASKED, named=True)
    )
    # A row for each of their groups.
    groups: dict[int, set[str]] = {}
    for row in rows:
        groups.setdefault(row.pk, set()).update({row.groups__name} - {None} if row.is_active else ())
    return {row.pk: _person(row, groups[row.pk]) for row in rows}


def _person(row: Any, groups: set[str]) -> Person:
    # Somebody else may sit behind a log-in that was changed; being put into a group changes that group alone.
    waits = {MODERATORS} if row.last_given else set()
    waits |= {COORDINATORS} if row.is_log_in_new else set()
    return Person(
        pk=row.pk,
        name=row.username,
        roles=frozenset(groups - waits),
        waiting_roles=frozenset(groups & waits),
        roles_count_from=row.last_given + RIGHT_WAITS if row.last_given else None,
        is_log_in_new=row.is_log_in_new,
        holds_a_key=row.holds_a_key,
        has_conflict=row.has_conflict,
        languages=frozenset(row.room_preference__languages or ()),
    )


def key_shares_in_use() -> QuerySet[KeyShare]:
    """The shares of current keys in the team's current key: whoever has one opens the vault."""
    return KeyShare.objects.filter(key__is_current=True, epoch__is_current=True)


def roles_that_may(user: User | AnonymousUser) -> frozenset[str]:
    return person_of(user).roles


def why_not(permission: str, user: User | AnonymousUser | Person) -> str | None:
    person, allowed = user if isinstance(user, Person) else person_of(user), PERMISSIONS[permission]
    if person.roles & allowed:
        return None
    names = [role.lower() for role in sorted(allowed)]
    return why_not_yet(allowed, person) or _("Only %(roles)s can do this.") % {"roles": _(" and ").join(names)}


def why_not_yet(allowed: Collection[str], person: Person) -> str | None:
    if person.roles_count_from is None or not person.waiting_roles & set(allowed):
        return None
    return REASONS["not_yet"] % {"name": person.name, "when": in_words(person.roles_count_from)}


def in_words(moment: datetime) -> str:
    """A moment as the room says it, such as Monday 7 December, 03:43."""
    return date_format(timezone.localtime(moment), "l j F, H:i")


_LISTS = ("force", "outcome", "theme", "contentnote", "demand")
_WAGTAILS: dict[str, tuple[str, ...]] = {
    MODERATORS: ("access_admin", "moderate"),
    COORDINATORS: ("access_admin", "coordinate", "add_user", "change_user", "view_user"),
    EDITORS: ("access_admin", *(f"{may}_{name}" for may in ("add", "change", "delete", "view") for name in _LISTS)),
}


def create_groups(using: str = "default", **kwargs: object) -> None:
    """Make the three groups, by every migration, and give them what they lack; what a charity added is left alone."""
    for label in ("auth", "stories", "moderation"):
        # Django makes permissions after this, when a database is new.
        create_permissions(apps.get_app_config(label), using=using, verbosity=0)
    for name, codenames in _WAGTAILS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*Permission.objects.using(using).filter(codename__in=codenames))


class Refused(Exception):
    """It isn't allowed; `reason` says why, and what to do instead."""

    def __init__(self, reason: str = "") -> None:
        self.reason = reason
        super().__init__(reason)


def refuse_if(reason: str | None) -> None:
    if reason:
        raise Refused(reason)
