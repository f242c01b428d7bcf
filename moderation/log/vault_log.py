"""The vault's trace in Wagtail's log: who did what to which key, and never a secret."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import ModelLogEntry

from moderation.log import record
from moderation.models import ModeratorKey

BEGIN = "heard.vault.begin"
UNLOCK = "heard.vault.unlock"
MAKE = "heard.vault.make_key"
ADMIT = "heard.vault.admit"
RECOVER = "heard.vault.recover"
STOP = "heard.vault.stop"
ROTATE = "heard.vault.rotate"
ROTATED = "heard.vault.rotated"
NEW_PAPER = "heard.vault.new_paper"

_LABELS = {
    BEGIN: (_("Begin the vault"), _("Began the vault")),
    UNLOCK: (_("Unlock the vault"), _("Unlocked the vault")),
    MAKE: (_("Make a key"), _("Made a new key")),
    ADMIT: (_("Admit a key"), _("Admitted the key")),
    RECOVER: (_("Admit a key by the paper"), _("Admitted the key with the recovery paper")),
    STOP: (_("Stop a key"), _("Stopped the key")),
    ROTATE: (_("Change the team’s key"), _("Began to change the team’s key")),
    NEW_PAPER: (_("Make a new paper"), _("Made a new recovery paper; the one before opens nothing")),
    ROTATED: (_("Finish changing the team’s key"), _("Finished changing the team’s key")),
}


def register(actions: Any) -> None:
    """Name the vault's actions for Wagtail; for the hook `register_log_actions`."""
    for action, (label, message) in _LABELS.items():
        if action not in actions.formatters:
            actions.register_action(action, label, message)


def note(thing: Model, action: str, *, by: Any = None) -> None:
    """Leave a trace; without `by` it is whoever Wagtail's admin says is at work, or the system."""
    by = by or get_active_log_context().user
    if action == UNLOCK:
        # Work on submissions begins with it.
        record.add_without_minute([(_deed(action), _item(thing))], by=by)
        return
    log(thing, action, user=by)
    record.add(_deed(action), item=_item(thing), by=by)


def names() -> dict[str, Any]:
    """What was done, by the deed's name in the record."""
    return {_deed(action): message for action, (_label, message) in _LABELS.items()}


def _deed(action: str) -> str:
    return action.removeprefix("heard.")


def _item(thing: Model) -> str:
    """Whose key it is, or the number of the team's."""
    return thing.moderator.get_username() if isinstance(thing, ModeratorKey) else str(thing.pk)


def newest(*actions: str) -> str | None:
    """Which of these actions was done last."""
    return ModelLogEntry.objects.filter(action__in=actions).values_list("action", flat=True).first()


def things(action: str, model: type[Model]) -> set[str]:
    """The ids of the things of this model to which it was ever done."""
    kind = ContentType.objects.get_for_model(model)
    done = ModelLogEntry.objects.filter(content_type=kind, action=action)
    return set(done.values_list("object_id", flat=True))
