"""The newest stories of a filter as an Atom feed (RFC 4287): well-formed, whatever stands in a story.

It carries titles and first lines. A feed reader keeps what it was given, and nobody can take a story back there.
"""

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from django.conf import settings
from django.utils.translation import gettext as _

from stories import lifecycle
from stories.models import Story
from stories.public import edition, finding
from stories.public.figures import in_words
from stories.public.finding import Found
from stories.public.open_data import links, story_json, terms
from stories.public.open_data.asking import Asked
from stories.public.open_data.fields import IN_FEED, Field
from stories.public.open_data.rows import Rows, Value

ATOM = "http://www.w3.org/2005/Atom"
register_namespace("", ATOM)
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML 1.0 has no way to write; one of them makes a whole feed unreadable.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def find(asked: Asked) -> Found:
    return finding.find(asked.wanted, whole=True)


def rels(asked: Asked, found: Found) -> dict[str, str]:
    """The feed's own links; the paging ones are RFC 5005's."""
    return {
        "alternate": asked.link("/stories/"),
        "first": asked.link(links.ATOM),
        "previous": found.newer and asked.link(links.ATOM, after=found.newer),
        "next": found.older and asked.link(links.ATOM, before=found.older),
    }


def of(asked: Asked, found: Found, *, itself: str) -> bytes:
    """The feed as a file; `itself` is its address."""
    feed = Element(f"{{{ATOM}}}feed", {_LANGUAGE: "en-GB"})
    _text(feed, "id", f"{settings.BASE_URL}{asked.wanted.url(links.ATOM)}")
    _text(feed, "title", f"{_name()} – {story_json.title(asked)}")
    _text(feed, "subtitle", in_words.caution())
    _text(feed, "updated", _moment(max(map(_changed, found.stories), default=lifecycle.today())))
    # Atom asks for an author, and nobody who told or agreed a story is one by name.
    _text(SubElement(feed, f"{{{ATOM}}}author"), "name", _name())
    _text(feed, "rights", terms.in_a_row())
    _link(feed, "self", itself, "application/atom+xml")
    for rel, url in {**rels(asked, found), "license": terms.words().url}.items():
        if url:
            _link(feed, rel, url, "text/html" if rel in ("alternate", "license") else "application/atom+xml")
    rows = Rows(asked.wanted.names, IN_FEED)
    for story in found.stories:
        _entry(SubElement(feed, f"{{{ATOM}}}entry"), story, rows)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def tag(story: Story) -> str:
    """A name for good, by RFC 4151: our host, the month it went live, its slug. A correction changes none of them."""
    return f"tag:{urlsplit(settings.BASE_URL).hostname},{story.month:%Y-%m}:{story.slug}"


def _entry(entry: Element, story: Story, rows: Rows) -> None:
    values = rows.values(story)
    _text(entry, "id", tag(story))
    _text(entry, "title", str(values["title"] or _("A story without a title")))
    _text(entry, "updated", _moment(_changed(story)))
    _text(entry, "published", _moment(story.month))
    _link(entry, "alternate", str(values["url"]), "text/html")
    _text(entry, "summary", str(values["opening"]))
    for field in rows.fields:
        if field.facet:
            _categories(entry, field, values[field.name], rows)


def _categories(entry: Element, field: Field, value: Value, rows: Rows) -> None:
    options = field.options(rows.names)
    for slug in _each(value):
        label = _clean(str(options.get(slug, slug)))
        marks = {"term": slug, "scheme": links.dictionary(field.name), "label": label}
        SubElement(entry, f"{{{ATOM}}}category", marks)


def _each(value: Value) -> Iterable[str]:
    return value if isinstance(value, list) else [value] if value else []


def _changed(story: Story) -> date:
    return story.edited_month or story.month or lifecycle.today()


def _moment(month: date | None) -> str:
    """The first moment of a month, for Atom knows no month: nothing finer is public."""
    return f"{month or lifecycle.today():%Y-%m}-01T00:00:00Z"


def _name() -> str:
    """How editors call the site."""
    brand = (edition.made("furniture") or {}).get("brand") or {}
    return str(brand.get("name") or "Heard")


def _text(parent: Element, name: str, words: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = _clean(words)


def _link(parent: Element, rel: str, url: str, kind: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "type": kind, "href": _clean(url)})


def _clean(words: str) -> str:
    return _NOT_IN_XML.sub("", words)
