"""Every page gets what the HTTP Observatory's scanner gives at most to a site without cookies, and A+ it is."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from tests.site.checks import observatory
from tests.site.heard import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.full]
GATHERED = {"BACKEND": "heard.storage.StaticFilesStorage"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory, django_db_setup, django_db_blocker):
    """Every public page, with static files gathered as in production, so that scripts have their hashes."""
    with (
        override_settings(
            STATIC_ROOT=tmp_path_factory.mktemp("static"),
            WHITENOISE_AUTOREFRESH=False,
            WHITENOISE_USE_FINDERS=False,
            STORAGES=settings.STORAGES | {"staticfiles": GATHERED},
        ),
        django_db_blocker.unblock(),
    ):
        call_command("collectstatic", verbosity=0, interactive=False)
        answers = addresses.gathered(lambda: {path: addresses.ask(path) for path in addresses.public_paths()})
    return {path: _read(each) for path, each in answers.items() if each.headers["Content-Type"].startswith("text/html")}


def test_every_page_gets_the_most_that_a_site_without_cookies_can(pages):
    # A page with no script has none to seal, for which there are five.
    most = {path: observatory.MOST - 5 * ("<script" not in page.text) for path, page in pages.items()}

    assert {path: observatory.score(page) for path, page in pages.items()} == most
    assert most["/"] == observatory.MOST


@pytest.mark.parametrize(
    ("header", "instead", "points"),
    [
        ("Content-Security-Policy", "", -40),
        ("Content-Security-Policy", "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'", -30),
        ("Content-Security-Policy", "default-src 'none'", -5),
        ("Strict-Transport-Security", "max-age=3600", -10),
        ("Referrer-Policy", "unsafe-url", -10),
        ("X-Content-Type-Options", "", -5),
        ("Cross-Origin-Resource-Policy", "cross-origin", -10),
    ],
)
def test_what_is_looser_costs_what_the_scanner_takes(pages, header, instead, points):
    first = pages["/"]
    looser = SimpleNamespace(headers=dict(first.headers) | {header: instead}, cookies=first.cookies, text=first.text)

    assert observatory.score(looser) == observatory.MOST + points


def _read(response):
    return SimpleNamespace(headers=response.headers, cookies=response.cookies, text=response.content.decode())
