"""A draft begun on the bus, on a small phone, and finished at home, on a computer that runs no scripts."""

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BEGUN = "I rang 101 about the pictures and"
WHOLE = "I rang 101 about the pictures and they wrote it all down."
QUESTION = "In your own words, how did the police deal with it?"


def test_draft_on_the_bus_finished_at_home(visit):
    bus, home = visit(PHONE), visit(DESK, java_script_enabled=False)

    bus.page.goto("/tell/form/")
    bus.arrive("Tell us what happened")
    # From the first part nobody goes on without this.
    bus.say_the_age()
    reach(bus.page, bus.page.get_by_label(QUESTION))
    bus.page.get_by_label(QUESTION).fill(BEGUN)
    bus.page.get_by_role("button", name="Save for later").tap()
    expect(bus.page.get_by_role("heading", level=1)).to_contain_text("Saved. Come back by")
    code = bus.code()

    bus.page.get_by_role("button", name="Go on writing now").tap()
    bus.arrive("Tell us what happened")
    reach(bus.page, bus.page.get_by_text("Publish my story"))
    bus.page.get_by_text("Publish my story").tap()
    bus.page.get_by_role("button", name="Save for later").tap()
    expect(bus.page.get_by_role("heading", level=1)).to_contain_text("Saved. Come back by")
    assert bus.code() == code
    page = home.come_back(code.replace("-", " ").lower()).page
    home.arrive("You saved this for later")
    page.get_by_role("button", name="Go on writing").click()
    home.arrive("Tell us what happened")
    expect(page.get_by_label(QUESTION)).to_have_value(BEGUN)
    expect(page.get_by_label("Publish my story")).to_be_checked()
    home.page.get_by_label(QUESTION).fill(WHOLE)
    home.say_the_age()
    home.check()
    assert home.send() == code

    bus.assert_left_nothing()
    home.assert_left_nothing()


def reach(page, wanted):
    """Go on from screen to screen, as the form has them with JavaScript, until that stands there."""
    for _ in range(6):
        if wanted.is_visible():
            return
        page.get_by_role("button", name="Next").tap()
    expect(wanted).to_be_visible()
