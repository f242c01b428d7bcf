"""What somebody asked a file for: which stories, and what of the address means nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from stories.public import edition
from stories.public.filters import PARAMETERS, StoryFilter
from stories.public.open_data import links, terms
from stories.public.search.asking import MOST

IGNORED, LIMIT = "Ignored-Parameters", "Search-Limit"
# What a script on another site may read of an answer.
_EXPOSED = f"Link, ETag, Content-Disposition, {IGNORED}, {LIMIT}"


@dataclass(frozen=True)
class Asked:
    """The stories of one address, what of it changes nothing, and what this file alone knows (`own`)."""

    wanted: StoryFilter
    here: str
    own: Mapping[str, str]
    ignored: tuple[str, ...]

    @classmethod
    def of(cls, request: HttpRequest, *, takes: Collection[str] = PARAMETERS, **own: str) -> "Asked":
        """Read an address for a file that takes these parameters of a list.

        `own` is the one value by which each parameter of this file alone is chosen.
        """
        query = request.GET.copy()
        others = _taken(query, {*PARAMETERS} - {*takes})
        mine = _taken(query, own)
        wanted = StoryFilter.from_query(query)
        chosen = {name: value for name, value in mine.items() if own[name] == value}
        strange = {name: value for name, value in (others | mine).items() if value and own.get(name) != value}
        ignored = (*wanted.unknown, *(f"{name}={strange[name]}"[:40] for name in strange))
        return cls(wanted, links.here(request), chosen, ignored)

    def link(self, path: str, **place: str) -> str:
        """The address of this list at `path`, from a place of it."""
        return f"{self.here}{self.wanted.url(path, **place)}"

    def itself(self, path: str) -> str:
        """The address that was asked for, in its one right order."""
        _page, mark, query = self.wanted.page_url().partition("?")
        return f"{self.here}{path}{mark}{query}"

    @cached_property
    def etag(self) -> str:
        """A name for the answer, worked out before the stories are found, so that no old answer gets a new name.

        It holds for this edition: a weak one, for nobody read the bytes.
        """
        parts = " ".join((str(edition.number()), self.here, self.wanted.page_url(), *sorted(self.own)))
        # Keyed, because the number of an edition says how often something was changed.
        return f'W/"{salted_hmac("stories.public.open_data", parts, algorithm="sha256").hexdigest()[:32]}"'

    def answered(self, response: HttpResponseBase, **rels: str) -> HttpResponseBase:
        """`response` with what goes with every file of a list; `rels` are links by what they lead to."""
        give_away(response)
        found = [f'<{url}>; rel="{rel}"' for rel, url in {"license": terms.words().url, **rels}.items() if url]
        response["Link"] = ", ".join(found)
        response["ETag"] = self.etag
        if self.ignored:
            response[IGNORED] = ", ".join(quote(words, safe="=") for words in self.ignored)
        if self.wanted.q:
            response[LIMIT] = str(MOST)
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


def _taken(query: QueryDict, names: Iterable[str]) -> dict[str, str]:
    """Take these parameters out of the query; each with its last value."""
    return {name: query.pop(name)[-1] for name in sorted(names) if name in query}
