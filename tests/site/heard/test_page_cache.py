"""The page cache keeps what everyone may see, and nothing else; what it hands out is named by its content."""

import gzip

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
    story = factories.live_story()
    snapshot.invalidate()
    addresses.forget()
    return story


@pytest.fixture
def kept():
    """The names under which pages are kept."""
    return caches["pages"]._cache


def answer(response, request=None):
    """What the cache makes of a view that answers with `response`."""
    request = request or RequestFactory().get("/stories/", headers={"host": addresses.HOST})
    return page_cache.PageCacheMiddleware(lambda request: response)(request)


def test_page_is_kept_a_minute_and_a_help_line_that_opens_shows_at_once(story, kept, clock, monkeypatch):
    addresses.ask("/stories/")
    monkeypatch.setattr(site_chrome, "open_lines", lambda at: "another")
    addresses.ask("/stories/")
    assert len(kept) == 2

    # A page that may go on is made anew all the same.
    addresses.ask("/privacy/")
    before = {*kept.values()}
    clock.shift(61)
    addresses.ask("/privacy/")
    assert {*kept.values()} != before
    asked = []
    monkeypatch.setattr(caches["pages"], "set", lambda name, page, seconds: asked.append(seconds))
    addresses.ask("/forces/")
    assert asked == [60]


NEVER_KEPT = ("/tell/", "/tell/form/", "/return/", "/take-down/", "/leave/", "/cy/tell/form/", "/healthz")
NEVER_KEPT += ("/admin/login/", "/no-such-page/", "/stories/0123456789ab/", "/stories?year=2024")
NEVER_KEPT += ("/stories/?q=somebody", "/stories/?year=1066", "/news/?page=2", "/privacy/?page=1")
NEVER_KEPT += ("/stories/?year=2024&year2=1", "/stories/?" + "&".join(["year=2024"] * 30), "/static/css/base.css")


def test_page_is_not_kept(story, kept):
    for path in NEVER_KEPT:
        addresses.ask(path)
        assert kept == {}, path

    addresses.client().post("/stories/")
    assert kept == {}
    addresses.ask("/news/?page=1")
    assert len(kept) == 1


def test_answer_that_is_marked_or_of_people_is_not_kept_and_goes_out_as_it_is(kept):
    marked = ({"Cache-Control": "no-store"}, {"Cache-Control": "private"}, {"Vary": "Cookie"})
    with_a_cookie, file = HttpResponse("x"), HttpResponse("x", content_type="application/zip")
    with_a_cookie.set_cookie("seen", "1")
    others = (with_a_cookie, file, HttpResponse("x" * (page_cache.MOST_BYTES + 1)), StreamingHttpResponse(["x"]))
    by_status = (HttpResponse("x", status=410), HttpResponse("x", status=302, headers={"Location": "/"}))
    for response in (*(HttpResponse("x", headers=each) for each in marked), *by_status, *others):
        assert answer(response) is response
        assert kept == {}
        assert "ETag" not in response.headers
    # Where words or people are, a view may forget to say so.
    for path, marks in (("/tell/", {}), ("/admin/", {}), ("/stories/", {"is_dummy": True}), ("/cy/return/", {})):
        request = RequestFactory().get(path, headers={"host": addresses.HOST})
        vars(request).update(marks)
        response = HttpResponse("x")

        assert answer(response, request) is response, path
        assert kept == {}, path


def test_onion_and_each_release_keep_their_own_pages(story, kept, settings):
    settings.ONION_HOST = "heardexample.onion"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "heardexample.onion"]

    addresses.ask("/stories/")
    addresses.client().get("/stories/", headers={"host": "heardexample.onion"})
    assert len(kept) == 2
    settings.VERSION = "another"
    addresses.ask("/stories/")
    assert len(kept) == 3


def test_cookies_make_no_difference_and_a_foreign_host_gets_no_kept_page(story, kept):
    plain = addresses.ask("/stories/")
    snapshot.forget_snapshot()
    with CaptureQueriesContext(connection) as queries:
        assert addresses.ask("/stories/").content == plain.content
    assert [query["sql"].split('"')[1] for query in queries] == ["stories_edition"]

    dressed = addresses.ask("/stories/", cookie="heard_admin=abc", authorization="Basic abc")
    foreign = addresses.client().get("/stories/", headers={"host": "elsewhere.example"})

    assert dressed.content == plain.content
    assert foreign.status_code == 400
    assert len(kept) == 1
    addresses.ask(story.get_absolute_url())
    assert len(kept) == 2
    # Pages of an edition that is over are out of this process.
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


