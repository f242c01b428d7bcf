"""The addresses of the files, and how what is in them may be used.

Facts and figures are under an open licence; the words of stories are under our own terms.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stories.core import addresses
from stories.figures import counts

PAGE = "/open-data/"
JSON, CSV, ATOM = "/stories.json", "/stories.csv", "/stories.atom"
OPENAPI = "/open-data/openapi.json"


@dataclass(frozen=True)
class Licence:
    """`name` is the short one that machines know; empty where there is none."""

    name: str
    title: str
    url: str


# Why this one, and not the Open Government Licence: docs/adr/0011-what-can-be-taken-away.md.
FACTS = Licence(
    "CC-BY-4.0", "Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"
)


def story_licence() -> Licence:
    """The terms for a story's own words."""
    return Licence("", _("The words of stories: quote with the link, where the contributor agreed"), _words_url())


def story_terms() -> str:
    """All of the terms that the row of one story can carry."""
    said = _("Quote its words only where the story’s page says that you may, and with the link: %(url)s") % {
        "url": _words_url()
    }
    return f"{counts.caution_words()} {said}"


def record_terms() -> str:
    """The terms in the row of a response, a letter, an ask or an offence, none of which is about one person."""
    return attribution_words(_("answers, asks and the law"))


def figure_terms() -> str:
    """The terms in the row of one number."""
    return f"{counts.caution_words()} {attribution_words(_('figures'))}"


def attribution_words(what: str) -> str:
    """How to name the source of `what`, such as the figures of a quarter."""
    return f"Heard, {what}, {settings.BASE_URL}{PAGE}, CC BY 4.0"


def story_url(slug: str) -> str:
    """A story's permanent link, the same wherever somebody reads it."""
    return f"{settings.BASE_URL}/stories/{slug}/"


def field_url(name: str) -> str:
    """The place on the page of open data that explains a field."""
    return f"{settings.BASE_URL}{PAGE}#field-{name}"


def quarter_path(quarter: str) -> str:
    """The path of the zip of a quarter such as 2026-Q4."""
    return f"{PAGE}heard-{quarter.lower()}.zip"


def record_path(name: str, kind: str) -> str:
    """The path of a file of records: “responses” as “csv”."""
    return f"/{name}.{kind}"


def base_url(request: HttpRequest) -> str:
    """The beginning of a link that leads on: a reader on the onion stays there."""
    return f"http://{settings.ONION_HOST}" if addresses.is_onion(request) else settings.BASE_URL


def _words_url() -> str:
    return f"{settings.BASE_URL}{PAGE}#words"
