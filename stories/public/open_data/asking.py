"""What somebody asked a file for: which stories, and what of the address means nothing."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

from stories.public import edition
from stories.public.filters import StoryFilter
from stories.public.open_data import links, terms

IGNORED = "Ignored-Parameters"
# What a script on another site may read of an answer.
_EXPOSED = f"Link, ETag, Content-Disposition, {IGNORED}"


@dataclass(frozen=True)
class Asked:
    """The stories of one address, what of it changes nothing, and what this file alone knows (`own`)."""

    wanted: StoryFilter
    here: str
    own: Mapping[str, str]
    ignored: tuple[str, ...]

    @classmethod
    def of(cls, request: HttpRequest, **own: str) -> "Asked":
        """Read an address; `own` is the one value by which each parameter of this file alone is chosen."""
        query = request.GET.copy()
        taken = {name: value for name in own for value in _taken(query, name)}
        wanted = StoryFilter.from_query(query)
        chosen = {name: value for name, value in taken.items() if own[name] == value}
        strange = [f"{name}={value}"[:40] for name, value in taken.items() if value and own[name] != value]
        return cls(wanted, links.here(request), chosen, (*(each.words for each in wanted.unknown), *strange))

    def link(self, path: str, **place: str) -> str:
        """The address of this list at `path`, from a place of it."""
        return f"{self.here}{self.wanted.url(path, **place)}"

    def itself(self, path: str) -> str:
        """The address that was asked for, in its one right order."""
        _page, mark, query = self.wanted.page_url().partition("?")
        return f"{self.here}{path}{mark}{query}"

    @property
    def etag(self) -> str:
        """A name for the answer before it is made. It holds for this edition: a weak one, for nobody read the bytes."""
        parts = " ".join((str(edition.number()), self.here, self.wanted.page_url(), *sorted(self.own)))
        return f'W/"{hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()}"'

    def answered(self, response: HttpResponseBase, **rels: str) -> HttpResponseBase:
        """`response` with what goes with every file of a list; `rels` are links by what they lead to."""
        give_away(response)
        found = [f'<{url}>; rel="{rel}"' for rel, url in {**rels, "license": terms.words().url}.items() if url]
        response["Link"] = ", ".join(found)
        response["ETag"] = self.etag
        if self.ignored:
            response[IGNORED] = ", ".join(quote(words, safe="=") for words in self.ignored)
        if self.ignored or self.wanted.q:
            # It names what one reader typed, so nobody else is given a kept copy.
            response["Cache-Control"] = "no-store"
        return response


def give_away(response: HttpResponseBase) -> HttpResponseBase:
    """Let scripts of any site read this answer; nothing in it depends on who asks.

    A search engine keeps a file longer than a story may stay up, and the stories' own pages are there to be found.
    """
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = _EXPOSED
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _taken(query: QueryDict, name: str) -> list[str]:
    return query.pop(name)[-1:] if name in query else []
