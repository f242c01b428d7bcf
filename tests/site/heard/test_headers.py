"""Every public address with every header that a browser must be told."""

import pytest
from django.templatetags.static import static
from wagtail.models import Page

from stories.reading.export import requests
from stories.reading.export.fields import RECORDS
from tests import factories
from tests.site.heard import addresses

pytestmark = pytest.mark.django_db
SELF = ("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action")
POLICY = dict.fromkeys(("default-src", "base-uri", "frame-ancestors"), "'none'") | dict.fromkeys(SELF, "'self'")
ALWAYS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}
QUIET = ("/tell/", "/return/", "/take-down/", "/leave/", "/healthz")
NEVER = ("Set-Cookie", "Server", "X-Powered-By", "Access-Control-Allow-Origin", "Last-Modified", "Onion-Location")
# Open data is there for scripts of other sites too; nothing else is.
FOR_EVERYBODY = {
    *("/stories.json", "/stories.csv", "/stories.atom"),
    *(f"/what-we-hear/forces.{kind}" for kind in ("csv", "png", "svg")),
    *(requests.OPENAPI, requests.quarter_path(addresses.QUARTER)),
    *(f"/{name}.{kind}" for name in RECORDS for kind in ("csv", "json")),
}
OPEN = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
WHERE = [*addresses.public_paths(), *addresses.ERRORS]
# A style, a script, a font and a picture are parts of a page, and the page's own policies hold for them.
OF_A_PART = ("Strict-Transport-Security", "X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Referrer-Policy")
FOR_A_PART = {name: ALWAYS[name] for name in OF_A_PART}
PAGES = [where for where in WHERE if where != "a static file"]


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return addresses.gathered(lambda: {name: addresses.ask(name) for name in WHERE})


def policy_of(response):
    parts = response.headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


def test_every_public_answer_carries_each_header_and_nothing_looser(answers):
    for where in PAGES:
        headers = answers[where].headers
        features = headers["Permissions-Policy"].split(", ")

        wanted = ALWAYS | dict.fromkeys(NEVER) | (OPEN if where in FOR_EVERYBODY else {})
        assert {name: headers.get(name) for name in wanted} == wanted, where
        assert policy_of(answers[where]) == POLICY, where
        assert len(features) > 30, where
        assert all(feature.endswith("=()") for feature in features), where


def test_answer_needs_no_cookie_and_is_kept_by_nobody_where_words_or_errors_stand(answers, settings):
    for where, answer in answers.items():
        control, quiet = answer.headers["Cache-Control"], where.removeprefix("/cy").startswith(QUIET)
        is_wrong = answer.status_code >= 400 or addresses.ERRORS.get(where, ("GET",))[0] != "GET"
        begins = "public" if where == "a static file" else "public, max-age="

        assert control == "no-store" if quiet or is_wrong else begins in control, where
        assert not answer.cookies, where
        assert "cookie" not in answer.headers.get("Vary", "").lower(), where
    # Nor is one of a telling page whose view forgets to say so.
    settings.ROOT_URLCONF = "tests.site.heard.raising"
    assert addresses.ask("/tell/forgets/").headers["Cache-Control"] == "no-store"


def test_every_public_address_answers_and_one_with_a_gap_by_its_example(answers):
    assert [route for route in addresses.routes() if set("<(") & set(route) and route not in addresses.EXAMPLES] == []
    told = {where: answers[where].status_code for where in addresses.public_paths()}
    # Leaving leads off the site, and nothing else does; three pages have moved.
    moved = {"/actions/": 302, "/for-press/heard-press-kit.zip": 302, "/leave/": 303}
    moved |= {"/tell/somewhere-else/": 301, "/what-should-change/": 301}
    assert {where: code for where, code in told.items() if code != 200} == moved


@pytest.fixture
def onion(settings):
    settings.ONION_HOST = "heardexample.onion"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, settings.ONION_HOST]
    return settings.ONION_HOST


def test_page_on_the_clear_web_names_its_onion_address_and_a_file_or_an_error_none(onion):
    told = {path: addresses.ask(path).headers for path in ("/stories/?year=2024", "/robots.txt", "/no-such-page/")}

    names = {path: headers["Onion-Location"] for path, headers in told.items() if "Onion-Location" in headers}
    assert names == {"/stories/?year=2024": "http://heardexample.onion/stories/?year=2024"}


def test_https_is_forced_but_on_the_onion_and_in_the_demo(onion, settings):
    for scheme in ("http", "https"):
        response = addresses.client().get("/stories/", HTTP_HOST=onion, **{"wsgi.url_scheme": scheme})

        assert response.status_code == 200
        assert not {"Strict-Transport-Security", "Onion-Location"} & {*response.headers}
    behind = addresses.client().get("/stories/", **{"wsgi.url_scheme": "http"})
    assert behind.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    settings.SECURE_HSTS_SECONDS = 0
    assert "Strict-Transport-Security" not in addresses.ask("/stories/").headers


ADMIN = {
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": ALWAYS["Strict-Transport-Security"],
}


# Where an account's words may stand no script in the page runs; on the editors' screens Wagtail's date fields start.
ROOMS = ("", "login/", "queue/", "vault/", "stories/", "no-such/", "sprite/")
EDITORS = ("pages/", "reports/site-history/", "snippets/", "settings/x/", "redirects/")


def test_every_screen_of_the_admin_carries_its_own_headers_and_keeps_scripts_at_home(alice):
    browser = factories.client_of(alice)
    for path in (*ROOMS, *EDITORS):
        response = browser.get(f"/admin/{path}")
        policy = policy_of(response)

        assert {name: response.headers.get(name) for name in ADMIN} == ADMIN, path
        assert "Onion-Location" not in response.headers, path
        assert policy["script-src"] == ("'self' 'unsafe-inline'" if path in EDITORS else "'self'"), path
        assert policy["default-src"] == policy["frame-ancestors"] == "'self'", path
        assert policy["base-uri"] == policy["object-src"] == "'none'", path


def test_preview_shows_what_the_public_gets_inside_the_editors_frame():
    addresses.lay()
    editor = factories.client_of(factories.person("edith", is_superuser=True), unlocked=False)
    preview = editor.get(f"/admin/pages/{Page.objects.get(depth=2).pk}/view_draft/")
    policy = policy_of(preview)

    wanted = {"X-Frame-Options": "SAMEORIGIN", "Cross-Origin-Resource-Policy": "same-origin", "ETag": None}
    wanted |= {"Cross-Origin-Embedder-Policy": "require-corp", "Cache-Control": "no-store"}
    assert preview.status_code == 200
    assert policy == POLICY | {"frame-ancestors": "'self'"}
    assert {name: preview.headers.get(name) for name in wanted} == wanted


PARTS = ("css/base.css", "js/exit.js", "fonts/atkinson-hyperlegible-next-core.woff2", "img/favicon.svg")


def test_part_of_a_page_is_kept_for_good_with_what_holds_for_it_alone(tmp_path, settings):
    addresses.collect_static(settings, tmp_path)
    wanted = FOR_A_PART | {"Cache-Control": "max-age=315360000, public, immutable"}
    of_pages = (*(ALWAYS.keys() - FOR_A_PART.keys()), "Content-Security-Policy", "Permissions-Policy", "ETag", *NEVER)
    for path in PARTS:
        headers = addresses.ask(static(path)).headers

        assert {name: headers.get(name) for name in wanted} == wanted, path
        assert [name for name in of_pages if name in headers] == [], path
    assert policy_of(addresses.ask("/static/css/no-such.css")) == POLICY
