"""The groups, made by every migration: who is in one is a person's decision, what it may do is ours."""

from typing import Any

from django.contrib.auth.models import Group, Permission

from moderation.policies import COORDINATORS, EDITORS, MODERATORS

_PERMISSIONS: dict[str, tuple[str, ...]] = {
    MODERATORS: ("access_admin", "moderate"),
    COORDINATORS: ("access_admin", "coordinate", "add_user", "change_user", "view_user"),
    EDITORS: ("access_admin",),
}


def lay(using: str = "default", **kwargs: Any) -> None:
    """Make the three groups and give them what they lack; what a charity added is left alone."""
    for name, codenames in _PERMISSIONS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*Permission.objects.using(using).filter(codename__in=codenames))
