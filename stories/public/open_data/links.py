"""Where the files stand, and the links in them: permanent ones to stories, and those that page through a list."""

from django.conf import settings
from django.http import HttpRequest

from stories import addresses

PAGE = "/open-data/"
JSON, CSV, ATOM = "/stories.json", "/stories.csv", "/stories.atom"
# Of what forces said and were asked, of asks and of offences: each whole.
RECORD = "/{name}.{kind}"
OPENAPI = "/open-data/openapi.json"


def of_story(slug: str) -> str:
    """A story's permanent link, the same wherever somebody reads it."""
    return f"{settings.BASE_URL}/stories/{slug}/"


def terms() -> str:
    """Where it is said how the words of a story may be used."""
    return f"{settings.BASE_URL}{PAGE}#words"


def dictionary(name: str) -> str:
    """Where a field is explained."""
    return f"{settings.BASE_URL}{PAGE}#field-{name}"


def of_package(quarter: str) -> str:
    """Where the zip of a quarter such as 2026-Q4 stands."""
    return f"{PAGE}heard-{quarter.lower()}.zip"


def of_record(name: str, kind: str) -> str:
    """Where a file of records stands: “responses” as “csv”."""
    return RECORD.format(name=name, kind=kind)


def here(request: HttpRequest) -> str:
    """The beginning of a link that leads on: whoever reads on the onion stays there."""
    return f"http://{settings.ONION_HOST}" if addresses.is_onion(request) else settings.BASE_URL
