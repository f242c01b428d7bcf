"""Atom feeds as Django writes them, but with no moment of a day, and well-formed whatever is in the words.

A feed carries titles and first lines. A feed reader keeps what it was given, and nobody can take a story back there.
Stories have a month; news, answers and asks are public acts, and a feed of them tells the day that their page tells.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from stories.core import lifecycle, named_lists, snapshot
from stories.core.named_lists import NamedForce
from stories.figures import counts
from stories.reading import ask_progress, responses
from stories.reading.export import requests
from stories.reading.export.fields import STORY, Rows
from stories.reading.export.requests import FileRequest
from stories.reading.responses import PublicLetter, PublicResponse
from stories.reading.search.store import Found

# What XML 1.0 has no way to write; one of them makes a whole feed unreadable.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FACETS = tuple(field for field in STORY if field.facet)


class AtomFeed(Atom1Feed):
    """A feed in English by the site, never by somebody's name; `links` are further ones by what they lead to."""

    def __init__(self, title: str, link: str, *, links: Mapping[str, str] = {}, **about: Any) -> None:
        self._links = links
        super().__init__(_xml_text(title), link, "", language="en-GB", author_name=site_name(), **about)

    def latest_post_date(self) -> datetime:
        """Its newest day; of an empty feed, Django's own would be the moment at which it was made."""
        return super().latest_post_date() if self.items else first_moment(lifecycle.today().replace(day=1))

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for rel, url in self._links.items():
            if url:
                handler.addQuickElement("link", "", {"rel": rel, "href": url})

    def add_item(self, title: str, link: str, description: str, **about: Any) -> None:  # type: ignore[override]
        """Add an entry; its description is plain text."""
        super().add_item(_xml_text(title), link, escape(_xml_text(description)), **about)


def story_feed(asked: FileRequest, found: Found) -> bytes:
    this_month = lifecycle.today().replace(day=1)
    feed = AtomFeed(
        f"{site_name()} – {asked.title()}",
        asked.link("/stories/"),
        links={**asked.page_links(requests.ATOM, found, back="previous"), "license": requests.story_licence()["url"]},
        feed_guid=f"{settings.BASE_URL}{asked.wanted.url(requests.ATOM)}",
        feed_url=f"{asked.here}{asked.wanted.page_url(requests.ATOM)}",
        subtitle=counts.caution_words(),
        feed_copyright=requests.story_terms(),
    )
    rows = Rows(_FACETS)
    for story in found.stories:
        feed.add_item(
            story.title or _("A story without a title"),
            f"{settings.BASE_URL}/stories/{story.slug}/",
            story.opening,
            # A name for good, by RFC 4151: a correction changes none of its parts.
            unique_id=f"tag:{urlsplit(settings.BASE_URL).hostname},{story.month:%Y-%m}:{story.slug}",
            pubdate=first_moment(story.month or this_month),
            # Nothing finer is public.
            updateddate=first_moment((story.edited_month or story.month or this_month).replace(day=1)),
            categories=" ".join(rows.cells(story)).split(),
        )
    return str(feed.writeString("utf-8")).encode()


class Entry(NamedTuple):
    """One public act: `name` is its own for good, and `by` says who acted, where that isn't the site."""

    on: date
    title: str
    path: str
    words: str
    name: str
    by: str = ""


NEWEST = 20


def entry_feed(request: HttpRequest, title: str, page: str, path: str, entries: Iterable[Entry]) -> HttpResponse:
    """The newest of these, at `path`, for whoever follows what stands on `page`."""
    here, host = requests.base_url(request), urlsplit(settings.BASE_URL).hostname
    feed = AtomFeed(title, f"{here}{page}", feed_guid=f"{settings.BASE_URL}{path}", feed_url=f"{here}{path}")
    for entry in sorted(entries, key=attrgetter("on"), reverse=True)[:NEWEST]:
        on, link = first_moment(entry.on), f"{settings.BASE_URL}{entry.path}"
        # A name for good, by RFC 4151: neither another title nor another address makes it new to a reader.
        about = {"unique_id": f"tag:{host},{on:%Y}:{entry.name}", "author_name": entry.by or None}
        feed.add_item(entry.title, link, entry.words, pubdate=on, updateddate=on, **about)
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    # Readers of feeds don't go by it; a search engine would keep it longer than a page may stay.
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def answers_atom(request: HttpRequest, force_id: str = "") -> HttpResponse:
    """The newest answers and letters, of every force or of one; an answer of no known month is left out."""
    forces = named_lists.get_named_lists().forces
    if force_id and force_id not in forces:
        raise Http404
    acts: list[PublicResponse | PublicLetter] = [*responses.get_responses(), *responses.get_letters()]
    chosen = [each for each in acts if each.month and each.force in ({force_id} if force_id else forces)]
    entries = [_answer(each, forces[each.force]) for each in chosen]
    name = forces[force_id].name if force_id else _("Answers of police forces, and letters to them")
    page = f"/forces/{force_id}/" if force_id else "/forces/"
    return entry_feed(request, f"{site_name()} – {name}", page, request.path, entries)


def _answer(each: PublicResponse | PublicLetter, force: NamedForce) -> Entry:
    month = each.month or lifecycle.today()
    if isinstance(each, PublicResponse):
        title, name = f"{force.name}: {each.kind}", f"answer-{each.slug}"
        return Entry(month, title, f"{force.url}#said", each.words, name, force.name)
    about = [each.its_ask.sentence if each.its_ask else "", *(f"“{story.title}”" for story in each.stories)]
    words, name = " ".join(filter(None, [f"{each.role}.", *about])), f"{month:%m}-{slugify(each.role)}-{each.ask}"
    title = _("A letter to %(force)s") % {"force": force.name}
    return Entry(month, title, f"{force.url}#asked", words, f"letter-{force.id}-{name}")


@require_safe
def asks_atom(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The newest of what happened to every ask, or to one."""
    asks = [ask for ask in ask_progress.get_asks() if slug in ("", ask.slug)]
    if slug and not asks:
        raise Http404
    entries = list[Entry]()
    for ask, update in ((each, update) for each in asks for update in each.updates):
        words = f"{update.words} {_('Still missing:')} {update.missing}" if update.missing else update.words
        of_day = [each for each in ask.updates if each.on == update.on].index(update)
        title, name = f"{update.state_words or _('News')}: {ask.title}", f"ask-{ask.slug}-{update.on:%m-%d}-{of_day}"
        entries.append(Entry(update.on, title, ask.url, words, name, update.who_says))
    name, page = (asks[0].title, asks[0].url) if slug else (_("What we ask, and what came of it"), "/asks/")
    return entry_feed(request, f"{site_name()} – {name}", page, request.path, entries)


def first_moment(day: date) -> datetime:
    """The first moment of a day, because Atom knows no day."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def site_name() -> str:
    brand = (snapshot.get_built("furniture") or {}).get("brand") or {}
    return str(brand.get("name") or "Heard")


def _xml_text(words: str) -> str:
    return _NOT_IN_XML.sub("", words)
