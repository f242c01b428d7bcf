"""Where a link of an editor may lead: a page of ours, the web, or a mail; whatever else was kept leads nowhere."""

import re
from urllib.parse import SplitResult, urlsplit

from stories import addresses

# Control characters, spaces and backslashes: browsers drop or turn them, and the address becomes another one.
_TURNED = re.compile(r"[\x00-\x20\\\x7f-\x9f\u2028\u2029]")


def safe(address: str) -> str:
    """The address as a page may show it, a path of ours in the page's language; empty where it leads nowhere good."""
    if is_own(address):
        return addresses.of_link(address)
    return address if is_web(address) or is_mail(address) else ""


def is_own(address: str) -> bool:
    """True for a path to a page or a file that readers may open."""
    return is_path(address) and addresses.holds_pages(address)


def is_path(address: str) -> bool:
    """True for a path of ours; two strokes together would be another host, now or without the language before them."""
    return address.startswith("/") and "//" not in re.split("[?#]", address)[0] and not _TURNED.search(address)


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
