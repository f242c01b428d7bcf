"""Every public address with every header that a browser must be told."""

import pytest
from django.core.management import call_command
from django.templatetags.static import static
from wagtail.models import Page

from stories.reading.export import requests
from stories.reading.export.fields import RECORDS
from tests import factories
from tests.site.heard import addresses

pytestmark = pytest.mark.django_db
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
ALWAYS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}
NEVER = ("Set-Cookie", "Server", "X-Powered-By", "Access-Control-Allow-Origin", "Last-Modified", "Onion-Location")
# Open data is there for scripts of other sites too; nothing else is.
FOR_EVERYBODY = {
    *("/stories.json", "/stories.csv", "/stories.atom", "/what-we-hear/forces.csv"),
    *(requests.OPENAPI, requests.quarter_path(addresses.QUARTER)),
    *(f"/{name}.{kind}" for name in RECORDS for kind in ("csv", "json")),
}
OPEN = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
WHERE = [*addresses.public_paths(), *addresses.ERRORS]
# A style, a script, a font and a picture are parts of a page, and the page's own policies hold for them.
FOR_A_PART = {
    name: ALWAYS[name]
    for name in (
        "Strict-Transport-Security",
        "X-Content-Type-Options",
        "Cross-Origin-Resource-Policy",
        "Referrer-Policy",
    )
}
PAGES = [where for where in WHERE if where != "a static file"]


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return addresses.gathered(lambda: {name: addresses.ask(name) for name in WHERE})


def policy_of(response):
    parts = response.headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


@pytest.mark.parametrize("route", addresses.routes())
def test_address_with_a_gap_has_an_example(route):
    assert route in addresses.EXAMPLES or not set("<(") & set(route)


@pytest.mark.full
@pytest.mark.parametrize(("header", "value"), ALWAYS.items())
@pytest.mark.parametrize("where", PAGES)
def test_public_answer_carries_header(answers, where, header, value):
    opened = OPEN if where in FOR_EVERYBODY else {}
    assert answers[where].headers[header] == opened.get(header, value)


@pytest.mark.parametrize("where", PAGES)
def test_public_answer_carries_the_content_policy_and_nothing_looser(answers, where):
    assert policy_of(answers[where]) == POLICY


@pytest.mark.parametrize("where", PAGES)
def test_public_answer_turns_every_feature_off(answers, where):
    features = answers[where].headers["Permissions-Policy"].split(", ")

    assert len(features) > 30
    assert all(feature.endswith("=()") for feature in features)


@pytest.mark.parametrize("header", NEVER)
@pytest.mark.parametrize("where", PAGES)
def test_public_answer_lacks_header(answers, where, header):
    opened = OPEN if where in FOR_EVERYBODY else {}
    assert answers[where].headers.get(header) == opened.get(header)


@pytest.mark.parametrize("where", WHERE)
def test_public_answer_sets_no_cookie_and_does_not_depend_on_one(answers, where):
    assert not answers[where].cookies
    assert "cookie" not in answers[where].headers.get("Vary", "").lower()


@pytest.mark.parametrize("where", WHERE)
def test_public_answer_is_kept_by_nobody_where_words_or_errors_stand(answers, where):
    response = answers[where]
    control = response.headers["Cache-Control"]
    quiet = where.removeprefix("/cy").startswith(("/tell/", "/return/", "/take-down/", "/leave/", "/healthz"))

    if quiet or response.status_code >= 400 or where in addresses.ERRORS and addresses.ERRORS[where][0] != "GET":
        assert control == "no-store"
    elif where == "a static file":
        assert "public" in control
    else:
        assert control.startswith("public, max-age=")


def test_view_of_the_telling_pages_that_forgets_it_is_kept_by_nobody_all_the_same(db, settings):
    settings.ROOT_URLCONF = "tests.site.heard.raising"

    assert addresses.ask("/tell/forgets/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("where", addresses.public_paths())
def test_public_address_answers(answers, where):
    # Leaving leads off the site, and nothing else does.
    assert answers[where].status_code == (303 if where == "/leave/" else 200)


def test_every_page_that_a_site_begins_with_carries_the_policy(db):
    addresses.lay()
    urls = [page.url for page in Page.objects.live().filter(depth__gt=1)]

    assert len(urls) > 8
    assert {url for url in urls if policy_of(addresses.ask(url)) != POLICY} == set()


# --- The onion ------------------------------------------------------------------------------


@pytest.fixture
def onion(settings):
    settings.ONION_HOST = "heardexample.onion"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, settings.ONION_HOST]
    return settings.ONION_HOST


