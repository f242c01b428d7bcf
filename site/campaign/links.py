"""Where a link of an editor may lead: a page of ours, the web, or a mail; whatever else was kept leads nowhere."""

import re
from urllib.parse import SplitResult, urlsplit

from stories import addresses

# Control characters, spaces and backslashes: browsers drop or turn them, and the address becomes another one.
_TURNED = re.compile(r"[\x00-\x20\\\x7f-\x9f\u2028\u2029]")
# The first parts of addresses at which no page of ours stands.
_NO_PAGES = ("admin", "media", "static")


def safe(address: str) -> str:
    """The address as a page may show it, a path of ours in the page's language; empty where it leads nowhere good."""
    if is_own(address):
        return addresses.in_language(addresses.in_english(address))
    return address if is_web(address) or is_mail(address) else ""


def is_own(address: str) -> bool:
    """True for a path of ours; `//elsewhere` is another host."""
    is_path = address.startswith("/") and not address.startswith("//") and not _TURNED.search(address)
    return is_path and address.split("/")[1] not in _NO_PAGES


def is_web(address: str) -> bool:
    """True for an address that begins with http or https and names a host."""
    return _has_scheme(address, "http", "https") and bool(_parts(address).netloc)


def is_secure(address: str) -> bool:
    """True for an https address."""
    return is_web(address) and _has_scheme(address, "https")


def is_mail(address: str) -> bool:
    """True for `mailto:` and an address."""
    return _has_scheme(address, "mailto") and "@" in address


def _has_scheme(address: str, *schemes: str) -> bool:
    return not _TURNED.search(address) and _parts(address).scheme in schemes


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
