"""Leaving the team: whoever is deactivated, or no longer a moderator, loses their share and what they had in hand."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models.signals import m2m_changed, post_save
from wagtail import hooks

from moderation.deeds import MODERATORS
from moderation.log import audit_log
from moderation.models import Claim, ModeratorKey
from moderation.safekeeping import vault


def watch() -> None:
    """Look at every way in which somebody leaves; called once, when the site starts.

    Wagtail's bulk actions on people send no signal, so they are looked after through its hook.
    """
    people = get_user_model()
    post_save.connect(_after_saving, sender=people, dispatch_uid="heard-leaving")
    m2m_changed.connect(_after_regrouping, sender=people.groups.through, dispatch_uid="heard-leaving")
    hooks.register("after_bulk_action", _after_bulk_action)


def stop_leavers() -> int:
    """Stop each key that opens the vault and isn't an active moderator's; returns how many.

    What such a person had in hand anybody may take from now on.
    """
    leavers = list(_leavers())
    for key in leavers:
        vault.stop(key)
        audit_log.log_vault(key, audit_log.STOP)
    Claim.objects.exclude(holder__in=_moderators()).delete()
    return len(leavers)


def _leavers() -> Any:
    holding = ModeratorKey.objects.filter(shares__isnull=False).select_related("moderator").distinct()
    return holding.exclude(moderator__in=_moderators())


def _moderators() -> Any:
    return get_user_model().objects.filter(is_active=True, groups__name=MODERATORS)


def _after_saving(*, instance: Any, **kwargs: Any) -> None:
    if not instance.is_active:
        stop_leavers()


def _after_regrouping(*, action: str, **kwargs: Any) -> None:
    if action in ("post_remove", "post_clear"):
        stop_leavers()


def _after_bulk_action(request: Any, action_type: str, objects: Any, action: Any) -> None:
    if action.model is get_user_model():
        stop_leavers()
