"""The page cache and the limits with Redis behind them, as several machines share it."""

import os
import pickle
from pathlib import Path
from urllib.parse import urlsplit

import msgpack
import pytest
from django.core.cache import caches
from django.db import connection
from django_ratelimit.core import get_usage
from redis import Redis

from heard import checks, settings as shipped
from heard.middleware import limits, page_cache
from stories.core import snapshot
from stories.crypto import tokens
from tests import factories
from tests.site.campaign.pictures import test_pictures
from tests.site.heard import addresses
from tests.site.heard.test_limits import post, times_until_over

pytestmark = [pytest.mark.redis, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def redis(settings, monkeypatch):
    """The caches as the site has them with this Redis; its first database is the tests' own."""
    where = os.environ["TEST_REDIS_URL"]
    assert urlsplit(where).hostname
    settings.CACHES = shipped.caches_in(where)
    settings.PAGES_ARE_SHARED = settings.TOKEN_KEYS_IN_CACHE = True
    caches["default"].clear()
    # Emptied, they know no edition that this process told them of before.
    monkeypatch.setattr(page_cache, "_kept_of", 0)
    yield Redis.from_url(where)
    caches["default"].clear()


def test_page_is_kept_for_every_machine_and_for_a_process_without_an_edition(away):
    story = factories.live_story()
    first = addresses.ask(story.get_absolute_url())
    snapshot.snapshot_number()

    with connection.execute_wrapper(_refuses):
        second = addresses.ask(story.get_absolute_url())

    assert second.content == first.content
    assert second.headers["ETag"] == first.headers["ETag"]
    addresses.ask("/get-help/")
    snapshot.forget_snapshot()
    away(9)
    assert addresses.ask("/get-help/").status_code == 200


def test_limit_counts_on_every_machine_and_holds_no_address(settings):
    settings.LIMITS = {"send": ["5/h"], "other": ["5/h"]}

    assert times_until_over(post("203.0.113.5"), post("203.0.113.77")) == 5
    assert not [name for name in caches["default"].keys("*") if "203.0.113" in name]
    assert count_of(limits.bucket_of("203.0.113.0/24")) == 6
    # Somebody who holds the cache and guesses the network finds nothing by it.
    assert count_of("203.0.113.0/24") == 0


def test_pickle_that_somebody_wrote_into_redis_is_not_run(redis, tmp_path):
    first = addresses.ask("/stories/")
    tokens.current_key()

    class Payload:
        """What runs where it is unpickled: it leaves a file there."""

        def __reduce__(self):
            return Path.touch, (tmp_path / "ran",)

    names = redis.keys("*")
    for name in names:
        redis.set(name, pickle.dumps(Payload()))

    second = addresses.ask("/stories/")
    form = addresses.ask("/tell/form/")

    assert len(names) >= 2
    assert not (tmp_path / "ran").exists()
    assert (second.status_code, second.content) == (200, first.content)
    assert form.status_code == 200


GARBAGE = {
    "nothing": b"",
    "no msgpack": b"\xc1\xff",
    "a number": b"37",
    "too short": msgpack.dumps([b"page"]),
    "a list as a name": b"\x81\x90\x01",
    "a page that nobody here made": msgpack.dumps([b'[9, "x", []]', page_cache.packed_page(b"Not ours."), b"x" * 32]),
}


def test_what_cannot_be_read_or_is_of_another_address_counts_as_absent(redis):
    for value in (b"\x00\xff", "Cymraeg", {1: "English"}, [["a", 1], None], 37, True):
        caches["default"].set("value", value)
        assert caches["default"].get("value") == value
    addresses.ask("/get-help/")
    (of_help,) = redis.keys("pages:*")
    help_page, first = redis.get(of_help), addresses.ask("/stories/")
    (of_stories,) = {*redis.keys("pages:*")} - {of_help}
    for what, written in GARBAGE.items():
        tokens.current_key()
        for name in redis.keys("*"):
            redis.set(name, written)

        second = addresses.ask("/stories/")

        assert (second.status_code, second.content) == (200, first.content), what
        assert len(tokens.current_key()) == tokens.KEY_BYTES, what
        assert tokens.current_key() == tokens.current_key(), what
        assert limits.bucket_of("203.0.113.0/24"), what
    # Another kind of value, and the page of another address.
    for write, values in ((redis.lpush, (b"one", b"two")), (redis.set, (help_page,))):
        redis.delete(of_stories)
        write(of_stories, *values)

        second = addresses.ask("/stories/")

        assert (second.status_code, second.content) == (200, first.content), values


def test_page_with_a_picture_is_answered_and_leaves_only_plain_data(redis, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    test_pictures.show(test_pictures.picture(), alt_text="A tree in a park", decorative=False)
    snapshot.forget_snapshot()

    first = addresses.ask("/privacy/")
    caches["pages"].clear()
    second = addresses.ask("/privacy/")

    assert b'alt="A tree in a park"' in first.content
    assert (second.status_code, second.content) == (200, first.content)
    values = [redis.get(name) for name in redis.keys("*")]
    assert values
    assert [value for value in values if msgpack.loads(value, strict_map_key=False) is None] == []


def test_cache_that_pickles_is_refused_by_name(settings):
    assert checks.pickled_caches(None) == []
    for serializer, told in (("", 2), ("pickle.PickleSerializer", 2), ("msgpack.MSGPackSerializer", 0)):
        options = {"SERIALIZER": f"django_redis.serializers.{serializer}"} if serializer else {}
        for name in ("default", "pages"):
            settings.CACHES[name]["OPTIONS"] = options

        found = checks.pickled_caches(None)

        assert [message.id for message in found] == ["heard.E003"] * told
        assert all(message.level >= 40 for message in found)


def count_of(bucket):
    usage = get_usage(post(), group="send", key=lambda group, request: bucket, rate="5/h", increment=False)
    return usage["count"]


def _refuses(*args):
    raise AssertionError("the database was asked")
