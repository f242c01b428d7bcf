"""Friction, not walls: how often one network posts, and a fair share of the threads for pages that have to be made.

Over the limit `request.over_limit` is True and what is sent goes to the flood tray. An address lives only in memory
while it is counted: the bucket is an HMAC of its network under a salt that is made each day, kept in the cache alone,
and then gone.
The server's adapter (`heard.asgi_adapter`) counts the shares; this says who needs one, so that who tells never waits
for who searches. A page that is kept needs none, nor one on which somebody tells, comes back, takes down or leaves.
"""

import functools
import hashlib
import logging
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django_ratelimit.core import get_usage

from heard import errors
from heard.middleware import Middleware
from heard.middleware.admin import is_admin
from heard.middleware.page_cache import is_known
from heard.middleware.public import carries_words
from stories.core.addresses import is_onion

# What the adapter and this say to each other in a request's environ; another server says nothing, and gets all.
CAN_WAIT, WANTED, REFUSED = "heard.can_wait", "heard.share_wanted", "heard.refused"
# A search, or another page that nobody keeps; and one that is kept once it is made.
SEARCH, PAGE = "search", "page"


class FairShareMiddleware(Middleware):
    """Hand a request back to the adapter, which gives it a share or refuses it; stands inside the page cache."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if status := request.META.get(REFUSED):
            return errors.refused(request, status)
        if request.META.get(CAN_WAIT) and not (is_admin(request) or carries_words(request.path_info)):
            known = is_known(request.path_info, request.META.get("QUERY_STRING", ""))
            request.META[WANTED] = PAGE if known else SEARCH
            # Nobody sees this: it only says to the adapter that nothing was made.
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        return self.get_response(request)


logger = logging.getLogger(__name__)
NO_ADDRESS = "everyone"
# A provider gives a household a /56 (RIPE-690): by /64 one person would have 256 times the limit. To phones it gives a
# /64 each, so that 256 of them share a /56, as 256 addresses share a /24.
_BITS = {4: 24, 6: 56}
Address = IPv4Address | IPv6Address


class LimitsMiddleware(Middleware):
    """Give each POST to a view that `counts_against` a kind its `over_limit`, and its `over_look_limit`.

    Each counts when the view first asks, so that looking over one's own words ten times costs nothing of the first.
    The second is for the look that we take at them.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.over_limit = request.over_look_limit = False  # type: ignore[attr-defined]
        # For the admin's doors, which count wrong tries: the day's hash of a network, never an address.
        request.came_from = SimpleLazyObject(lambda: bucket_of(client_network(request)))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., object], args: object, kwargs: object) -> None:
        kind = getattr(view, "counts_against", None)
        if kind and request.method == "POST":
            request.over_limit = SimpleLazyObject(lambda: is_over(request, kind))  # type: ignore[attr-defined]
            request.over_look_limit = SimpleLazyObject(lambda: is_over(request, "look"))  # type: ignore[attr-defined]


def is_over(request: HttpRequest, kind: str) -> bool:
    """Count this request against `kind`, and say whether its network has come too often."""
    try:
        bucket = bucket_of(client_network(request))
        rates = settings.LIMITS_FOR_ALL if bucket == NO_ADDRESS else settings.LIMITS
        # Each rate counts on, even where an earlier one is already over.
        used = [
            get_usage(request, group=kind, key=lambda group, request: bucket, rate=rate, increment=True)
            for rate in rates.get(kind) or rates["other"]
        ]
        return any(usage and usage["should_limit"] for usage in used)
    except Exception:
        # Without a cache there is no count; nobody is kept out, or sent to the flood tray, for that.
        logger.exception("Limits can't count")
        return False


def client_network(request: HttpRequest) -> str | None:
    """Return the /24 or /56 that a request came from; None on the onion, or where nothing says it."""
    address = None if is_onion(request) else _client_address(request)
    # Our own machine is a proxy that nobody named: it says nothing of who came.
    if address is None or address.is_loopback:
        return None
    return str(ip_network(f"{address}/{_BITS[address.version]}", strict=False))


def bucket_of(network: str | None) -> str:
    """Name the bucket of a network, so that nobody can get back from the name to the network."""
    if network is None:
        return NO_ADDRESS
    return hashlib.blake2b(network.encode(), key=_salt_of_today(), digest_size=16).hexdigest()


def _client_address(request: HttpRequest) -> Address | None:
    """The nearest address that isn't one of our proxies: what stands left of it anyone could have written."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    seen = [_read(written) for written in (request.META.get("REMOTE_ADDR", ""), *reversed(forwarded))]
    if seen[0] is None and settings.TRUSTED_PROXIES:
        # A proxy on a Unix socket has no address of its own.
        seen.pop(0)
    proxies = trusted_networks(tuple(settings.TRUSTED_PROXIES))
    return next((each for each in seen if each is None or not any(each in known for known in proxies)), None)


def _read(written: str) -> Address | None:
    """Read an address as proxies write it: with a port, in brackets, or IPv4 inside IPv6."""
    text = written.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    # Without the zone that an address of IPv6 may name.
    return address if isinstance(address, IPv4Address) else address.ipv4_mapped or IPv6Address(int(address))


@functools.cache
def trusted_networks(proxies: tuple[str, ...]) -> list[IPv4Network | IPv6Network]:
    """Read proxies as settings name them, each an address or a network; raises ValueError for anything else."""
    return [ip_network(proxy, strict=False) for proxy in proxies]


def _salt_of_today() -> bytes:
    """The day's salt; whichever process comes first makes it, and removes yesterday's."""
    now = datetime.now(UTC)
    name = f"limits:salt:{now.date()}"
    salt = cache.get(name)
    if not isinstance(salt, bytes):
        cache.delete(f"limits:salt:{now.date() - timedelta(days=1)}")
        midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), tzinfo=UTC)
        cache.add(name, secrets.token_bytes(32), timeout=int((midnight - now).total_seconds()) + 1)
        salt = cache.get(name)
    return salt if isinstance(salt, bytes) else secrets.token_bytes(32)
