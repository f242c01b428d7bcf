"""How a kept page, or a telling page without a word on it, is handed out: compressed or not, named by its content."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from heard.middleware import page_cache
from stories.core import snapshot
from tests import factories
from tests.site.heard import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    story = factories.live_story()
    snapshot.invalidate()
    addresses.forget()
    return story


def test_browser_gets_it_compressed_without_a_time_and_under_a_strong_name(story):
    plain = addresses.ask("/stories/")
    packed = addresses.ask("/stories/", **{"accept-encoding": "br, gzip;q=0.8"})
    names = [response.headers["ETag"] for response in (plain, packed)]

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.content[4:8] == b"\0\0\0\0"
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert len(packed.content) < len(plain.content) / 2
    assert len(set(names)) == 2
    assert all(name.startswith('"') for name in names)


def test_browser_gets_gzip_if_it_takes_it_and_a_plain_page_if_not(story):
    for accepts in ("gzip", "gzip, deflate, br", "x-gzip", "GZIP;q=1.0", "br;q=1, gzip; q=0.01"):
        assert addresses.ask("/stories/", **{"accept-encoding": accepts}).headers["Content-Encoding"] == "gzip", accepts
    for accepts in ("", "identity", "br", "gzip;q=0", "gzip; q=0.000", "gzippy", "deflate, gzip;q=0.0"):
        response = addresses.ask("/stories/", **{"accept-encoding": accepts})

        assert "Content-Encoding" not in response.headers, accepts
        assert b"<!doctype html>" in response.content
        assert response.headers["Content-Length"] == str(len(response.content))


def test_browser_that_holds_the_page_gets_nothing_new(story):
    etag = addresses.ask("/stories/").headers["ETag"]
    for held in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        response = addresses.ask("/stories/", **{"if-none-match": held})

        assert (response.status_code, response.content, response.headers["ETag"]) == (304, b"", etag), held
        assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert "Content-Type" not in response.headers
        assert response.headers["Content-Security-Policy"]


def test_head_tells_what_get_would_and_sends_nothing(story):
    for _ in range(2):
        head = addresses.client().head("/stories/", headers={"accept-encoding": "gzip"})
        get = addresses.ask("/stories/", **{"accept-encoding": "gzip"})

        assert head.content == b""
        assert {**head.headers} == {**get.headers}
        addresses.forget()


def test_view_that_answers_head_with_nothing_is_asked_for_the_whole(db):
    def view(request):
        return HttpResponse("" if request.method == "HEAD" else "the whole page")

    cache = page_cache.PageCacheMiddleware(view)
    factory = RequestFactory(headers={"host": addresses.HOST})
    request = factory.head("/stories/")
    head, get = cache(request), cache(factory.get("/stories/"))

    assert get.content == b"the whole page"
    assert head.headers["ETag"] == get.headers["ETag"]
    assert request.method == "HEAD"


TAKES_IT = {"accept-encoding": "gzip, deflate, br"}


def test_page_that_nobody_has_written_on_is_compressed():
    for path in ("/tell/", "/tell/form/", "/return/", "/take-down/", "/cy/tell/form/"):
        plain = addresses.ask(path)
        packed = addresses.ask(path, **TAKES_IT)

        wanted = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding", "Cache-Control": "no-store"}
        wanted |= {"Content-Length": str(len(packed.content))}
        assert {name: packed.headers[name] for name in wanted} == wanted, path
        assert plain.headers["Vary"] == "Accept-Encoding", path
        assert len(packed.content) < len(plain.content) / 2, path
        assert packed.content[4:8] == b"\0\0\0\0", "it tells when somebody came"
        assert gzip.decompress(packed.content).split()[:100] == plain.content.split()[:100], path


WRITTEN_ON = {
    "/tell/form/": {"step": "check", "account": "I rang 101."},
    "/return/": {"code": "7K3M9QZX0TVAW2HE"},
    "/take-down/": {"step": "send", "story": "I rang 101."},
}


def test_answer_with_words_beside_a_token_or_in_its_address_is_not_kept():
    for path, fields in WRITTEN_ON.items():
        response = addresses.client().post(path, fields, headers=TAKES_IT)

        assert response.status_code == 200, path
        assert "Content-Encoding" not in response.headers, path
    assert "Content-Encoding" not in addresses.ask("/take-down/?story=0123456789ab", **TAKES_IT).headers


def test_search_that_nobody_keeps_is_compressed_all_the_same():
    assert addresses.ask("/stories/?q=zzzz", **TAKES_IT).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in addresses.ask("/stories/?q=zzzz").headers
