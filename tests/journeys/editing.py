"""What an editor does in the admin, press by press: each is counted, as what a day costs somebody."""

from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page, expect


@dataclass
class Desk:
    """An editor's window, and how often something in it was pressed. What is typed isn't counted."""

    page: Page
    presses: int = 0

    def press(self, where):
        where.click()
        self.presses += 1

    def go(self, *names):
        """Along the bar at the side, and then links of the page."""
        for name in names:
            self.press(self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first)

    def choose(self, where, label):
        where.select_option(label=label)
        self.presses += 1

    @contextmanager
    def within(self, budget):
        """Begin at the first screen; what is done inside takes no more presses than that."""
        self.page.goto("/admin/")
        began = self.presses
        yield
        assert self.presses - began <= budget, f"{self.presses - began} presses, and {budget} were to be enough"


def add_block(desk, name):
    """Add a block at the end of a page; what it holds stands in the last one."""
    desk.press(desk.page.get_by_role("button", name="Insert a block").last)
    desk.press(desk.page.get_by_role("option", name=name, exact=True))


def open_the_preview(desk):
    desk.press(desk.page.get_by_role("button", name="Toggle preview"))
    return desk.page.frame_locator("iframe[title=Preview]:not(.w-preview__proxy)")


def publish(desk):
    more = desk.page.get_by_role("button", name="More actions")
    if more.count():
        desk.press(more)
    desk.press(desk.page.get_by_role("button", name="Publish", exact=True))
    expect(desk.page.get_by_text("published.")).to_be_visible()


def save(desk):
    desk.press(desk.page.get_by_role("button", name="Save", exact=True))
