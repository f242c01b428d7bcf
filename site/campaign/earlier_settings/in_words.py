"""What a setting says in words, field by field, and what came and went between two versions of it."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from campaign.models.kept_setting import KeptSetting
from campaign.parts import parts

# By the name of a field as people read it: what stands in it, a link each where it holds links.
Said = dict[str, list[str]]


def of(setting: KeptSetting) -> Said:
    """Every field that somebody fills in."""
    fields = [field for field in setting._meta.concrete_fields if field.editable and not field.primary_key]
    return {capfirst(field.verbose_name): list(_words(setting, field)) for field in fields}


def changes(before: Said, after: Said) -> list[str]:
    """What changed or would change, a line for each field."""
    return [line for name, was in before.items() if (line := _change(name, was, after.get(name, [])))]


def _words(setting: KeptSetting, field: models.Field) -> Iterator[str]:
    if isinstance(field, StreamField):
        yield from map(_link, field.value_from_object(setting))
    elif field.choices:
        yield str(getattr(setting, f"get_{field.name}_display")())
    elif value := getattr(setting, field.name):
        yield str(value)


def _link(block: Any) -> str:
    """A link by the words that readers see, and by what it leads to and is called in Welsh where those are others."""
    value, target = block.value, _target(block)
    title = value.get("title") or target
    others = [other for other in (target, value.get("title_cy")) if other and other != title]
    return f"{title} ({', '.join(others)})" if others else title


def _target(block: Any) -> str:
    if block.block_type == "part":
        return str(dict(parts()).get(block.value["part"], block.value["part"]))
    page = block.value["page"]
    return str(page.title) if page else _("a page that has gone")


def _change(name: str, was: list[str], became: list[str]) -> str:
    gone = ", ".join(f"“{each}”" for each in was if each not in became)
    come = ", ".join(f"“{each}”" for each in became if each not in was)
    said = {"field": name, "gone": gone, "come": come}
    if gone and come:
        return _("%(field)s: %(come)s in place of %(gone)s") % said
    if come:
        return _("%(field)s: with %(come)s") % said
    if gone:
        return _("%(field)s: without %(gone)s") % said
    return _("%(field)s: in another order") % said if was != became else ""
