"""The page cache keeps what everyone may see, and nothing else."""

import gzip

import pytest
from django.conf import settings as site_settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from campaign import furniture
from heard import page_cache
from stories import going_down
from stories.public import edition
from tests import factories
from tests.site.heard import addresses

pytestmark = pytest.mark.django_db
CANARY = "I rang 101 and waited."


@pytest.fixture
def story():
    return factories.live_story()


@pytest.fixture
def kept():
    """The names under which pages are kept."""
    return caches["pages"]._cache


def body(response):
    return gzip.decompress(response.content) if response.headers.get("Content-Encoding") == "gzip" else response.content


def answer(response, request=None):
    """What the cache makes of a view that answers with `response`."""
    request = request or RequestFactory().get("/stories/", headers={"host": addresses.HOST})
    return page_cache.PageCacheMiddleware(lambda request: response)(request)


# --- What a hit costs, and what it shows ----------------------------------------------------


def test_hit_asks_the_database_for_the_edition_alone(story):
    first = addresses.ask("/stories/")
    edition.forget()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        second = addresses.ask("/stories/")

    assert second.content == first.content
    assert [query["sql"].split('"')[1] for query in queries] == ["stories_edition"]


def test_hit_within_a_second_asks_the_database_nothing(story, django_assert_num_queries):
    addresses.ask("/stories/")

    with django_assert_num_queries(0):
        response = addresses.ask("/stories/")

    assert response.status_code == 200


def test_new_edition_shows_new_content_at_once(story, django_capture_on_commit_callbacks):
    assert CANARY in addresses.ask(story.get_absolute_url()).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        going_down.hide(story)

    assert CANARY not in addresses.ask(story.get_absolute_url()).content.decode()
    assert story.title not in addresses.ask("/stories/").content.decode()


def test_page_is_kept_no_longer_than_a_minute(story, monkeypatch):
    asked = []
    monkeypatch.setattr(caches["pages"], "set", lambda name, page, seconds: asked.append(seconds))

    addresses.ask("/stories/")

    assert asked == [60]


def test_help_line_that_opens_shows_at_once(story, kept, monkeypatch):
    addresses.ask("/stories/")
    monkeypatch.setattr(furniture, "open_lines", lambda at: "another")

    addresses.ask("/stories/")

    assert len(kept) == 2


# --- What is never kept ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/tell/",
        "/tell/form/",
        "/return/",
        "/take-down/",
        "/leave/",
        "/cy/tell/form/",
        "/healthz",
        "/admin/login/",
        "/no-such-page/",
        "/stories/0123456789ab/",
        "/stories?year=2024",
        "/stories/?q=somebody",
        "/stories/?year=2024&year2=1",
        "/stories/?" + "&".join(["year=2024"] * 30),
        "/stories/?year=1066",
        "/static/css/base.css",
    ],
)
def test_page_is_not_kept(story, kept, path):
    addresses.ask(path)

    assert kept == {}


def test_post_is_not_kept(kept):
    addresses.client().post("/stories/")

    assert kept == {}


def test_preview_is_not_kept_and_sees_no_kept_page(kept):
    addresses.lay()
    addresses.ask("/")
    before = set(kept)
    client = factories.client_of(factories.person("edith", is_superuser=True), unlocked=False)

    client.get("/admin/pages/3/view_draft/")

    assert set(kept) == before


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("x", headers={"Cache-Control": "no-store"}),
        HttpResponse("x", headers={"Cache-Control": "private"}),
        HttpResponse("x", headers={"Vary": "Cookie"}),
        HttpResponse("x", status=410),
        HttpResponse("x", status=302, headers={"Location": "/"}),
        HttpResponse("x", content_type="image/png"),
        HttpResponse("x" * (page_cache.MOST_BYTES + 1)),
        StreamingHttpResponse(["x"]),
    ],
)
def test_answer_is_not_kept_and_goes_out_as_it_is(kept, response):
    assert answer(response) is response
    assert kept == {}
    assert "ETag" not in response.headers


@pytest.mark.parametrize(
    ("path", "marks"),
    [("/tell/", {}), ("/admin/", {}), ("/stories/", {"is_dummy": True}), ("/cy/return/", {}), ("/leave/", {})],
)
def test_view_that_forgets_to_say_so_is_not_kept_where_words_or_people_are(kept, path, marks):
    request = RequestFactory().get(path, headers={"host": addresses.HOST})
    vars(request).update(marks)
    response = HttpResponse("x")

    assert answer(response, request) is response
    assert kept == {}


def test_answer_with_a_cookie_is_not_kept(kept):
    response = HttpResponse("x")
    response.set_cookie("seen", "1")

    assert answer(response) is response
    assert kept == {}


def test_cache_stays_small():
    assert caches["pages"]._max_entries <= 1000
    assert caches["pages"] is not caches["default"]
    assert site_settings.CACHES["pages"]["LOCATION"] != site_settings.CACHES["default"]["LOCATION"]


def test_name_in_the_cache_tells_no_address(kept, story):
    addresses.ask(story.get_absolute_url())

    assert len(kept) == 1
    assert story.slug not in str(kept.keys())


