"""P1 No trace: a real server, a visit full of canaries, and then every place where one could lie."""

import base64
import os
import random
import re
import sqlite3
import time
from contextlib import closing

import psycopg
import pytest
import redis
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command

from heard.middleware import limits
from stories.crypto import receipts
from stories.intake import receive
from stories.models import SealedText, Story, Submission, TakeDownRequest
from tests import factories, running_site
from tests.journeys.watching import Visit
from tests.site.heard import addresses
from tests.stories.intake.visiting import Visitor

ADDRESS = "203.0.113.77"
NETWORK = "203.0.113."
CANARIES = ("words", "giveaway", "agent", "referrer", "message", "request", "mistake", "filename")


@pytest.fixture
def canaries():
    return {name: f"{name}canary{''.join(random.choice(_MUTE) for _ in range(12))}" for name in CANARIES}


# No letter or digit that could spell a name or a number, which the site would ask about.
_MUTE = "bcdfghjkmnpqrtvwxz"


@pytest.fixture(scope="module")
def redis_site(demo_site, tmp_path_factory):
    """The demo with its cache, limits and token keys in Redis, as more than one process has them."""
    url = os.environ["TEST_REDIS_URL"].rpartition("/")[0] + "/7"
    redis.from_url(url).flushdb()
    folder = running_site.copy_of(demo_site, tmp_path_factory.mktemp("demo-redis"))
    with running_site.serve_again(folder, TRUSTED_PROXIES="127.0.0.1", CACHE_URL=url) as site:
        yield site
    redis.from_url(url).flushdb()


ON_POSTGRESQL = pytest.param("postgresql_site", marks=pytest.mark.postgresql)


@pytest.fixture(params=["demo_site", ON_POSTGRESQL, pytest.param("redis_site", marks=pytest.mark.redis)])
def site(request):
    return request.getfixturevalue(request.param)


@pytest.mark.served
def test_visit_leaves_no_canary_in_any_table_file_cache_or_line_and_no_hour(site, canaries):
    visitor, there_before = _visitor(site, canaries), set(_tables(site))
    code = _tell(visitor, canaries)
    assert canaries["words"] in visitor.come_back(code)
    visitor.post("/return/", step="message", message=canaries["message"])
    assert canaries["message"] in visitor.come_back(code)
    _ask_for_a_story_to_come_down(visitor, canaries)

    before, new = _found(site, canaries, code), set(_tables(site)) - there_before
    visitor.come_back(code)
    visitor.post("/return/", step="withdraw")
    visitor.post("/return/", step="withdraw-now")
    assert canaries["words"] not in visitor.come_back(code)
    after = _found(site, canaries, code)
    new |= set(_tables(site)) - there_before

    assert before == []
    assert after == []
    assert visitor.cookies == []
    assert {table for table, _ in new} >= {"table stories_submission", "table stories_event"}
    assert [(table, row) for table, row in new if _HOUR.search(row) or _seconds() in row] == []


@pytest.mark.served
def test_the_search_finds_what_is_published_so_that_it_means_something(site):
    places = {place for place, data in _places(site) if b"civil matter" in data}

    assert "table stories_story" in places
    assert "DATABASE_URL" in site.changes or any(running_site.DATABASE in place for place in places)


def test_the_search_would_find_a_canary_however_it_is_spelled():
    secret = "wordscanary0123456789ab"
    written = [secret, secret.upper(), secret.encode().hex(), base64.b64encode(f"a{secret}".encode()).decode()]
    written += [base64.urlsafe_b64encode(f"ab{secret} and more".encode()).decode()]

    for text in written:
        assert any(spelled in text.lower().encode() for spelled in _spellings(secret)), text


@pytest.mark.parametrize("path", ["/no-such-page/", "/stories/nosuchstory0/", "/tell/form/?x=1", "/return/?code=ABCD"])
def test_mistaken_visits_leave_no_line_in_the_log(path, canaries, demo_site):
    before = len(demo_site.said)
    visitor = _visitor(demo_site, canaries)

    visitor.get(path)
    visitor.send(path, f"account={canaries['mistake']}".encode())
    time.sleep(0.1)

    assert demo_site.said[before:] == []


