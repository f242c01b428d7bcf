"""Who shares a limit and who doesn't, and that nothing is left of an address."""

from pathlib import Path
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from heard.middleware import limits
from tests.site.heard import addresses

PROXY = "10.0.0.7"


def post(address="203.0.113.5", forwarded=None, host=addresses.HOST):
    headers = {"host": host} | ({"x-forwarded-for": forwarded} if forwarded else {})
    return RequestFactory().post("/tell/form/", headers=headers, REMOTE_ADDR=address)


def times_until_over(*requests, most=200):
    """How many posts get through before one is over; each request in turn."""
    for count in range(most):
        if limits.is_over(requests[count % len(requests)], "send"):
            return count
    return most


@pytest.fixture
def rate(settings):
    settings.LIMITS = {"send": ["5/h"], "other": ["2/h"]}
    settings.LIMITS_FOR_ALL = {"other": ["9/h"]}


def test_room_of_thirty_on_one_address_gets_through_and_it_cannot_fill_the_queue():
    assert 30 <= times_until_over(post(), most=500) <= 60


APART = {
    "203.0.113.5": ("203.0.114.5", "2001:db8:1:2::5"),
    "2001:db8:1:2::5": ("2001:db8:1:102::5",),
    "::ffff:203.0.113.5": ("::ffff:203.0.114.5",),
}
TOGETHER = {
    "203.0.113.5": ("203.0.113.77", "::ffff:203.0.113.77"),
    # Any of the 256 networks that a provider gives to one household.
    "2001:db8:1:2::5": ("2001:db8:1:2:ffff::9", "2001:db8:1:ff::9"),
}


def test_one_network_shares_a_limit_and_two_never_do(rate):
    for is_one, told in ((False, APART), (True, TOGETHER)):
        for one, others in told.items():
            for other in others:
                cache.clear()
                assert times_until_over(post(one)) == 5
                assert limits.is_over(post(other), "send") is is_one, (one, other)


def test_every_rate_of_a_kind_counts(settings):
    settings.LIMITS = {"send": ["5/h", "3/d"]}

    assert times_until_over(post()) == 3


V4, V6 = "198.51.100.0/24", "2001:db8:1::/56"
SEEN = (
    *(("203.0.113.5", None, "203.0.113.0/24"), ("203.0.113.5", "198.51.100.1", "203.0.113.0/24")),
    *((PROXY, f"{before}198.51.100.1{after}", V4) for before in ("", "192.0.2.9, ") for after in ("", ", 10.0.0.8")),
    *((PROXY, "198.51.100.1:5123", V4), (PROXY, "[2001:db8:1:2::5]:5123", V6), (PROXY, "2001:db8:1:2::5", V6)),
    *((PROXY, forwarded, None) for forwarded in ("198.51.100.1, unknown", None, "10.0.0.8")),
    *(("", "198.51.100.1", V4), ("", None, None), ("nonsense", "nonsense", None)),
    *(("127.0.0.1", None, None), ("::1", None, None)),
)


def test_nearest_address_that_is_no_proxy_of_ours_counts(settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]

    for address, forwarded, network in SEEN:
        assert limits.client_network(post(address, forwarded)) == network, (address, forwarded)


def test_without_a_named_proxy_nobody_is_believed(settings):
    settings.TRUSTED_PROXIES = []

    assert limits.client_network(post(PROXY, "198.51.100.1")) == "10.0.0.0/24"


def test_onion_has_one_limit_for_all_and_no_address(rate, settings):
    settings.ONION_HOST = "heardexample.onion"
    onion = post("203.0.113.5", host="heardexample.onion")

    assert limits.client_network(onion) is None
    assert times_until_over(onion) == 9
    assert not limits.is_over(post("203.0.113.5"), "send")


def test_salt_is_new_each_day_and_yesterdays_is_gone(clock):
    clock.move_to("2026-05-04T23:59:50Z")
    first = limits.bucket_of("203.0.113.0/24")
    clock.shift(20)

    assert limits.bucket_of("203.0.113.0/24") != first
    assert cache.get("limits:salt:2026-05-04") is None
    assert cache.get("limits:salt:2026-05-05") is not None


def test_salt_never_outlives_its_day(clock, monkeypatch):
    clock.move_to("2026-05-04T23:00Z")
    lifetimes = []
    monkeypatch.setattr(cache, "add", lambda name, salt, timeout: lifetimes.append(timeout))

    limits.bucket_of("203.0.113.0/24")

    assert lifetimes == [3601]


def test_neither_cache_nor_file_holds_what_is_made_of_an_address(rate, settings):
    limits.is_over(post("203.0.113.5"), "send")
    held = repr({name: cache._cache[name] for name in cache._cache})
    bucket = limits.bucket_of("203.0.113.0/24")
    files = [path for folder in (settings.DATA_DIR, settings.RUN_DIR) for path in Path(folder).rglob("*")]

    assert cache._cache
    assert "203.0" not in held
    assert bucket not in held
    made = [bucket.encode(), b"203.0.113", limits._salt_of_today()]
    assert [path for path in files if path.is_file() and any(each in path.read_bytes() for each in made)] == []


def test_cache_that_fails_shuts_nobody_out(rate, monkeypatch, caplog):
    monkeypatch.setattr(limits, "get_usage", Mock(side_effect=ConnectionError("no cache")))

    assert limits.is_over(post(), "send") is False
