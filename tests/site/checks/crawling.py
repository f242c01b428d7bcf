"""A walk through a served site from its first page: every address that a page, a feed or a file names, asked once."""

import html.parser
import json
import re
import urllib.parse
from dataclasses import dataclass, field
from functools import cached_property

from tests import running_site

BEGINNINGS = ("/", "/cy/", "/sitemap.xml", "/robots.txt")
# Pages that no link leads to: one that isn't there, filters that nobody knows, searches.
UNLINKED = {
    **dict.fromkeys(("/no-such-page/", "/stories/0123456789ab/", "/forces/atlantis/"), 404),
    **dict.fromkeys(("/stories/?force=gwent&outcome=charged&forse=kent", "/stories/?q=phone", "/stories/?q=zzzz"), 200),
}
# The admin has its own host outside the demo; leaving leads off the site.
NOT_ENTERED = re.compile(r"^(/cy)?/(admin|leave)/")
_NAMES_A_PLACE = {"href", "src", "poster", "data"}
# Links of these kinds are read by machines, and the browser asks for none of them.
_IN_XML = re.compile(r'(?<=<loc>)[^<]+|(?<=href=")[^"]+')
_META = {"og:image", "og:url", "twitter:image"}


@dataclass
class Answer:
    """What stood at an address (a path with its query), and where its links lead."""

    address: str
    status: int
    headers: dict
    body: bytes

    @property
    def kind(self):
        return self.headers.get("content-type", "").split(";")[0]

    @property
    def is_page(self):
        # What only leads on has nothing to read.
        return self.kind == "text/html" and not 300 <= self.status < 400

    @property
    def text(self):
        return self.body.decode()

    @cached_property
    def seen(self):
        """Its links and ids, if it is a page."""
        reader = _Reader()
        reader.feed(self.text)
        return reader

    def links(self):
        """Whatever it names, as it stands there."""
        if self.is_page:
            return self.seen.links
        if self.kind.endswith("xml"):
            return [html.unescape(link) for link in _IN_XML.findall(self.text)]
        if self.kind.endswith("json"):
            return list(_urls_in(json.loads(self.body)))
        return re.findall(r"^(?:Sitemap|Policy|Canonical): (\S+)", self.text, re.M) if self.kind == "text/plain" else []


@dataclass
class Crawl:
    """Every answer by its address; `named` has the links of each in full, `fragments` what follows a #."""

    site: str
    answers: dict = field(default_factory=dict)
    named: dict = field(default_factory=dict)

    def pages(self):
        return [answer for _, answer in sorted(self.answers.items()) if answer.is_page]


def crawl(site):
    """Ask for all that can be reached from `BEGINNINGS`; of lists, each that is narrowed in one way."""
    found = Crawl(site)
    waiting = set(BEGINNINGS)
    while waiting:
        # One at a time: where a page is being made, another one waits for two seconds and is turned away.
        for address in sorted(waiting):
            found.answers[address] = answer = ask(site, address)
            found.named[address] = _in_full(site, answer)
        waiting = _next(found)
    return found


def ask(site, address):
    """One address, without going on where it leads."""
    with running_site.WITHOUT_REDIRECTS.open(site + address, timeout=running_site.LONGEST_ANSWER) as answer:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(address, answer.status, headers, answer.read())


def unlinked(site):
    """The pages of `UNLINKED`, in both languages."""
    for address, status in UNLINKED.items():
        for language in ("", "/cy"):
            page = ask(site, language + address)
            assert (page.is_page, page.status) == (True, status), page.address
            yield page


def inside(site, link):
    """The address within the site that a link in full leads to, without its #; None for another site's."""
    parts = urllib.parse.urlsplit(link)
    if f"{parts.scheme}://{parts.netloc}" != site:
        return None
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _next(found):
    reached = {inside(found.site, link) for links in found.named.values() for link in links}
    return {each for each in reached - {None} - found.answers.keys() if not NOT_ENTERED.match(each) and _is_plain(each)}


def _is_plain(address):
    """True of a list that is narrowed in one way at most: of two there are thousands, made by the same rule."""
    return len(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query, keep_blank_values=True)) <= 1


def _in_full(site, answer):
    links = [*answer.links(), *([answer.headers["location"]] if "location" in answer.headers else [])]
    return [urllib.parse.urljoin(site + answer.address, link.strip()) for link in links]


def _urls_in(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _urls_in(each)
    elif isinstance(value, str) and value.startswith(("http://", "https://")):
        yield value


class _Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.ids = [], []

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self.ids += [told["id"]] if told.get("id") else []
        self.links += [told[name] for name in _NAMES_A_PLACE & told.keys() if told[name]]
        if tag == "form" and (told.get("action") or "").strip():
            # Behind a form that is posted stands its answer, and only there are the parts of that.
            self.links.append(told["action"].partition("#")[0])
        self.links += [part.split()[0] for part in (told.get("srcset") or "").split(",") if part.strip()]
        if tag == "meta" and told.get("property", told.get("name")) in _META:
            self.links.append(told["content"])
