"""Atom (RFC 4287) as every feed here writes it: well-formed, whatever stands in the words, and no moment of a day."""

import re
from datetime import date
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from stories.public import edition

ATOM = "http://www.w3.org/2005/Atom"
KIND = "application/atom+xml"
register_namespace("", ATOM)
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML 1.0 has no way to write; one of them makes a whole feed unreadable.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(*, name: str, title: str) -> Element:
    """An empty feed in English, under the address that names it for good."""
    begun = Element(f"{{{ATOM}}}feed", {_LANGUAGE: "en-GB"})
    text(begun, "id", name)
    text(begun, "title", title)
    return begun


def add(parent: Element, name: str, marks: dict[str, str] | None = None) -> Element:
    """Put an element into another, and return it."""
    return SubElement(parent, f"{{{ATOM}}}{name}", {key: clean(value) for key, value in (marks or {}).items()})


def text(parent: Element, name: str, words: str) -> None:
    add(parent, name).text = clean(words)


def author(parent: Element, name: str) -> None:
    """Say who it is by: Atom asks for one, and ours is a role or the site, never somebody's name."""
    text(add(parent, "author"), "name", name)


def link(parent: Element, rel: str, url: str, kind: str) -> None:
    add(parent, "link", {"rel": rel, "type": kind, "href": url})


def moment(day: date) -> str:
    """The first moment of a day, because Atom knows no day."""
    return f"{day:%Y-%m-%d}T00:00:00Z"


def written(whole: Element) -> bytes:
    """The feed as a file."""
    return bytes(tostring(whole, encoding="utf-8", xml_declaration=True))


def site() -> str:
    """How editors call the site."""
    brand = (edition.made("furniture") or {}).get("brand") or {}
    return str(brand.get("name") or "Heard")


def clean(words: str) -> str:
    return _NOT_IN_XML.sub("", words)
