"""With JavaScript a whole visit is one entry of the tab's history, and a lost line loses no word."""

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ACCOUNT = "I rang 101 and waited until the rain had stopped."
ELSEWHERE = "https://www.bbc.co.uk/weather"


@pytest.fixture
def at_the_form(visit):
    window = visit(PHONE)
    window.context.route(
        f"{ELSEWHERE}*", lambda route: route.fulfill(body="<p>Sunny intervals", content_type="text/html")
    )
    window.page.goto("/tell/")
    window.page.get_by_role("link", name="Start").tap()
    window.arrive("Tell us what happened")
    return window


def test_form_check_and_code_are_one_entry_and_after_the_exit_back_offers_nothing_to_send_again(at_the_form):
    page = at_the_form.page
    before = page.evaluate("history.length")

    fill_in_and_check(at_the_form)
    page.get_by_role("button", name="Send", exact=True).tap()
    at_the_form.arrive("Keep this code")
    code = page.locator("#receipt-code").inner_text()
    assert page.evaluate("history.length") == before

    page.get_by_role("link", name="Exit this page").tap()
    expect(page.get_by_text("Sunny intervals")).to_be_visible()
    page.evaluate("history.back()")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you start")
    assert ACCOUNT not in page.content()
    assert code not in page.content()


def test_next_page_begins_at_its_top_with_its_own_title(at_the_form):
    page = at_the_form.page

    fill_in_and_check(at_the_form)

    assert page.title().startswith("Check")
    assert page.evaluate("[scrollY, document.activeElement.tagName]") == [0, "MAIN"]


def test_something_to_look_at_takes_the_focus(at_the_form):
    page = at_the_form.page

    page.get_by_role("button", name="Check what I wrote").tap()

    expect(page.locator(".error-summary")).to_be_focused()


def test_line_that_breaks_loses_no_word_and_the_next_press_sends(at_the_form):
    page = at_the_form.page
    fill_in_and_check(at_the_form)

    at_the_form.context.set_offline(True)
    page.get_by_role("button", name="Send", exact=True).tap()
    expect(page.get_by_text("Your words are still here")).to_be_visible()
    expect(page.locator("[name=account]")).to_have_value(ACCOUNT)

    at_the_form.context.set_offline(False)
    page.get_by_role("button", name="Send", exact=True).tap()
    at_the_form.arrive("Keep this code")
    expect(page.get_by_text("Your words are still here")).to_be_hidden()


def fill_in_and_check(window):
    page = window.page
    page.get_by_role("group", name="Are you 18 or over now?").get_by_text("Yes", exact=True).tap()
    page.locator("[name=account]").fill(ACCOUNT)
    page.get_by_role("button", name="Check what I wrote").tap()
    window.arrive("Read it once more")
