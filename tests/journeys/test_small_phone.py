"""A long account on a phone of 320 × 640, with nothing but a finger."""

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import PHONE, script

pytestmark = [pytest.mark.browser]

ELSEWHERE = "https://www.bbc.co.uk/weather"
# One word is wider than the phone, as an address that was pasted in.
LONG = "They sent me " + "FromOneDeskToTheNext" * 12 + "\n" + "I rang again and nobody knew of it.\n" * 80
LAST = "In the end they listened."
LEAST_FOR_A_FINGER = 44


def test_long_account_is_told_by_touch_alone_and_left_at_the_end(visit):
    first = visit(PHONE)
    code = tell(first)
    first.assert_left_nothing()

    second = visit(PHONE)
    second.stand_in(ELSEWHERE, "Sunny")
    second.page.goto("/return/")
    second.page.get_by_label("Your code").tap()
    second.page.keyboard.type(code.lower())
    tap(second, second.page.get_by_role("button", name="Show me"))
    second.arrive("We have what you sent")
    tap(second, second.page.locator("summary", has_text="Read what I sent"))
    second.page.get_by_text(LAST).scroll_into_view_if_needed()
    expect(second.page.get_by_text(LAST)).to_be_visible()
    second.assert_fits("what I sent")
    tap(second, second.page.get_by_role("link", name="Exit this page"))
    expect(second.page.get_by_text("Sunny")).to_be_visible()
    second.page.go_back(wait_until="commit")
    assert LAST not in second.page.content()
    second.assert_left_nothing(went_to=[ELSEWHERE])


def tell(window):
    page = window.page
    page.goto("/tell/")
    window.arrive("Before you start")
    tap(window, page.get_by_role("link", name="Start"))
    window.arrive("Tell us what happened")
    tap(window, page.get_by_role("group", name="Are you 18 or over now?").locator("label", has_text="Yes"))
    go_to(window, "telling")
    write(window, page.locator("[name=account]"))
    go_to(window, "choices")
    tap(window, page.locator("label", has_text="Publish my story"))
    go_to(window, "more")
    tap(window, page.get_by_role("button", name="Check what I wrote"))
    window.arrive("Read it once more")
    tap(window, page.get_by_role("button", name="Send", exact=True))
    window.arrive("Keep this code")
    return window.code()


def go_to(window, name):
    page = window.page
    while not page.locator(f"#{name}").is_visible():
        tap(window, page.locator("[data-next]:visible, [data-more]:visible"))
        window.assert_fits(page.locator("[data-screen]:visible").get_attribute("id"))


def write(window, box):
    """A phone scrolls to the line that is written; the bar with the exit stands above it, not on it."""
    tap(window, box)
    expect(box).to_be_focused()
    window.page.keyboard.insert_text(LONG)
    window.page.keyboard.type(LAST)
    window.assert_fits("the box")
    bottom, bar, height = window.page.evaluate(_END_OF_BOX)
    assert bar < bottom <= height + 1, f"the line that is written is at {bottom}, not between {bar} and {height}"


def tap(window, target):
    """It is big enough for a finger; and Playwright taps nothing that something else covers."""
    height = target.bounding_box()["height"]
    assert height >= LEAST_FOR_A_FINGER, f"{target} is {height} px high"
    target.tap()


# The end of the last line, without what the box has below it.
_END_OF_BOX = script("end_of_box")
