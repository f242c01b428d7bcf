"""The frame of every page: brand, menu, help lines, where the exit leads; worked out once for an edition."""

from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext as _, gettext_lazy
from django_stubs_ext import StrPromise

from campaign import help_lines, initial_content
from campaign.help_lines import Line
from stories.core import addresses, snapshot, tables

NAME = "furniture"
PARTS = tables.read(__file__, "site_parts.toml")
ENGLISH = "en-GB"


def site_chrome(at: datetime | None = None) -> dict[str, Any]:
    """The furniture of the edition now in the language of the page, with each help line open or not at `at`."""
    made, at = _made(), at or timezone.now()
    lines = help_lines.welsh_first(made["help_lines"]) if _is_welsh() else made["help_lines"]
    # The editors' pages to which others lead, of those that there are.
    pages = {name: addresses.path_in_language(address) for name, address in made["pages"].items()}
    return {
        **made,
        "menu": [_link(link) for link in made["menu"]],
        "footer": [_link(link) for link in made["footer"]],
        "help_lines": [_at_the_request(line, at) for line in lines],
        "about_url": pages.get("about", ""),
        "images_url": pages.get("images-online", ""),
        # By the slug of what each says in short words.
        "easy_read": {name.split("/")[1]: url for name, url in pages.items() if "/" in name},
        "languages_url": pages.get("languages", ""),
        "languages": [{**each, "url": addresses.path_in_language(each["url"])} for each in made.get("languages", ())],
        "demo": settings.DEMO,
    }


def context_processor(request: HttpRequest) -> dict[str, object]:
    """Give every template `furniture`, worked out only if it asks for it, and once for each `state` of it."""
    return {"furniture": SimpleLazyObject(_chrome_now)}


def _chrome_now() -> dict[str, Any]:
    at = timezone.now()
    # A page may also name the year.
    state = (get_language(), timezone.localdate(at), open_lines(at))
    made = lambda: {**site_chrome(at), "state": (*state, snapshot.last_seen().number)}  # noqa: E731
    return snapshot.cached(("furniture", state), made)


def lines_for(audience: str) -> list[Line]:
    """The help lines for `adults` or `under-18`, those for everybody among them; `all` gives every line."""
    lines: list[Line] = site_chrome()["help_lines"]
    return [line for line in lines if "all" in (audience, line["audience_code"]) or line["audience_code"] == audience]


def line_names() -> list[tuple[str, str]]:
    """Those that can be rung, for an editor to choose from."""
    return [(line["name"], line["name"]) for line in _made()["help_lines"] if line["phone"]]


def line_named(name: str) -> Line | None:
    """The line of that name in the language of the page; None where it isn't shown any more, or can't be rung."""
    found = (line for line in _made()["help_lines"] if line["name"] == name and line["phone"])
    return next((_at_the_request(line, timezone.now()) for line in found), None)


def open_lines(at: datetime) -> str:
    """Which lines are open at `at`, as a short text: a page kept for later is stale once this changes."""
    asked = lambda: "".join("1" if help_lines.open_now(line, at) else "0" for line in _made()["help_lines"])  # noqa: E731
    # They open and close on the minute.
    return snapshot.cached(("open lines", at.timestamp() // 60), asked)


def _made() -> dict[str, Any]:
    """The edition's furniture; that of a new site before the first one, or where nothing can be read."""
    try:
        made: dict[str, Any] | None = snapshot.get_built(NAME)
    except DatabaseError:
        # The page that says something went wrong still shows where to get help.
        made = snapshot.last_seen().made.get(NAME)
    return made or _before_the_first()


@cache
def _before_the_first() -> dict[str, object]:
    # Models name the parts of the site, so they can be read only once this module is.
    from campaign.models import Brand, HelpLine
    from campaign.models.settings import DEFAULT_SITE

    brand = Brand().for_furniture()
    laid = initial_content.initial_data("help_lines")
    lines = [HelpLine(**initial_content.model_fields(line)).for_furniture() for line in laid]
    return {"brand": brand, "menu": [], "footer": [], "help_lines": lines, "exit_url": DEFAULT_SITE, "pages": {}}


def _link(link: dict[str, str]) -> dict[str, str]:
    """A link in the language of the page; one that has no words in it says that they are English."""
    # The parts of the site that code names are in the catalogue.
    title = (link.get("cy") or _(link["title"])) if _is_welsh() else link["title"]
    is_english = _is_welsh() and title == link["title"]
    return {"title": title, "url": addresses.path_in_language(link["url"]), "lang": ENGLISH if is_english else ""}


def _is_welsh() -> bool:
    return get_language() == "cy"


def _at_the_request(line: Line, at: datetime) -> Line:
    welsh = (line.get("cy") or {}) if _is_welsh() else {}
    is_whole = bool(welsh.get("about") and welsh.get("hours"))
    words = {"adults": _("For adults"), "under-18": _("For under 18s")}
    return {
        **(line | welsh if is_whole else line),
        "lang": ENGLISH if _is_welsh() and not is_whole else "",
        "audience": words.get(line["audience"], ""),
        "audience_code": line["audience"],
        # As somebody would copy it from a page that keeps them where they are.
        "address": line["url"].removeprefix("https://").rstrip("/"),
        "open_now": help_lines.open_now(line, at),
    }


def site_parts() -> list[tuple[str, StrPromise]]:
    return [(path, gettext_lazy(part["title"])) for path, part in PARTS.items() if "in_no_menu" not in part]


def site_description() -> str:
    """The site in a sentence, where a page has few words of its own."""
    return _("People tell, without their names, how the police handled a report of intimate image abuse.")
