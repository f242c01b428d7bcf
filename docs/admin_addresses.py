"""Every address under /admin/, found by walking the resolver, and whose deed it is where it is ours."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import URLPattern, get_resolver
from django.urls.resolvers import URLResolver

_READS = {"GET", "HEAD", "OPTIONS"}
# These are guarded by a permission policy that asks the table of deeds.
_BY_POLICY = {
    f"{space}:{does}": "edit ready words"
    for space in ("room_ready_words", "room_safeguarding")
    for does in ("add", "edit", "delete")
}


@dataclass(frozen=True)
class Address:
    """`name` is with its namespace; `given` are the arguments that make one address of many, as `row` names it."""

    name: str
    view: Callable[..., Any]
    converters: dict[str, Any]
    given: dict[str, str] = field(default_factory=dict)
    given_deed: str = ""

    @property
    def row(self) -> str:
        return " ".join([self.name, *self.given.values()])

    @property
    def deed(self) -> str:
        """The line in the table of deeds; nothing for a view that names none."""
        inside = getattr(self.view, "view_class", None)
        named = getattr(self.view, "permission", "") or getattr(inside, "permission", "")
        return self.given_deed or _BY_POLICY.get(self.name, "") or str(named)

    @property
    def takes(self) -> set[str] | None:
        """The methods, or None for a view that looks at them itself."""
        view: Any = self.view
        while view is not None:
            if hasattr(view, "view_class"):
                found = view.view_class
                return {name.upper() for name in found.http_method_names if hasattr(found, name)}
            allowed = _closed_over(view).get("request_method_list")
            if allowed is not None:
                return set(allowed)
            view = getattr(view, "__wrapped__", None)
        return None

    @property
    def can_read(self) -> bool:
        return self.takes is None or "GET" in self.takes

    @property
    def can_write(self) -> bool:
        return self.takes is None or not self.takes <= _READS


def every() -> list[Address]:
    """All there are, in the order in which they are tried."""
    return list(_walk(get_resolver()))


def writing() -> list[Address]:
    """All that can write."""
    found = [address for address in every() if address.can_write]
    return [one for address in found for one in _each(address)]


def _walk(resolver: URLResolver, route: str = "", spaces: tuple[str, ...] = ()) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        whole = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, whole, (*spaces, *filter(None, [pattern.namespace])))
        elif isinstance(pattern, URLPattern) and whole.startswith("admin/"):
            name = ":".join((*spaces, pattern.name or "-"))
            yield Address(name, pattern.callback, dict(pattern.pattern.converters))


def _each(address: Address) -> Iterator[Address]:
    """The addresses that one pattern stands for, where each has rules of its own."""
    if address.name == "room_decide":
        yield from _decisions(address)
    elif address.name == "wagtail_bulk_action":
        yield from _bulk_actions(address)
    else:
        yield address


def _decisions(address: Address) -> Iterator[Address]:
    from moderation.views.room.decisions import DECISIONS

    for slug, decision in DECISIONS.items():
        yield replace(address, given={"slug": slug}, given_deed=decision.deed)


def _bulk_actions(address: Address) -> Iterator[Address]:
    from wagtail.admin.views.bulk_action.registry import bulk_action_registry as registry

    registry._scan_for_bulk_actions()
    for app, models in registry.actions.items():
        for model, actions in models.items():
            for action in actions:
                yield replace(address, given={"app_label": app, "model_name": model, "action": action})


def _closed_over(view: Any) -> Any:
    try:
        return inspect.getclosurevars(view).nonlocals
    except TypeError:
        return {}