# --- Hosts ----------------------------------------------------------------------------------


def test_onion_and_clear_web_are_kept_apart(story, kept, settings):
    settings.ONION_HOST = "heardexample.onion"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "heardexample.onion"]

    addresses.ask("/stories/")
    addresses.client().get("/stories/", headers={"host": "heardexample.onion"})

    assert len(kept) == 2


def test_foreign_host_gets_no_kept_page(story):
    addresses.ask("/stories/")

    response = addresses.client().get("/stories/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400


def test_cookie_and_log_in_headers_make_no_difference(story, kept):
    plain = addresses.ask("/stories/")

    dressed = addresses.ask("/stories/", cookie="heard_admin=abc", authorization="Basic abc")

    assert dressed.content == plain.content
    assert len(kept) == 1


# --- Compression, names of content, HEAD ----------------------------------------------------


def test_browser_gets_it_compressed_without_a_time_in_it(story):
    plain = addresses.ask("/stories/")
    packed = addresses.ask("/stories/", **{"accept-encoding": "br, gzip;q=0.8"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.content[4:8] == b"\0\0\0\0"
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert len(packed.content) < len(plain.content) / 2


@pytest.mark.parametrize(
    "accepts", ["", "identity", "br", "gzip;q=0", "gzip; q=0.000", "gzippy", "deflate, gzip;q=0.0"]
)
def test_browser_that_takes_no_gzip_gets_none(story, accepts):
    addresses.ask("/stories/")

    response = addresses.ask("/stories/", **{"accept-encoding": accepts})

    assert "Content-Encoding" not in response.headers
    assert b"<!doctype html>" in response.content
    assert response.headers["Content-Length"] == str(len(response.content))


@pytest.mark.parametrize("accepts", ["gzip", "gzip, deflate, br", "x-gzip", "GZIP;q=1.0", "br;q=1, gzip; q=0.01"])
def test_browser_that_takes_gzip_gets_it(story, accepts):
    assert addresses.ask("/stories/", **{"accept-encoding": accepts}).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/tell/form/", "/return/", "/take-down/"])
def test_page_with_words_or_tokens_is_never_compressed(path):
    response = addresses.ask(path, **{"accept-encoding": "gzip"})

    assert "Content-Encoding" not in response.headers


def test_both_codings_say_that_they_depend_on_the_coding_alone(story):
    for accepts in ("gzip", "identity"):
        assert addresses.ask("/stories/", **{"accept-encoding": accepts}).headers["Vary"] == "Accept-Encoding"


def test_each_coding_has_its_own_strong_name(story):
    packed = addresses.ask("/stories/", **{"accept-encoding": "gzip"}).headers["ETag"]
    plain = addresses.ask("/stories/").headers["ETag"]

    assert packed != plain
    assert packed.startswith('"')
    assert plain.startswith('"')


def test_name_is_that_of_the_content_and_not_of_the_hour(story):
    before = addresses.ask("/stories/").headers["ETag"]
    addresses.forget()

    assert addresses.ask("/stories/").headers["ETag"] == before
    assert addresses.ask("/forces/").headers["ETag"] != before


HOLDS = [lambda etag: etag, lambda etag: f"W/{etag}", lambda etag: f'"other", {etag}', lambda etag: "*"]


@pytest.mark.parametrize("holds", HOLDS)
def test_browser_that_holds_the_page_gets_nothing_new(story, holds):
    etag = addresses.ask("/stories/").headers["ETag"]

    response = addresses.ask("/stories/", **{"if-none-match": holds(etag)})

    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["ETag"] == etag
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Content-Type" not in response.headers
    assert response.headers["Content-Security-Policy"]


def test_browser_that_holds_an_older_page_gets_the_new_one(story):
    response = addresses.ask("/stories/", **{"if-none-match": '"older"'})

    assert response.status_code == 200
    assert CANARY in response.content.decode()


def test_head_tells_what_get_would_and_sends_nothing(story):
    for _ in range(2):
        head = addresses.client().head("/stories/", headers={"accept-encoding": "gzip"})
        get = addresses.ask("/stories/", **{"accept-encoding": "gzip"})

        assert head.content == b""
        assert {**head.headers} == {**get.headers}
        addresses.forget()


def test_view_that_answers_head_with_nothing_is_asked_for_the_whole(kept):
    def view(request):
        return HttpResponse("" if request.method == "HEAD" else "the whole page")

    cache = page_cache.PageCacheMiddleware(view)
    factory = RequestFactory(headers={"host": addresses.HOST})
    request = factory.head("/stories/")
    head, get = cache(request), cache(factory.get("/stories/"))

    assert get.content == b"the whole page"
    assert head.headers["ETag"] == get.headers["ETag"]
    assert request.method == "HEAD"


def test_old_client_without_any_header_is_answered_whole(story):
    response = addresses.client(SERVER_PROTOCOL="HTTP/1.0").get("/stories/")

    assert response.status_code == 200
    assert body(response).endswith(b"</html>\n") or b"</html>" in body(response)
