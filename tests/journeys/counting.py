"""What work at a screen costs a person: screens, clicks, keys, typed words and pixels scrolled, by account and role."""

from collections import Counter
from contextlib import contextmanager

from tests.journeys.watching import comes_true, script

WORDS_A_MINUTE = 200
SECONDS_A_PRESS = 1.5
_LISTEN = """() => {
    window.rests = false;
    addEventListener("scrollend", () => { window.rests = true }, { capture: true, once: true });
}"""


# What one person did for one account; words that are typed are no keys.
COUNTED = ("screens", "clicks", "keys", "typed", "read", "px")


def minutes(cost):
    """Reckoned, never measured: a slow machine changes nothing."""
    return cost["read"] / WORDS_A_MINUTE + (cost["clicks"] + cost["keys"]) * SECONDS_A_PRESS / 60


class Counting:
    """Does on a page what somebody tells it to, and counts that for the account and the role that they are at."""

    def __init__(self, page, costs):
        # A screen is a document that somebody has to look at: a chain of redirects shows one.
        page.add_init_script(script("scrolled"))
        page.on("domcontentloaded", lambda _: self._count(screens=1))
        self.page, self.at, self._px = page, ("", "start"), 0
        self.costs = costs

    def go_on_with(self, account, role):
        """What is counted from here on is of this account."""
        self.page.wait_for_load_state()
        self.settle()
        self.at = (account, role)

    def settle(self):
        """Take over what was scrolled since."""
        px = self.page.evaluate("Number(sessionStorage.getItem('counted-px') || 0)")
        self._count(px=px - self._px)
        self._px = px

    def click(self, locator):
        locator.click()
        self._count(clicks=1)

    def clicked(self):
        """Something was dragged over or pressed, in a way of the test's own."""
        self._count(clicks=1)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self._count(keys=1)

    def type(self, words):
        """Words as they are typed, letter by letter: a script of the page hears each."""
        self.page.keyboard.type(words)
        self._count(typed=len(words.split()))

    def read(self, words):
        self._count(read=len(words.split()))

    def scroll_down_to_the_end_of(self, element):
        """Turn the wheel over it until its last line is seen, as somebody does who reads all of it."""
        self._turn(element, lambda at: max(0, at["down"]))

    def page_down_to_the_end_of(self, element):
        while element.evaluate(script("below"))["down"] > 1:
            with self._scrolling():
                self.press("PageDown")

    def scroll_up_to(self, element):
        self._turn(element, lambda at: min(0, at["up"]))

    def _turn(self, element, far):
        while left := round(far(at := element.evaluate(script("below")))):
            self.page.mouse.move(at["x"], at["y"])
            with self._scrolling():
                self.page.mouse.wheel(0, left)

    @contextmanager
    def _scrolling(self):
        """A busy machine scrolls late: until what is done inside has moved something, and that rests."""
        self.page.evaluate(_LISTEN)
        yield
        assert comes_true(self.page, "window.rests"), "nothing scrolls here"

    def _count(self, **more):
        self.costs[self.at].update(more)


def table(costs):
    """The counts of each account and role, with the sums, as lines for whoever runs the tests."""
    rows = {**costs, ("all", ""): sum(costs.values(), Counter())}
    lines = [["account", "role", *COUNTED, "minutes"]]
    lines += [[*at, *(cost[each] for each in COUNTED), f"{minutes(cost):.1f}"] for at, cost in rows.items()]
    return "\n".join("".join(f"{each:>12}" for each in line) for line in lines)
