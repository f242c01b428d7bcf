"""The groups, made by every migration: who is in one is a person's decision, what it may do is ours."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from moderation.deeds import COORDINATORS, EDITORS, MODERATORS

_LISTS = ("force", "outcome", "theme", "contentnote")
_PERMISSIONS: dict[str, tuple[str, ...]] = {
    MODERATORS: ("access_admin", "moderate"),
    COORDINATORS: ("access_admin", "coordinate", "add_user", "change_user", "view_user"),
    EDITORS: (
        "access_admin",
        *(f"{may}_{name}" for may in ("add", "change", "delete", "view") for name in _LISTS),
    ),
}


def lay(using: str = "default", **kwargs: Any) -> None:
    """Make the three groups and give them what they lack; what a charity added is left alone."""
    for label in ("auth", "stories", "moderation"):
        # Django makes permissions after this, when a database is new.
        create_permissions(apps.get_app_config(label), using=using, verbosity=0)
    for name, codenames in _PERMISSIONS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*Permission.objects.using(using).filter(codename__in=codenames))