def test_new_process_makes_its_first_pages_before_anybody_asks(client, monkeypatch, django_assert_num_queries):
    for each in ("close", "close_if_unusable_or_obsolete"):
        monkeypatch.setattr(start.connections["default"], each, lambda: None)

    start.make_first_pages(get_wsgi_application())

    for path in ("/", "/stories/"):
        with django_assert_num_queries(0):
            assert client.get(path, secure=True, headers={"host": "heard.example"}).status_code == 200


def assert_packed(packed, plain):
    told = {name: packed.headers[name] for name in ("Content-Encoding", "Content-Length")}
    assert told == {"Content-Encoding": "gzip", "Content-Length": str(len(packed.content))}
    assert len(packed.content) < len(plain.content) / 2
    assert packed.content[4:8] == b"\0\0\0\0", "it tells when somebody came"


def test_browser_gets_it_compressed_without_a_time_and_under_a_strong_name(story):
    plain = addresses.ask("/stories/")
    packed = addresses.ask("/stories/", **{"accept-encoding": "br, gzip;q=0.8"})
    names = [response.headers["ETag"] for response in (plain, packed)]

    assert_packed(packed, plain)
    assert gzip.decompress(packed.content) == plain.content
    assert len(set(names)) == 2
    assert all(name.startswith('"') for name in names)
    for accepts in ("gzip", "gzip, deflate, br", "x-gzip", "GZIP;q=1.0", "br;q=1, gzip; q=0.01"):
        assert addresses.ask("/stories/", **{"accept-encoding": accepts}).headers["Content-Encoding"] == "gzip", accepts
    for accepts in ("", "identity", "br", "gzip;q=0", "gzip; q=0.000", "gzippy", "deflate, gzip;q=0.0"):
        response = addresses.ask("/stories/", **{"accept-encoding": accepts})
        assert "Content-Encoding" not in response.headers, accepts
        assert response.content == plain.content, accepts
        assert response.headers["Content-Length"] == str(len(plain.content)), accepts


def test_browser_that_holds_the_page_gets_nothing_new(story):
    etag = addresses.ask("/stories/").headers["ETag"]
    for held in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        response = addresses.ask("/stories/", **{"if-none-match": held})

        assert (response.status_code, response.content, response.headers["ETag"]) == (304, b"", etag), held
        assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert "Content-Type" not in response.headers
        assert response.headers["Content-Security-Policy"]


def test_head_tells_what_get_would_sends_nothing_and_asks_a_view_for_the_whole(story):
    for _ in range(2):
        head = addresses.client().head("/stories/", headers={"accept-encoding": "gzip"})
        get = addresses.ask("/stories/", **{"accept-encoding": "gzip"})
        assert head.content == b""
        assert {**head.headers} == {**get.headers}
        addresses.forget()

    cache = page_cache.PageCacheMiddleware(lambda request: HttpResponse("" if request.method == "HEAD" else "whole"))
    factory = RequestFactory(headers={"host": addresses.HOST})
    request = factory.head("/stories/")
    head, get = cache(request), cache(factory.get("/stories/"))
    assert get.content == b"whole"
    assert head.headers["ETag"] == get.headers["ETag"]
    assert request.method == "HEAD"


TAKES_IT = {"accept-encoding": "gzip, deflate, br"}


def test_page_that_nobody_has_written_on_is_compressed():
    for path in ("/tell/", "/tell/form/", "/return/", "/take-down/", "/cy/tell/form/"):
        plain = addresses.ask(path)
        packed = addresses.ask(path, **TAKES_IT)

        assert_packed(packed, plain)
        assert packed.headers["Cache-Control"] == "no-store", path
        assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding", path
        assert gzip.decompress(packed.content).split()[:100] == plain.content.split()[:100], path


def test_answer_with_words_beside_a_token_or_in_its_address_is_not_kept():
    written = {"/tell/form/": {"step": "check", "account": "I rang 101."}, "/return/": {"code": "7K3M9QZX0TVAW2HE"}}
    written |= {"/take-down/": {"step": "send", "story": "I rang 101."}}
    for path, fields in written.items():
        response = addresses.client().post(path, fields, headers=TAKES_IT)

        assert response.status_code == 200, path
        assert "Content-Encoding" not in response.headers, path
    assert "Content-Encoding" not in addresses.ask("/take-down/?story=0123456789ab", **TAKES_IT).headers
    # A search is kept by nobody, and compressed all the same.
    assert addresses.ask("/stories/?q=zzzz", **TAKES_IT).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in addresses.ask("/stories/?q=zzzz").headers
