"""Who shares a limit and who doesn't, that nothing is left of an address, and who needs a share of the threads."""

from pathlib import Path
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from heard.middleware import limits
from heard.middleware.limits import PAGE, SEARCH
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


def test_room_of_thirty_on_one_address_gets_through_and_it_cannot_fill_the_queue(settings):
    assert 30 <= times_until_over(post(), most=500) <= 60
    # Every rate of a kind counts.
    cache.clear()
    settings.LIMITS = {"send": ["5/h", "3/d"]}
    assert times_until_over(post()) == 3


# Any of the 256 networks that a provider gives to one household is one of them.
NETWORKS = {
    "203.0.113.5": (("203.0.114.5", "2001:db8:1:2::5"), ("203.0.113.77", "::ffff:203.0.113.77")),
    "2001:db8:1:2::5": (("2001:db8:1:102::5",), ("2001:db8:1:2:ffff::9", "2001:db8:1:ff::9")),
    "::ffff:203.0.113.5": (("::ffff:203.0.114.5",), ()),
}


def test_one_network_shares_a_limit_and_two_never_do(rate):
    for one, (apart, together) in NETWORKS.items():
        for other in (*apart, *together):
            cache.clear()
            assert times_until_over(post(one)) == 5
            assert limits.is_over(post(other), "send") is (other in together), (one, other)


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
    # Without a named proxy nobody is believed.
    settings.TRUSTED_PROXIES = []
    assert limits.client_network(post(PROXY, "198.51.100.1")) == "10.0.0.0/24"


def test_onion_has_one_limit_for_all_and_no_address(rate, settings):
    settings.ONION_HOST = "heardexample.onion"
    onion = post("203.0.113.5", host="heardexample.onion")

    assert limits.client_network(onion) is None
    assert times_until_over(onion) == 9
    assert not limits.is_over(post("203.0.113.5"), "send")


def test_salt_is_new_each_day_and_yesterdays_is_gone(clock, monkeypatch):
    clock.move_to("2026-05-04T23:59:50Z")
    first = limits.bucket_of("203.0.113.0/24")
    clock.shift(20)

    assert limits.bucket_of("203.0.113.0/24") != first
    assert cache.get("limits:salt:2026-05-04") is None
    assert cache.get("limits:salt:2026-05-05") is not None
    # It never outlives its day.
    clock.move_to("2026-05-04T23:00Z")
    lifetimes = []
    monkeypatch.setattr(cache, "add", lambda name, salt, timeout: lifetimes.append(timeout))
    limits.bucket_of("203.0.113.0/24")
    assert lifetimes == [3601]


def test_neither_cache_nor_file_holds_what_is_made_of_an_address(rate, settings, monkeypatch):
    limits.is_over(post("203.0.113.5"), "send")
    held = repr({name: cache._cache[name] for name in cache._cache})
    bucket = limits.bucket_of("203.0.113.0/24")
    files = [path for folder in (settings.DATA_DIR, settings.RUN_DIR) for path in Path(folder).rglob("*")]

    assert cache._cache
    assert [each for each in ("203.0", bucket) if each in held] == []
    made = [bucket.encode(), b"203.0.113", limits._salt_of_today()]
    assert [path for path in files if path.is_file() and any(each in path.read_bytes() for each in made)] == []
    # A cache that fails shuts nobody out.
    monkeypatch.setattr(limits, "get_usage", Mock(side_effect=ConnectionError("no cache")))
    assert limits.is_over(post(), "send") is False


def asked(path, method="get", **said):
    """The answer to a request that came through the adapter, and the share that it asked for."""
    response = getattr(Client(headers={"host": "127.0.0.1"}), method)(path, **{limits.CAN_WAIT: True, **said})
    return response, response.wsgi_request.META.get(limits.WANTED)


SEARCHES = ("/search/?q=police", "/stories/?q=police", "/cy/search/?q=heddlu", "/stories/?made-up=1")
MADE = ("/", "/stories/", "/stories/?force=kent", "/no-such-page/", "/stories.csv")
FREE = ("/tell/", "/tell/form/", "/tell/under-18/", "/cy/tell/form/", "/return/", "/take-down/", "/leave/", "/healthz")
SHARES = {SEARCH: (*SEARCHES, "/stories.csv?q=x"), PAGE: MADE, None: (*FREE, "/admin/", "/admin/login/")}


@pytest.mark.django_db
def test_page_that_has_to_be_made_needs_its_share_and_telling_and_moderating_none():
    for share, paths in SHARES.items():
        for path in paths:
            response, wanted = asked(path)

            assert wanted == share, path
            assert share is None or response.content == b"", path


@pytest.mark.django_db
def test_kept_page_needs_no_share_while_others_wait_and_no_refusal_is_kept():
    made = Client(headers={"host": "127.0.0.1"}).get("/stories/")
    asked("/forces/", **{limits.REFUSED: 503})

    response, wanted = asked("/stories/")

    assert wanted is None
    assert response.content == made.content
    assert asked("/forces/")[1] == PAGE


@pytest.mark.django_db
def test_page_that_refuses_says_when_to_come_again_and_where_help_is():
    for prefix in ("", "/cy"):
        response, _ = asked(f"{prefix}/search/?q=police", **{limits.REFUSED: 503})
        page = response.content.decode()

        assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "30", "no-store")
        assert not response.cookies
        for piece in ('<a href="">', f'href="{prefix}/get-help/"', 'id="exit"'):
            assert piece in page, piece