def test_page_on_the_clear_web_names_its_onion_address(db, onion):
    response = addresses.ask("/stories/?year=2024")

    assert response.headers["Onion-Location"] == "http://heardexample.onion/stories/?year=2024"


def test_file_and_error_name_no_onion_address(db, onion):
    assert "Onion-Location" not in addresses.ask("/robots.txt").headers
    assert "Onion-Location" not in addresses.ask("/no-such-page/").headers


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_onion_is_neither_forced_to_https_nor_named_to_itself(db, onion, scheme):
    response = addresses.client().get("/stories/", HTTP_HOST=onion, **{"wsgi.url_scheme": scheme})

    assert response.status_code == 200
    assert "Strict-Transport-Security" not in response.headers
    assert "Onion-Location" not in response.headers


def test_demo_on_plain_http_does_not_force_https(db, settings):
    settings.SECURE_HSTS_SECONDS = 0

    assert "Strict-Transport-Security" not in addresses.ask("/stories/").headers


def test_https_is_forced_behind_a_proxy_that_says_nothing_of_it(db):
    response = addresses.client().get("/stories/", **{"wsgi.url_scheme": "http"})

    assert response.headers["Strict-Transport-Security"].startswith("max-age=63072000")


# --- The admin and its previews -------------------------------------------------------------

ADMIN = {
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": ALWAYS["Strict-Transport-Security"],
}


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/pages/", "/admin/no-such/", "/admin/sprite/"])
def test_admin_page_carries_the_admins_own_headers(alice, path):
    response = factories.client_of(alice).get(path)

    assert {name: response.headers.get(name) for name in ADMIN} == ADMIN
    assert "Onion-Location" not in response.headers


def test_admin_policy_keeps_scripts_and_frames_at_home(alice):
    policy = policy_of(factories.client_of(alice).get("/admin/"))

    assert policy["default-src"] == policy["script-src"] == policy["frame-ancestors"] == "'self'"
    assert policy["base-uri"] == policy["object-src"] == "'none'"


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/queue/", "/admin/vault/", "/admin/stories/"])
def test_no_script_in_the_page_runs_where_an_accounts_words_may_stand(alice, path):
    assert policy_of(factories.client_of(alice).get(path))["script-src"] == "'self'"


@pytest.mark.parametrize(
    "path",
    ["/admin/pages/", "/admin/reports/site-history/", "/admin/snippets/", "/admin/settings/x/", "/admin/redirects/"],
)
def test_wagtails_date_fields_may_start_on_the_editors_screens(alice, path):
    assert policy_of(factories.client_of(alice).get(path))["script-src"] == "'self' 'unsafe-inline'"


@pytest.fixture
def preview(db):
    addresses.lay()
    editor = factories.person("edith", is_superuser=True)
    home = Page.objects.get(depth=2)
    return factories.client_of(editor, unlocked=False).get(f"/admin/pages/{home.pk}/view_draft/")


def test_preview_shows_what_the_public_gets_inside_the_editors_frame(preview):
    policy = policy_of(preview)

    assert preview.status_code == 200
    assert policy == POLICY | {"frame-ancestors": "'self'"}
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert preview.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert preview.headers["Cross-Origin-Embedder-Policy"] == "require-corp"


def test_preview_is_kept_by_nobody(preview):
    assert preview.headers["Cache-Control"] == "no-store"
    assert "ETag" not in preview.headers


# --- Static files ---------------------------------------------------------------------------


@pytest.fixture
def gathered(tmp_path, settings, db):
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "heard.storage.StaticFilesStorage"}}
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.mark.parametrize(
    "path", ["css/base.css", "js/exit.js", "fonts/atkinson-hyperlegible-next-core.woff2", "img/favicon.svg"]
)
def test_part_of_a_page_is_kept_for_good_and_carries_what_holds_for_it_alone(gathered, path):
    response = addresses.ask(static(path))

    assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert {name: response.headers.get(name) for name in FOR_A_PART} == FOR_A_PART
    for name in (*(ALWAYS.keys() - FOR_A_PART.keys()), "Content-Security-Policy", "Permissions-Policy"):
        assert name not in response.headers
    for name in ("ETag", "Last-Modified", "Access-Control-Allow-Origin", "Set-Cookie"):
        assert name not in response.headers


def test_file_that_is_not_there_is_answered_with_a_page(gathered):
    assert policy_of(addresses.ask("/static/css/no-such.css")) == POLICY
