"""Pages that are given again without Django: byte for byte, to whom they are for, and no longer than they hold."""

import asyncio
import gzip
import threading
import time

import pytest
from django.core.handlers.wsgi import WSGIHandler

from heard import ready_pages
from heard.asgi_adapter import Adapter
from heard.middleware import limits
from stories.core import snapshot, takedown
from tests import factories
from tests.site.heard.test_adapter import Line, in_a_loop

pytestmark = [pytest.mark.django_db(transaction=True)]


class Counted(WSGIHandler):
    """Django's own handler, with what it was asked."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def __call__(self, environ, start_response):
        # Where a page waits for its share of the threads, it is asked for a second time.
        if limits.CAN_WAIT in environ:
            self.asked.append(environ["PATH_INFO"])
        return super().__call__(environ, start_response)


def get(path="/forces/", *headers, method="GET"):
    return Line(path=path, method=method, headers=[(b"accept-encoding", b"gzip"), *headers])


def ask(handler, *lines):
    """Have one adapter answer these lines one after another; a function among them is called in between."""

    async def run():
        answering = Adapter(handler)
        for line in lines:
            if callable(line):
                await asyncio.to_thread(line)
            else:
                await answering(line.scope, line.receive, line.send)

    in_a_loop(run())


@pytest.fixture
def handler(clock):
    """In the middle of a minute."""
    clock.move_to("2026-12-16T10:30:30")
    snapshot.start_over()
    return Counted()


def test_page_that_was_kept_goes_out_again_byte_for_byte_without_django(handler):
    lines = [get() for _ in range(4)]

    ask(handler, *lines)

    assert len(handler.asked) == 1
    assert [line.sent for line in lines[1:]] == [lines[0].sent] * 3
    # A cache in front may give it again until this second ends, and no longer.
    assert lines[3].headers["x-accel-expires"] == f"@{time.time():.0f}"
    assert "Kent Police" in gzip.decompress(b"".join(part.get("body", b"") for part in lines[3].sent[1:])).decode()


def test_whoever_asks_for_something_else_is_answered_by_django(handler):
    headers = {b"if-none-match": b'"x"', b"x-forwarded-proto": b"https", b"host": b"elsewhere.example"}
    headers |= {b"accept-encoding": b"identity", b"content-length": b"1"}
    others = [get("/forces/", each) for each in headers.items()]
    others += [get(method="HEAD"), get("/forces/kent/"), Line(path="/forces/", method="GET")]
    many = []

    def count():
        many.append(len(handler.asked))

    ask(handler, get(), get(), count, *(each for other in others for each in (other, count, get(), count)))

    # Each of them, and neither who asks before nor after.
    assert many == [1, *(1 + number for number in range(1, len(others) + 1) for _ in range(2))]


def test_what_nobody_keeps_is_ready_for_nobody(handler, queue_key):
    for path in ("/tell/form/", "/search/", "/no-such-page/"):
        lines = [get(path) for _ in range(3)]
        for line in lines:
            line.scope["query_string"] = b"q=police" if path == "/search/" else b""

        ask(handler, *lines)

        assert handler.asked.count(path) >= 3, path


def test_story_that_goes_down_is_given_no_more(handler):
    story = factories.live_story()
    page = [get(f"/stories/{story.slug}/") for _ in range(5)]

    # The last comes when the new edition is known, and nothing but its number tells the two apart.
    ask(handler, *page[:3], lambda: takedown.hide_story(story), *page[3:])

    assert [line.status for line in page] == [200, 200, 200, 410, 410]


@pytest.mark.parametrize("is_old", [True, False])
def test_page_ends_with_its_minute_and_where_nobody_knows_whether_it_still_holds(handler, clock, monkeypatch, is_old):
    def grow_old():
        monkeypatch.setattr(snapshot.Seen, "age", property(lambda seen: snapshot.TRUSTED_SECONDS))

    def end():
        clock.shift(31)

    if not is_old:
        monkeypatch.setattr(snapshot, "TRUSTED_SECONDS", 60)
    ask(handler, get(), get(), get(), grow_old if is_old else end, get())

    assert len(handler.asked) == 2


def test_somebody_reads_the_edition_before_it_is_too_old(handler, monkeypatch):
    looks, has_looked, age = [], threading.Event(), [0]
    monkeypatch.setattr(snapshot.Seen, "age", property(lambda seen: age[0]))
    monkeypatch.setattr(snapshot, "look_again", lambda: (looks.append(age[0]), has_looked.set()))

    def grow_older():
        age[0] = ready_pages.LOOK_AFTER_SECONDS + 0.1

    ask(handler, get(), get(), get(), grow_older, get(), lambda: has_looked.wait(60))

    assert len(handler.asked) == 1
    assert looks == age


def test_made_up_addresses_push_out_what_is_ready_and_nothing_grows(handler, monkeypatch):
    monkeypatch.setattr(ready_pages, "MOST", 3)
    pages = ready_pages.ReadyPages()
    pages.find(None)
    kept = ready_pages.page_cache.KeptUntil(snapshot.last_seen().number, time.time() + 60)

    for number in range(10):
        pages.keep((number,), kept, {}, {})

    assert len(pages._pages) <= 3
