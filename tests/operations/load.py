"""People on a site while something is done to it: readers, contributors and a monitor, and what each of them met."""

import re
import socket
import ssl
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlencode

from tests.running_site import Page

READ = ("/", "/stories/", "/the-law/", "/get-help/", "/what-we-hear/", "/forces/", "/privacy/", "/tell/form/", "/cy/")
STYLES = re.compile(r'href="(/static/[^"]+\.css)"')
ANSWERS = {"adult": "yes", "force": "kent", "year": "2024", "consent_publish": "on"}
# A browser waits longer; nobody on a phone does.
LONGEST = 30
CANARY = "A canary sings in sentence {number} of this account, and nobody called me back."


@dataclass
class Answer:
    """One request: when it was sent, in seconds since the load began; how long it took; the status, 0 for none."""

    who: str
    path: str
    at: float
    took: float
    status: int
    words_back: bool | None = None


@dataclass
class Load:
    """Readers at `rate` requests a second in all, and so many contributors, on `host` at `port` of this machine."""

    host: str
    port: int = 443
    rate: float = 20
    contributors: int = 2
    readers: int = 4
    answers: list[Answer] = field(default_factory=list)
    # By code, the number of the account that it has to open.
    codes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self):
        self._began, self._ends = time.monotonic(), threading.Event()
        self._numbers, self._lock = iter(range(1_000_000)), threading.Lock()
        people = [*[self._read] * self.readers, *[self._tell] * self.contributors, self._watch]
        self._threads = [threading.Thread(target=deed, args=(at,), daemon=True) for at, deed in enumerate(people)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *args):
        self._ends.set()
        for thread in self._threads:
            thread.join(LONGEST + 5)

    def now(self):
        return time.monotonic() - self._began

    def ask(self, who, path, fields=None, words=""):
        at, status, text = self.now(), 0, ""
        try:
            line = self._line()
            try:
                body = urlencode(fields) if fields else None
                headers = {"Host": self.host, "X-Forwarded-Proto": "https"}
                headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
                line.request("POST" if body else "GET", path, body, headers)
                answer = line.getresponse()
                status, text = answer.status, answer.read().decode(errors="replace")
            finally:
                line.close()
        except (OSError, HTTPException):
            status = 0
        back = words in unescape(text) if words else None
        self.answers.append(Answer(who, path, at, self.now() - at, status, back))
        return status, text

    def _line(self):
        if self.port != 443:
            return HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        line = HTTPSConnection(self.host, timeout=LONGEST, context=context)
        # The proxy answers to its own names alone.
        here = socket.create_connection(("127.0.0.1", 443), timeout=LONGEST)
        line.sock = context.wrap_socket(here, server_hostname=self.host)
        return line

    def _read(self, number):
        turn, styles = number, None
        while not self._ends.wait(self.readers / self.rate):
            # Every fourth time the styles of the page before, which an upgrade changes.
            path = styles[1] if styles and turn % 4 == 3 else READ[turn % len(READ)]
            styles = STYLES.search(self.ask("reader", path)[1])
            turn += 1

    def _tell(self, _number):
        while not self._ends.wait(0.5):
            with self._lock:
                number = next(self._numbers)
            self.tell(number)

    def tell(self, number):
        """Send one account as somebody would who tries again with the words they still have; keeps its code."""
        words = CANARY.format(number=number)
        told = ANSWERS | {"account": words}
        for _try in range(20):
            status, page = self.ask("contributor", "/tell/form/")
            if status == 200:
                fields = Page(page).hidden() | told | {"step": "check"}
                status, page = self.ask("contributor", "/tell/form/", fields, words)
            if status == 200 and (fields := Page(page).hidden()):
                status, page = self.ask("contributor", "/tell/form/", fields | told | {"step": "send"}, "")
                if status == 200 and (code := Page(page).code()):
                    self.codes[code] = number
                    return
            if self._ends.wait(1):
                return

    def _watch(self, _number):
        while not self._ends.wait(0.5):
            _status, text = self.ask("monitor", "/healthz")
            self.answers[-1].path = " ".join(text.split())[:60] or "-"

    # --- what they met -----------------------------------------------------------------------------------

    def met(self, *, since=0.0, until=1e9):
        """One line for each kind of visitor between two moments."""
        told = {}
        for who in ("reader", "contributor"):
            some = [each for each in self.answers if each.who == who and since <= each.at < until]
            wrong = [each for each in some if each.status == 0 or each.status >= 500]
            told[who] = {
                "requests": len(some),
                "errors": len(wrong),
                "statuses": dict(Counter(each.status for each in wrong)),
                "gap": round(self._gap(some), 1),
                "slowest": round(max((each.took for each in some), default=0), 1),
                "posts without words back": sum(each.words_back is False for each in wrong),
            }
        said = Counter(each.path for each in self.answers if each.who == "monitor" and since <= each.at < until)
        return told | {"healthz": dict(said)}

    @staticmethod
    def _gap(some):
        """The longest time in seconds from one answer that was right to the next, where something went wrong."""
        ends, longest, wrong = None, 0.0, False
        for each in sorted(some, key=lambda each: each.at + each.took):
            if each.status == 0 or each.status >= 500:
                wrong = True
            else:
                if ends is not None and wrong:
                    longest = max(longest, each.at + each.took - ends)
                ends, wrong = each.at + each.took, False
        return longest

    def lost(self):
        """The numbers of the accounts whose code doesn't open them."""
        missing = []
        for code, number in self.codes.items():
            words = CANARY.format(number=number)
            _status, page = self.ask("look", "/return/", {"code": code}, words)
            if words not in unescape(page):
                missing.append(number)
        return missing
