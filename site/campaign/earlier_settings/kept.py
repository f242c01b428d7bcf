"""Keep a version of a setting with each change, and put one back: that is a change too, and can be taken back."""

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


@transaction.atomic
def save(form: ModelForm, *, by: Any) -> KeptSetting:
    """Save what the form holds, with a version of it, and of what stood before where that isn't kept yet."""
    with new_editions.one_edition():
        _keep_what_stands(form.instance)
        setting: KeptSetting = form.save()
        if _differs(setting, setting.latest_revision):
            setting.save_revision(user=by, clean=False, log_action=True)
    return setting


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
def put_back(setting: KeptSetting, version: Revision, *, by: Any) -> None:
    """Let the setting stand as it did in a version that nothing speaks against."""
    with new_editions.one_edition():
        _keep_what_stands(setting)
        was = as_it_was(setting, version)
        was.save()
        was.save_revision(user=by, clean=False, log_action=True, previous_revision=version)


# --- What is kept ---------------------------------------------------------------------------


def _keep_what_stands(setting: KeptSetting) -> None:
    """A form has changed its setting in memory by then, so the row is read again."""
    stored = type(setting).objects.get(pk=setting.pk)
    if _differs(stored, stored.latest_revision):
        stored.save_revision(clean=False)
    setting.latest_revision = stored.latest_revision


def _differs(setting: KeptSetting, version: Revision | None) -> bool:
    return version is None or _said_by(setting.serializable_data()) != _said_by(version.content)


def _said_by(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in _OF_ITSELF}


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
