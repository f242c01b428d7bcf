"""Kept pages as they went out last, given again without a thread and without Django (docs/adr/0016).

A page is ready while the edition of which it was kept is the newest, and that is known for less than a second; so a
story that goes down is gone from here when it is gone from everywhere else.
"""

import time
from dataclasses import dataclass
from typing import Any

from heard.middleware import page_cache
from stories.core import snapshot

# Past this many all of them are let go: made-up addresses push out what is asked for, and it is soon ready again.
MOST = 1000
# From this age on somebody has a look at the edition's number, while the pages still go out.
LOOK_AFTER_SECONDS = snapshot.TRUSTED_SECONDS / 2

# What else a request may say that changes the answer; of what is said twice Django makes one of its own.
_HANGS_ON = {b"host", b"x-forwarded-proto", b"accept-encoding"}
_FOR_DJANGO = {b"if-none-match", b"content-length", b"transfer-encoding"}

Message = dict[str, Any]
Name = tuple[object, ...]


@dataclass(frozen=True)
class Ready:
    """A whole answer, good until a moment of `time.time`."""

    head: Message
    body: Message
    until: float


class ReadyPages:
    """Those of one process, by all that a public page hangs on."""

    def __init__(self) -> None:
        self._number = 0
        self._pages: dict[Name, Ready] = {}

    def find(self, name: Name | None) -> Ready | None:
        seen = self._of_the_newest()
        page = self._pages.get(name) if name else None
        is_good = page and seen.age < snapshot.TRUSTED_SECONDS and time.time() < page.until
        return page if is_good else None

    def keep(self, name: Name, kept: page_cache.KeptUntil, head: Message, body: Message) -> None:
        if kept.number != self._of_the_newest().number:
            return
        if len(self._pages) >= MOST:
            self._pages.clear()
        self._pages[name] = Ready(head, body, kept.until)

    def _of_the_newest(self) -> snapshot.Seen:
        """What was seen last of the edition; pages of another are let go, for a withdrawn story stays in no memory."""
        seen = snapshot.last_seen()
        if seen.number != self._number:
            self._number, self._pages = seen.number, {}
        return seen


def for_front(head: Message) -> Message:
    """The head of a kept page, with what lets nginx give it again until this second ends (deploy/nginx.conf).

    So a story is gone there within a second of being gone here. nginx takes it off; a reader gets no time. It comes
    first: past `max-age=0` nginx reads no further, whatever may be given on an error.
    """
    return {**head, "headers": [(b"x-accel-expires", b"@%d" % time.time()), *head["headers"]]}


def name_of(scope: Message) -> Name | None:
    """All that a kept page hangs on; None for a request that Django has to look at."""
    if scope["method"] != "GET":
        return None
    said: dict[bytes, bytes] = {}
    for header, value in scope["headers"]:
        if header in _FOR_DJANGO or header in said:
            return None
        if header in _HANGS_ON:
            said[header] = value
    is_packed = page_cache.takes_gzip(said.pop(b"accept-encoding", b"").decode("latin-1"))
    return (scope["raw_path"], scope["query_string"], scope["scheme"], is_packed, *sorted(said.items()))
