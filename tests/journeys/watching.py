"""A visit in a real browser, with everything noted that P1 forbids it to leave behind."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, expect

PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 900}}
# Addresses that lead nowhere: they name something that is in the page already.
_WITHIN = ("data", "blob", "about")
_STORED = """async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie,
    ...(await indexedDB.databases()).map(each => each.name), ...await caches.keys(),
    ...await navigator.serviceWorker.getRegistrations(),
].filter(Boolean)"""


@dataclass
class Visit:
    """One browser window on the site: what it asked for, and what the browser complained of."""

    context: BrowserContext
    home: str
    page: Page = None
    asked: list = field(default_factory=list)
    complaints: list = field(default_factory=list)

    def __post_init__(self):
        self.context.set_default_timeout(20_000)
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.context.on("console", self._note)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page = self.context.new_page()

    def _note(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def elsewhere(self):
        """Every request that was not to the site itself."""
        parted = [(urlsplit(url), url) for url in self.asked]
        here = urlsplit(self.home).netloc
        return [url for parts, url in parted if parts.scheme not in _WITHIN and parts.netloc != here]

    def stored(self):
        """Every cookie, and every name in any of the browser's stores."""
        return self.context.cookies() + self.page.evaluate(_STORED)

    def assert_left_nothing(self):
        assert self.asked, "nothing was asked for, so nothing was tested"
        assert self.stored() == []
        assert self.elsewhere() == []
        assert self.complaints == []

    def arrive(self, title):
        """Wait for the page of that title: it fits without scrolling sideways, and the exit is at hand."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        self.page.wait_for_load_state()
        # Not `innerWidth`, which a phone's browser stretches to whatever sticks out.
        wide = self.page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"“{title}” is {wide} px too wide"
        self.page.evaluate("scrollTo(0, document.scrollingElement.scrollHeight)")
        expect(self.page.get_by_role("link", name="Exit this page")).to_be_in_viewport(ratio=1)
        self.page.evaluate("scrollTo(0, 0)")
