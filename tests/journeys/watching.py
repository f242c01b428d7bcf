"""A visit in a real browser, with everything noted that P1 forbids it to leave behind."""

import functools
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 900}}
# How the page with the code of a draft begins.
SAVED = re.compile("^Saved. Come back by")
# How many milliseconds a page may take for anything: a busy machine is slow, and no reason for a test to fail.
PATIENCE = 60_000
# Addresses that lead nowhere: they name something that is in the page already.
_WITHIN = ("data", "blob", "about")


@functools.cache
def script(name):
    """A function of JavaScript to ask a page with, from in_page/."""
    return (Path(__file__).parent / "in_page" / f"{name}.js").read_text().strip()


@dataclass
class Visit:
    """One browser window on the site: what it asked for, and what the browser complained of."""

    context: BrowserContext
    home: str
    page: Page = None
    asked: list = field(default_factory=list)
    complaints: list = field(default_factory=list)

    def __post_init__(self):
        self.context.set_default_timeout(PATIENCE)
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.context.on("console", self._note)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page = self.context.new_page()

    def __iter__(self):
        """`window, page = visit()`."""
        return iter((self, self.page))

    def come_to(self, address, title=None):
        if address:
            self.page.goto(address)
        if title:
            self.arrive(title)
        return self

    def _note(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def elsewhere(self):
        """Every request that was not to the site itself."""
        parted = [(urlsplit(url), url) for url in self.asked]
        here = urlsplit(self.home).netloc
        return [url for parts, url in parted if parts.scheme not in _WITHIN and parts.netloc != here]

    def stored(self):
        """Every cookie, and every name in any of the browser's stores, as each of its tabs has them."""
        return self.context.cookies() + [name for tab in self.context.pages for name in self._stored_in(tab)]

    def _stored_in(self, tab):
        # What a site has stored only its own pages see, whatever other site the tab shows by then.
        if urlsplit(tab.url).netloc != urlsplit(self.home).netloc:
            tab.goto(f"{self.home}/robots.txt")
        return tab.evaluate(script("stored"))

    def assert_left_nothing(self, *, went_to=(), complaints=()):
        """No cookie, nothing stored, nobody asked but where they `went_to`, no complaints but those brought about."""
        assert self.asked, "nothing was asked for, so nothing was tested"
        assert self.stored() == []
        assert [url for url in self.elsewhere() if not url.startswith(tuple(went_to))] == []
        assert [each for each in self.complaints if not any(words in each for words in complaints)] == []

    def stand_in(self, address, words):
        """Answer for another site with a page of these words: nothing leaves this machine."""
        # With a picture of its own: a browser asks any other site for one, which no route sees.
        body = f'<link rel="icon" href="data:,"><p>{words}'
        self.context.route(f"{address}*", lambda route: route.fulfill(body=body, content_type="text/html"))

    def answer_stay(self, asked):
        """Note in `asked` the kind of each question that the browser asks from here on, and stay where it asks."""
        self.context.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    def open_tab(self):
        """A second tab of the same browser; `page` is from here on the one that is looked at."""
        self.page = self.context.new_page()
        return self.page

    def open_part(self, name):
        """Press Next until that part of the form shows; without JavaScript it stands there already."""
        part = self.page.locator(f"#{name}")
        # Until its scripts have come, all parts show.
        self.page.wait_for_load_state()
        for _ in range(6):
            if part.is_visible():
                return
            # Their age is the one answer without which nobody gets on.
            if self.page.locator("[data-needed]:visible:not(:has(:checked))").count():
                self.page.locator("[name=adult][value=yes]").check()
            self.page.locator("[data-next]:visible, [data-more]:visible").click()
        expect(part).to_be_visible()

    def press(self, name, title=None, role="button"):
        """The first button of exactly this name; it leads to the page of that title."""
        self.page.get_by_role(role, name=name, exact=True).first.click()
        if title:
            self.arrive(title)

    def say_the_age(self):
        self.page.get_by_role("group", name="Are you 18 or over now?").get_by_text("Yes", exact=True).click()

    def write(self, words):
        self.open_part("telling")
        self.page.locator("[name=account]").fill(words)

    def check(self):
        self.open_part("choices")
        self.press("Check what I wrote", "Read it once more")

    def send(self):
        """From the check page to the code, which this returns."""
        self.press("Send", "Keep this code")
        return self.code()

    def fill_in(self, words):
        """From an empty form to the check page, by the least that can be sent."""
        self.page.goto("/tell/form/")
        self.say_the_age()
        self.write(words)
        self.check()

    def tell(self, words):
        """From an empty form to the code, which this returns."""
        self.fill_in(words)
        return self.send()

    def code(self):
        return "".join(self.page.locator("#receipt-code").inner_text().split())

    def come_back(self, code, title=None):
        self.page.goto("/return/")
        self.page.get_by_label("Your code").fill(code)
        self.press("Show me", title)
        return self

    def take_it_back(self):
        """From the page behind the code."""
        self.page.locator("summary", has_text="Take it back").tap()
        self.press("Go on to take it back", "Take it back?")
        self.press("Take it back and erase it", "You took it back")

    def arrive(self, title):
        """Wait for the page of that title: it fits without scrolling sideways, and the exit is at hand."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        self.page.wait_for_load_state()
        self.assert_fits(title)
        self.page.evaluate("scrollTo(0, document.scrollingElement.scrollHeight)")
        expect(self.page.get_by_role("link", name="Exit this page")).to_be_in_viewport(ratio=1)
        self.page.evaluate("scrollTo(0, 0)")

    def assert_fits(self, name):
        """Nothing sticks out, so nobody has to scroll sideways."""
        # Not `innerWidth`, which a phone's browser stretches to whatever sticks out.
        wide = self.page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"“{name}” is {wide} px too wide"


def changed(change):
    """Answer a route with what the site says, its words changed."""

    def answer(route):
        said = route.fetch()
        route.fulfill(response=said, body=change(said.text()))

    return answer


def assert_quiet(*windows):
    """The end of every journey at a desk: nothing was asked of anybody else, and the browser complained of nothing."""
    for window in windows:
        assert window.elsewhere() == []
        assert window.complaints == []


def comes_true(page, expression):
    """Ask the page again and again: its own way to wait needs `eval`, which our policy forbids."""
    for _ in range(PATIENCE // 50):
        if page.evaluate(expression):
            return True
        page.wait_for_timeout(50)
    return False
