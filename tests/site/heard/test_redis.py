"""The page cache and the limits with Redis behind them, as several machines share it."""

import os
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from django.db import connection
from django_ratelimit.core import get_usage

from heard import limits
from stories.public import edition
from tests import factories
from tests.site.heard import addresses
from tests.site.heard.test_limits import post, times_until_over

pytestmark = [pytest.mark.redis, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def redis(settings):
    """Both caches in Redis, apart by their prefixes; the first database of its own for the tests."""
    where = os.environ["TEST_REDIS_URL"]
    assert urlsplit(where).hostname
    settings.CACHES = {
        name: {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": where, "KEY_PREFIX": prefix}
        for name, prefix in (("default", "heard"), ("pages", "pages"))
    }
    caches["default"].clear()
    yield
    caches["default"].clear()


def test_page_is_kept_for_every_machine():
    story = factories.live_story()
    first = addresses.ask(story.get_absolute_url())
    edition.number()

    with connection.execute_wrapper(_refuses):
        second = addresses.ask(story.get_absolute_url())

    assert second.content == first.content
    assert second.headers["ETag"] == first.headers["ETag"]


def test_page_kept_for_every_machine_goes_within_a_minute():
    addresses.ask("/stories/")

    (name,) = caches["pages"].keys("*")
    assert 0 < caches["pages"].ttl(name) <= 60


def test_limit_counts_on_every_machine_and_holds_no_address(settings):
    settings.LIMITS = {"send": ["5/h"], "other": ["5/h"]}

    assert times_until_over(post("203.0.113.5"), post("203.0.113.77")) == 5
    assert not [name for name in caches["default"].keys("*") if "203.0.113" in name]
    assert count_of(limits.bucket_of("203.0.113.0/24")) == 6
    # Somebody who holds the cache and guesses the network finds nothing by it.
    assert count_of("203.0.113.0/24") == 0


def test_salt_goes_with_its_day():
    limits.bucket_of("203.0.113.0/24")

    (name,) = caches["default"].keys("limits:salt:*")
    assert 0 < caches["default"].ttl(name) <= 24 * 60 * 60 + 1


def count_of(bucket):
    usage = get_usage(post(), group="send", key=lambda group, request: bucket, rate="5/h", increment=False)
    return usage["count"]


def _refuses(*args):
    raise AssertionError("the database was asked")
