"""The addresses of the files, and how what is in them may be used.

Facts and figures are under an open licence; the words of stories are under our own terms.
"""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stories.core import addresses
from stories.figures import counts

PAGE = "/open-data/"
JSON, CSV, ATOM = "/stories.json", "/stories.csv", "/stories.atom"
OPENAPI = "/open-data/openapi.json"
# A licence's `name` is the short one that machines know; empty where there is none.
Licence = dict[str, str]
# Why this one, and not the Open Government Licence: docs/adr/0011-what-can-be-taken-away.md.
FACTS: Licence = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "url": "https://creativecommons.org/licenses/by/4.0/",
}


def story_licence() -> Licence:
    """The terms for a story's own words."""
    title = _("The words of stories: quote with the link, where the contributor agreed")
    return {"name": "", "title": title, "url": f"{settings.BASE_URL}{PAGE}#words"}


def story_terms() -> str:
    """All of the terms that the row of one story can carry."""
    said = _("Quote its words only where the story’s page says that you may, and with the link: %(url)s")
    return f"{counts.caution_words()} {said % story_licence()}"


def figure_terms() -> str:
    """The terms in the row of one number."""
    return f"{counts.caution_words()} {attribution_words(_('figures'))}"


def attribution_words(what: str) -> str:
    """The words that name the source of `what`, such as the figures of a quarter."""
    return f"Heard, {what}, {settings.BASE_URL}{PAGE}, CC BY 4.0"


def story_url(slug: str) -> str:
    """A story's permanent link, the same wherever somebody reads it."""
    return f"{settings.BASE_URL}/stories/{slug}/"


def quarter_path(quarter: str) -> str:
    """The path of the zip of a quarter such as 2026-Q4."""
    return f"{PAGE}heard-{quarter.lower()}.zip"


def base_url(request: HttpRequest) -> str:
    """The beginning of a link that leads on: a reader on the onion stays there."""
    return f"http://{settings.ONION_HOST}" if addresses.is_onion(request) else settings.BASE_URL