@pytest.mark.django_db
def test_no_page_of_the_public_side_sets_a_cookie(alice, bob):
    addresses.lay()
    browser, slug = addresses.client(), Story.objects.get().slug

    for path in addresses.public_paths():
        for send in (browser.get, browser.post):
            answer = send(
                path.replace(addresses.SLUG, slug), {"code": "7K3M-9QZX-0TVA-W2HE", "account": "Nobody rang."}
            )
            # A file that is on its way keeps its turn until somebody has read it.
            b"".join(answer)
            assert answer.status_code < 500, path
            assert not browser.cookies, path


@pytest.mark.django_db
def test_visit_from_the_first_page_to_the_last_sets_no_cookie(queue_key):
    visitor = Visitor()

    visitor.come_back(visitor.tell(consent_publish="on"))
    for fields in ({"step": "message", "message": "Hello"}, {"step": "withdraw"}, {"step": "withdraw-now"}):
        visitor.post("/return/", **fields)
    assert "You took it back" in visitor.text()
    visitor.come_back("7K3M-9QZX-0TVA-W2HE")

    assert not visitor.client.cookies


def test_network_is_counted_under_a_name_that_tells_it_nobody_and_changes_each_day():
    names = set()
    for _day in range(2):
        # The salt goes with its day, and nothing else that is kept makes the name.
        caches["default"].clear()
        names.add(limits.bucket_of(f"{NETWORK}0/24"))

    assert len(names) == 2
    assert not any(NETWORK in name for name in names)


@pytest.mark.browser
def test_browser_keeps_nothing_of_what_is_typed(whole_chromium, demo_site):
    window = whole_chromium.new_context(base_url=demo_site.url, locale="en-GB")
    visit = Visit(window, demo_site.url)
    visit.page.clock.install()

    visit.page.goto("/tell/form/")
    visit.open_part("telling")
    visit.page.locator("[name=account]").fill("Nobody rang back.")
    # Whatever would be kept after a pause is kept by then.
    visit.page.clock.run_for(60_000)

    visit.assert_left_nothing()
    window.close()


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Submission, SealedText, TakeDownRequest])
def test_name_of_a_row_is_drawn_by_lot_and_tells_no_time(model):
    made = {model().pk for _ in range(20)}

    assert len(made) == 20
    assert {pk.version for pk in made} == {4}


@pytest.mark.django_db
def test_duty_mail_is_sent_from_no_content_and_no_time_and_has_no_word(settings, tmp_path, clock, canaries):
    settings.MAIL_IS_ON, settings.DUTY_EMAIL, settings.RUN_DIR = True, ["duty@heard.example"], tmp_path / "run"
    factories.queue_key()
    words = f"{canaries['words']}. I have the tablets here and I will end it tonight."
    submission = receive.receive_account(factories.sent(account=words), receive.Arrival(receipts.new_code()))

    [left] = [path for path in tmp_path.rglob("*") if path.is_file()]
    seen = left.stat()
    assert (seen.st_size, seen.st_mtime, seen.st_atime, left.parent.stat().st_mtime) == (0, 0, 0, 0)
    assert submission.short_name not in left.name

    clock.move_to("2026-11-10T09:00")
    call_command("send_duty_mail")
    [sent] = mail.outbox
    assert (sent.subject, sent.body, sent.attachments) == ("Heard: something urgent waits", "", [])
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def _visitor(site, canaries):
    headers = {"User-Agent": canaries["agent"], "Referer": f"https://{canaries['referrer']}.example/"}
    return running_site.Visitor(site.url, **headers, **{"X-Forwarded-For": ADDRESS})


