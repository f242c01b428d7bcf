"""The page cache keeps what everyone may see, and nothing else."""

import pytest
from django.core.cache import caches
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from campaign import site_chrome
from heard import start
from heard.middleware import page_cache
from stories.core import snapshot, takedown
from tests import factories
from tests.site.heard import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return factories.live_story()


@pytest.fixture
def kept():
    """The names under which pages are kept."""
    return caches["pages"]._cache


def answer(response, request=None):
    """What the cache makes of a view that answers with `response`."""
    request = request or RequestFactory().get("/stories/", headers={"host": addresses.HOST})
    return page_cache.PageCacheMiddleware(lambda request: response)(request)


def test_hit_asks_the_database_for_the_edition_alone(story):
    first = addresses.ask("/stories/")
    snapshot.forget_snapshot()

    with CaptureQueriesContext(connection) as queries:
        second = addresses.ask("/stories/")

    assert second.content == first.content
    assert [query["sql"].split('"')[1] for query in queries] == ["stories_edition"]


def test_page_of_the_news_is_kept_where_there_is_one(kept):
    for path, is_kept in {"/news/?page=2": 0, "/privacy/?page=1": 0, "/news/?page=1": 1}.items():
        addresses.ask(path)
        assert len(kept) == is_kept, path


def test_page_is_kept_a_minute_at_most_and_a_help_line_that_opens_shows_at_once(story, kept, monkeypatch):
    addresses.ask("/stories/")
    monkeypatch.setattr(site_chrome, "open_lines", lambda at: "another")
    addresses.ask("/stories/")
    assert len(kept) == 2

    asked = []
    monkeypatch.setattr(caches["pages"], "set", lambda name, page, seconds: asked.append(seconds))
    addresses.ask("/forces/")
    assert asked == [60]


NEVER_KEPT = (
    *("/tell/", "/tell/form/", "/return/", "/take-down/", "/leave/", "/cy/tell/form/", "/healthz", "/admin/login/"),
    *("/no-such-page/", "/stories/0123456789ab/", "/stories?year=2024", "/stories/?q=somebody", "/stories/?year=1066"),
    *("/stories/?year=2024&year2=1", "/stories/?" + "&".join(["year=2024"] * 30), "/static/css/base.css"),
)


def test_page_is_not_kept(story, kept):
    for path in NEVER_KEPT:
        addresses.ask(path)
        assert kept == {}, path

    addresses.client().post("/stories/")
    assert kept == {}


MARKED = ({"Cache-Control": "no-store"}, {"Cache-Control": "private"}, {"Vary": "Cookie"})


def test_answer_is_not_kept_and_goes_out_as_it_is(kept):
    with_a_cookie, file = HttpResponse("x"), HttpResponse("x", content_type="application/zip")
    with_a_cookie.set_cookie("seen", "1")
    others = (with_a_cookie, file, HttpResponse("x" * (page_cache.MOST_BYTES + 1)), StreamingHttpResponse(["x"]))
    by_status = (HttpResponse("x", status=410), HttpResponse("x", status=302, headers={"Location": "/"}))
    for response in (*(HttpResponse("x", headers=each) for each in MARKED), *by_status, *others):
        assert answer(response) is response
        assert kept == {}
        assert "ETag" not in response.headers


def test_view_that_forgets_to_say_so_is_not_kept_where_words_or_people_are(kept):
    for path, marks in (("/tell/", {}), ("/admin/", {}), ("/stories/", {"is_dummy": True}), ("/cy/return/", {})):
        request = RequestFactory().get(path, headers={"host": addresses.HOST})
        vars(request).update(marks)
        response = HttpResponse("x")

        assert answer(response, request) is response, path
        assert kept == {}, path


def test_onion_and_clear_web_are_kept_apart(story, kept, settings):
    settings.ONION_HOST = "heardexample.onion"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "heardexample.onion"]

    addresses.ask("/stories/")
    addresses.client().get("/stories/", headers={"host": "heardexample.onion"})

    assert len(kept) == 2


def test_cookies_make_no_difference_and_a_foreign_host_gets_no_kept_page(story, kept):
    plain = addresses.ask("/stories/")

    dressed = addresses.ask("/stories/", cookie="heard_admin=abc", authorization="Basic abc")
    foreign = addresses.client().get("/stories/", headers={"host": "elsewhere.example"})

    assert dressed.content == plain.content
    assert foreign.status_code == 400
    assert len(kept) == 1


def test_pages_of_an_edition_that_is_over_are_out_of_this_process(story, kept):
    addresses.ask(story.get_absolute_url())
    addresses.ask("/stories/")
    assert len(kept) == 2

    takedown.hide_story(story)
    snapshot.forget_snapshot()
    addresses.ask("/forces/")

    assert len(kept) == 1


def test_without_a_database_stories_end_after_two_seconds_and_pages_of_need_go_on(away, clock):
    story = factories.live_story(consent_quote=True)
    words = ["/", "/stories/", story.get_absolute_url(), "/forces/kent/", "/cy/stories/", "/learning/", "/wall/"]
    without = ["/get-help/", "/the-law/", "/privacy/", "/cy/get-help/", "/your-rights/"]
    for path in (*words, *without, "/privacy/?page=1"):
        addresses.ask(path)

    away(0)
    assert [addresses.ask(path).status_code for path in (*words, *without)] == [200] * 12
    away(2)
    for path in (*words, "/privacy/?page=1", "/accessibility/", "/search/?q=heron"):
        response = addresses.ask(path)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "180"), path
        assert b"come back in a few minutes" in response.content or path.startswith("/cy/"), path
    assert [addresses.ask(path).status_code for path in without] == [200] * 5

    for seconds, status in ((3000, 200), (601, 503)):
        clock.shift(seconds)
        assert addresses.ask("/privacy/").status_code == status, seconds


def test_page_that_may_go_on_is_made_anew_after_a_minute_all_the_same(clock, kept):
    addresses.ask("/privacy/")
    before = [*kept.values()]
    clock.shift(61)

    addresses.ask("/privacy/")

    assert [*kept.values()] != before


def test_each_release_keeps_its_own_pages(settings, kept):
    addresses.ask("/privacy/")
    settings.VERSION = "another"
    addresses.ask("/privacy/")

    assert len(kept) == 2


def test_new_process_makes_its_first_pages_before_anybody_asks(client, monkeypatch, django_assert_num_queries):
    for each in ("close", "close_if_unusable_or_obsolete"):
        monkeypatch.setattr(start.connections["default"], each, lambda: None)

    start.make_first_pages(get_wsgi_application())

    for path in ("/", "/stories/"):
        with django_assert_num_queries(0):
            assert client.get(path, secure=True, headers={"host": "heard.example"}).status_code == 200
