"""The short texts that stand below a story, each under its heading; where one is empty, neither stands there."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

HEADINGS: dict[str, StrPromise] = {
    "differently": _("What they should have done differently"),
    "well": _("What was done well"),
}
NAMES = tuple(HEADINGS)


@dataclass(frozen=True)
class Part:
    """One of them: its column, its heading, and its words or whatever stands for them."""

    name: str
    heading: StrPromise
    words: object


def story_sections(words: Mapping[str, object]) -> list[Part]:
    return [Part(name, heading, words[name]) for name, heading in HEADINGS.items() if words[name]]