def _tell(visitor, canaries):
    """Take a wrong turning or two, send a picture along, and then tell."""
    visitor.send("/tell/form/", f"account={canaries['mistake']}&step=check".encode())
    visitor.send("/tell/fom/", f"account={canaries['mistake']}".encode())
    visitor.send("/tell/form/", _with_a_picture(canaries), **{"Content-Type": "multipart/form-data; boundary=x"})
    visitor.get("/leave/")
    return visitor.tell(canaries["words"], giveaways=canaries["giveaway"], consent_publish="on")


def _with_a_picture(canaries):
    """A form whose file is larger than what Django would keep in memory."""
    head = f'--x\r\nContent-Disposition: form-data; name="photo"; filename="{canaries["filename"]}.jpg"\r\n\r\n'
    words = f'--x\r\nContent-Disposition: form-data; name="account"\r\n\r\n{canaries["mistake"]}\r\n--x--\r\n'
    return head.encode() + canaries["filename"].encode() * 100_000 + b"\r\n" + words.encode()


def _ask_for_a_story_to_come_down(visitor, canaries):
    listed = re.findall(r'href="/stories/([0-9a-z]{12})/"', visitor.get("/stories/"))
    # Not one at either end of the list, which journeys ask about: they look for theirs among all that wait.
    visitor.get(f"/take-down/?story={listed[len(listed) // 2]}")
    visitor.post("/take-down/", ground="other", words=canaries["request"])
    assert "We have your request" in visitor.page


_HOUR = re.compile(rb"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")


def _seconds():
    """How the seconds since 1970 begin, if anybody wrote them down in the last minutes."""
    return str(int(time.time()))[:7].encode()


def _found(site, canaries, code):
    grouped = "-".join(code[start : start + 4] for start in range(0, 16, 4))
    # Heads and tails, for who keeps twenty characters of a text keeps too many.
    heads, tails = zip(*((secret[:-12], secret[-12:]) for secret in canaries.values()), strict=True)
    sought = {
        secret: _spellings(secret) for secret in (*heads, *tails, *_halves(code), *_halves(grouped), ADDRESS, NETWORK)
    }
    places = [(place, data.lower()) for place, data in _places(site)]
    return [
        (place, secret)
        for place, data in places
        for secret, spellings in sought.items()
        if any(spelled in data for spelled in spellings)
    ]


def _halves(code):
    return code[: len(code) // 2], code[-(len(code) // 2) :]


def _spellings(secret):
    """As it is, in hexadecimal, and within base64 wherever it begins; all in small letters."""
    data = secret.lower().encode()
    return [data, data.hex().encode(), *(_within_base64(secret, before).lower() for before in range(3))]


def _within_base64(secret, before):
    """The letters that the secret alone decides, all of them: half a code in fewer could stand somewhere by chance."""
    end = (before + len(secret)) * 8 // 6
    return base64.b64encode(b"\0" * before + secret.encode())[before + bool(before) : end]


def _places(site):
    """Everything that was written down: rows, files (the database's own bytes too), printed lines, the cache."""
    yield from _tables(site)
    yield from _files(site.data_dir)
    yield "what it printed", "".join(site.said).encode()
    if url := site.changes.get("CACHE_URL"):
        yield from _cached(redis.from_url(url))


def _files(folder):
    for path in folder.rglob("*"):
        if path.is_file() and "static" not in path.relative_to(folder).parts:
            yield str(path), path.read_bytes()


def _tables(site):
    url, database = site.changes.get("DATABASE_URL"), site.data_dir / running_site.DATABASE
    names = "SELECT name FROM sqlite_master WHERE type = 'table'"
    if url:
        names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    with psycopg.connect(url) if url else closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        for (table,) in opened.execute(names).fetchall():
            for row in opened.execute(f'SELECT * FROM "{table}"'):  # noqa: S608
                yield f"table {table}", b"\0".join(_as_bytes(value) for value in row)


def _cached(cache):
    reads = {b"string": cache.get, b"hash": cache.hgetall, b"set": cache.smembers}
    for key in cache.scan_iter():
        yield f"cached {key}", key + str(reads[cache.type(key)](key)).encode()


def _as_bytes(value):
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
