"""Site search: one box over pages, the law, asks, forces and stories. What somebody types is kept nowhere."""

from typing import Any

from django.conf import settings

ADDRESS = "/search/"


def for_machines() -> dict[str, Any]:
    """The box, in the words of schema.org."""
    place = {"@type": "EntryPoint", "urlTemplate": f"{settings.BASE_URL}{ADDRESS}?q={{words}}"}
    return {"@type": "SearchAction", "target": place, "query-input": "required name=words"}
