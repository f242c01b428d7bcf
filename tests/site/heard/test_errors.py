"""Whatever goes wrong, there is a page in the site's look, and what somebody typed stands on it."""

import html
import importlib
import pkgutil
import re
from unittest.mock import Mock

import pytest
from django import forms
from django.db import OperationalError
from django.template import TemplateSyntaxError

import moderation.forms
from heard import errors
from tests import factories
from tests.site.heard import addresses, raising

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
WORDS = 'I rang 101.\r\n\r\n"Nobody" <called> me & it was 3 weeks.'
KEPT = 'I rang 101.\n\n"Nobody" <called> me & it was 3 weeks.'
# Each way that a request can fail: where, the status, and the reader's heading.
WAYS = {
    "/tell/suspects/": (400, "We could not read that"),
    "/tell/forbids/": (403, "That did not come through"),
    "/tell/checks/": (403, "That did not come through"),
    "/tell/no-such-page/": (404, "There is no page here"),
    "/tell/allows-nothing/": (405, "This page only opens, it takes nothing in"),
    "/tell/is-gone/": (410, "This is no longer here"),
    "/tell/fails/": (500, "Something went wrong on our side"),
    "/tell/database-fails/": (503, "This page has to wait"),
}


@pytest.fixture(autouse=True)
def _ways(settings):
    settings.ROOT_URLCONF = "tests.site.heard.raising"


def browser(path):
    """A browser; where the CSRF check is the way to fail, with the check on."""
    client = addresses.client()
    client.handler.enforce_csrf_checks = path == "/tell/checks/"
    return client


def words_on(response):
    """What the boxes of a page hold, as a browser reads them."""
    found = re.findall(r"<textarea[^>]*>\n?(.*?)</textarea>", response.content.decode(), re.S)
    return [html.unescape(text) for text in found]


def test_error_has_its_status_its_page_and_the_words_and_tells_no_secret():
    for path, (status, heading) in WAYS.items():
        typed = {"account": WORDS, "well": "The call taker was kind.", "code": "7K3M-9QZX-0TVA-W2HE"}
        response = browser(path).post(path, typed)
        page = response.content.decode()

        assert response.status_code == status, path
        for piece in (f"<h1>{heading}</h1>", 'id="exit"', 'class="helplines'):
            assert piece in page, path
        assert words_on(response) == [KEPT, "The call taker was kind."], path
        assert response.headers["Cache-Control"] == "no-store", path
        assert not any(secret in page for secret in ("7K3M", "canary")), path
        assert 'method="post"' not in browser(path).post(path).content.decode(), path
        assert "<textarea" not in browser(path).get(path, typed).content.decode(), path


def test_words_go_on_from_the_page_that_gave_them_back_and_past_a_lost_slash(queue_key):
    page = addresses.client().post("/tell/no-such-page/", {"account": WORDS}).content.decode()
    action = re.search(r'<form[^>]*method="post" action="([^"]*)"', page)[1]

    response = addresses.client().post(action, {"account": WORDS, "step": "check"})
    lost = addresses.client().post("/tell/reads", {"account": WORDS}, follow=True)

    assert (action, response.status_code) == ("/tell/form/", 200)
    assert KEPT in words_on(response)
    assert lost.redirect_chain == [("/tell/reads/", 308)]
    assert lost.content.decode() == WORDS


def test_too_many_fields_or_words_and_a_foreign_host_give_the_words_back(settings):
    fields = {f"extra-{number}": "x" for number in range(1001)} | {"account": WORDS}
    many = browser("/").post("/tell/reads/", fields)
    foreign = addresses.client().post("/tell/reads/", {"account": WORDS}, headers={"host": "elsewhere.example"})
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000
    long = browser("/").post("/tell/reads/", f"account={'word+' * 600}", content_type=FORM)

    assert [response.status_code for response in (many, foreign, long)] == [400, 400, 413]
    assert words_on(many) == words_on(foreign) == [KEPT]
    assert words_on(long)[0].split() == ["word"] * 600


def test_error_page_holds_without_a_database_a_template_or_words_that_can_be_read(monkeypatch):
    with monkeypatch.context() as patch:
        down = Mock(side_effect=OperationalError(raising.MESSAGES))
        patch.setattr("django.db.backends.utils.CursorWrapper.execute", down)
        response = browser("/").post("/tell/fails/", {"account": WORDS})
    assert (response.status_code, words_on(response)) == (500, [KEPT])
    assert "Samaritans" in response.content.decode()

    broken = Mock(side_effect=TemplateSyntaxError("broken"))
    monkeypatch.setattr(errors, "render_to_string", broken)

    for path in ("/tell/fails/", "/tell/no-such-page/", "/tell/suspects/"):
        response = browser("/").post(path, {"account": WORDS})

        assert response.status_code == WAYS[path][0], path
        assert words_on(response) == [KEPT], path
        assert "class=" not in response.content.decode(), path
    monkeypatch.setattr("stories.intake.public_form.given_back", broken)
    assert browser("/").post("/tell/fails/", {"account": WORDS}).status_code == 500


def test_page_that_is_not_there_leads_on_but_beside_the_telling(settings):
    settings.ROOT_URLCONF = "heard.urls"
    for path, leads_on in {"/no-such-page/": True, "/cy/no-such-page/": True, "/tell/no-such-page/": False}.items():
        page = browser(path).get(path).content.decode()

        assert ('class="header__toggle"' in page) is leads_on, path
        assert 'name="robots" content="noindex"' in page, path
        assert "hreflang" not in page.split("<body")[0], path


def test_body_is_not_read_where_no_form_stands(settings, monkeypatch):
    settings.ROOT_URLCONF = "heard.urls"
    # Whoever reads it nevertheless has nothing that can be called.
    for reads in ("django.http.request.HttpRequest.read", "django.test.client.FakePayload.read"):
        monkeypatch.setattr(reads, None)
    for path, status in {"/nowhere.txt": 404, "/stories/": 405, "/healthz": 405}.items():
        response = addresses.client().post(path, b"account=" + b"\xff" * 1000, content_type=FORM)

        assert response.status_code == status, path
        assert "\xff" not in response.content.decode(), path
        assert words_on(response) == [], path


def test_moderators_form_open_too_long_gives_its_text_back_and_no_password(alice):
    client = factories.client_of(alice)
    client.handler.enforce_csrf_checks = True

    response = client.post("/admin/", {"text": WORDS, "password": "secret", "passphrase": factories.WORDS})
    assert (response.status_code, words_on(response)) == (403, [WORDS])
    for kept in ("secret", factories.WORDS):
        assert kept not in response.content.decode(), kept


def test_every_box_of_the_moderators_room_is_given_back():
    for module in pkgutil.walk_packages(moderation.forms.__path__, "moderation.forms."):
        importlib.import_module(module.name)
    ours = [form for form in _kinds_of(forms.BaseForm) if form.__module__.startswith("moderation.forms")]
    fields = [each for form in ours for each in form.base_fields.items()]
    boxes = {name for name, field in fields if isinstance(field.widget, forms.Textarea)}

    assert {"note", "message", "question"} <= boxes
    assert boxes - {*errors._MODERATORS_TEXTS} == set()


def _kinds_of(form):
    return {form, *(kind for below in form.__subclasses__() for kind in _kinds_of(below))}
