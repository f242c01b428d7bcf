"""The site's own help lines as text, for a message that somebody may read on a phone that isn't safe for links."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stories.public import edition


def in_words(websites: Iterable[str]) -> str:
    """One line of text for each of the site's help lines whose address has one of `websites` in it.

    In the language of the page; empty where the site's editors keep none of them.
    """
    wanted = tuple(websites)
    return "\n".join(_line(line) for line in _all() if any(website in line["url"] for website in wanted))


def _all() -> list[dict[str, Any]]:
    furniture = edition.made("furniture") or {}
    lines: list[dict[str, Any]] = furniture.get("help_lines", [])
    return lines


def _line(line: dict[str, Any]) -> str:
    welsh = line.get("cy") or {}
    is_welsh = get_language() == "cy" and bool(welsh.get("hours"))
    name, hours = (welsh["name"], welsh["hours"]) if is_welsh else (line["name"], line["hours"])
    if line["audience"] == "under-18":
        name = _("{name}, for under 18s").format(name=name)
    return f"{name}: {_reached(line)} ({hours})"


def _reached(line: dict[str, Any]) -> str:
    """The number if it has one: an address in a list of pages visited can give somebody away."""
    if line["phone"]:
        return str(line["phone"])
    if line["text_number"]:
        return _("text {number}").format(number=line["text_number"])
    return str(line["url"]).removeprefix("https://").removeprefix("www.").rstrip("/")
