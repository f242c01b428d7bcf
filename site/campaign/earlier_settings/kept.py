"""Keep a version of a setting with each change, and put one back: that is a change too, and can be taken back."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms import ModelForm
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Revision

from campaign import new_editions
from campaign.models.kept_setting import KeptSetting

# What a version says of itself, and not of the setting.
_OF_ITSELF = ("pk", "id", "latest_revision")


class Meanwhile(Exception):
    """Somebody else changed the setting since the form was opened; `seen` is the version that the form began with."""

    def __init__(self, seen: Revision):
        super().__init__()
        self.seen = seen


@transaction.atomic
def save(form: ModelForm, *, by: Any, after: str | None = None) -> KeptSetting:
    """Save what the form holds, with a version of it, and of what stood before where that isn't kept yet.

    `after` is what `newest` said when the form was opened; raises `Meanwhile`, and saves nothing, where the setting
    says something else by now. Without it nobody is asked.
    """
    with new_editions.one_edition():
        _refuse_if_changed(form.instance, after)
        _keep_what_stands(form.instance)
        setting: KeptSetting = form.save()
        if _differs(setting, setting.latest_revision):
            setting.save_revision(user=by, clean=False, log_action=True)
    return setting


def newest(setting: KeptSetting) -> str:
    """What a form carries along, so that it is known what somebody saw in it."""
    return str(setting.latest_revision_id or "")


def every(setting: KeptSetting) -> list[Revision]:
    """Its versions, the newest first."""
    return list(setting.revisions.select_related("user").order_by("-created_at", "-pk"))


def as_it_was(setting: KeptSetting, version: Revision) -> KeptSetting:
    """The setting as that version has it; what it didn't have yet is as it stands."""
    was: KeptSetting = setting.with_content_json(setting.serializable_data() | version.content)
    return was


def stands(setting: KeptSetting, version: Revision) -> bool:
    """True where putting it back would change nothing."""
    return not _differs(setting, version)


def why_not_put_back(setting: KeptSetting, version: Revision) -> str | None:
    """Say why it can't stand as it did, or None: it has to be fit for the form that changes it."""
    was = as_it_was(setting, version)
    wrong = [*_gone(was, version), *_unfit(was)]
    if not wrong:
        return None
    return _("It can’t be put back as it was. %(wrong)s Nothing has changed: you can change it by hand instead.") % {
        "wrong": " ".join(wrong)
    }


@transaction.atomic
def put_back(setting: KeptSetting, version: Revision, *, by: Any, after: str | None = None) -> None:
    """Let the setting stand as it did in a version that nothing speaks against; `after` is as in `save`."""
    with new_editions.one_edition():
        _refuse_if_changed(setting, after)
        _keep_what_stands(setting)
        was = as_it_was(setting, version)
        was.save()
        was.save_revision(user=by, clean=False, log_action=True, previous_revision=version)


# --- What is kept ---------------------------------------------------------------------------


def _refuse_if_changed(setting: KeptSetting, after: str | None) -> None:
    """Take the row, so that of two at once the second sees what the first did."""
    stored = type(setting)._default_manager.select_for_update().get(pk=setting.pk)
    if after is None or after == newest(stored):
        return
    kept = every(stored)
    # A form that was opened before anything was kept showed what was kept first.
    seen = next((each for each in kept if str(each.pk) == after), kept[-1] if kept else None)
    if seen is not None and _differs(stored, seen):
        raise Meanwhile(seen)


def _keep_what_stands(setting: KeptSetting) -> None:
    """A form has changed its setting in memory by then, so the row is read again."""
    stored = type(setting).objects.get(pk=setting.pk)
    if _differs(stored, stored.latest_revision):
        stored.save_revision(clean=False)
    setting.latest_revision = stored.latest_revision


def _differs(setting: KeptSetting, version: Revision | None) -> bool:
    return version is None or _said_by(setting, setting.serializable_data()) != _said_by(setting, version.content)


def _said_by(setting: KeptSetting, content: dict[str, Any]) -> dict[str, Any]:
    """A stream is kept as text, in which PostgreSQL puts what belongs to one block in an order of its own."""
    streams = {field.name for field in setting._meta.concrete_fields if isinstance(field, StreamField)}
    said = {name: value for name, value in content.items() if name not in _OF_ITSELF}
    return {name: json.loads(value) if name in streams else value for name, value in said.items()}


# --- What speaks against it -----------------------------------------------------------------


def _gone(was: KeptSetting, version: Revision) -> Iterator[str]:
    """What it leads to is looked for by its key, and left out where it isn't there."""
    for field in was._meta.concrete_fields:
        is_key = isinstance(field, models.ForeignKey) and field.name not in _OF_ITSELF
        if is_key and version.content.get(field.name) and field.value_from_object(was) is None:
            yield _("%(field)s: it has been deleted.") % {"field": capfirst(field.verbose_name)}


def _unfit(was: KeptSetting) -> Iterator[str]:
    try:
        was.full_clean()
    except ValidationError as refused:
        for name, reasons in refused.message_dict.items():
            yield _said(was, name, " ".join(reasons))
    for field in was._meta.concrete_fields:
        if isinstance(field, StreamField) and not _is_fit(field, was):
            yield _said(was, field.name, _("A page or a part of the site that it leads to has gone."))


def _is_fit(field: StreamField, was: KeptSetting) -> bool:
    try:
        field.stream_block.clean(field.value_from_object(was))
    except ValidationError:
        return False
    return True


def _said(was: KeptSetting, name: str, reason: str) -> str:
    names = {field.name: field.verbose_name for field in was._meta.concrete_fields}
    return f"{capfirst(names[name])}: {reason}" if name in names else reason
