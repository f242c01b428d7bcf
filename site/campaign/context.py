"""What every template is given."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from campaign import furniture as room


def furniture(request: HttpRequest) -> dict[str, Any]:
    """`furniture`: brand, menu, footer, help lines, exit. Worked out only if a template asks for it."""
    return {"furniture": SimpleLazyObject(room.read)}
