"""The page with the code: the browser asks before it goes, and loaded again it never looks as if nothing was sent."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_exit import BEFORE, surround
from tests.journeys.test_unsent import go_away, try_to_go_away
from tests.journeys.watching import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.whole]

SAFE = "What you sent is safe"
HAVE_IT = "I have it"


@pytest.fixture
def window(visit, asked):
    """A window on the page with a code, got to by hand."""
    window = visit(PHONE)
    window.page.clock.install()
    surround(window)
    window.answer_stay(asked)
    send(window)
    # The moment after a button of ours, in which nobody is asked, is over.
    window.page.clock.fast_forward(1000)
    return window


def send(window):
    page = window.page
    page.goto("/tell/")
    page.get_by_role("link", name="Start", exact=True).tap()
    window.say_the_age()
    window.write("I rang 101 and they listened.")
    window.check()
    window.send()


@pytest.mark.parametrize("how", ["history.back()", "location.reload()", "location.href = '/'"])
def test_code_is_asked_for_before_it_goes_until_somebody_has_it(how, window, asked):
    page = window.page

    try_to_go_away(page, how)
    assert asked == ["beforeunload"]
    expect(page.locator("#receipt-code")).to_be_visible()

    page.get_by_role("button", name=HAVE_IT).tap()
    expect(page.get_by_role("button", name=HAVE_IT)).to_be_hidden()
    expect(page.locator("#receipt-code")).to_be_visible()
    go_away(page, how)
    assert asked == ["beforeunload"]
    expect(page.locator("#receipt-code")).to_have_count(0)


def test_loaded_again_it_says_that_all_is_safe_and_never_shows_an_empty_form(visit):
    window = visit(PHONE)
    page = window.page
    send(window)
    code = page.locator("#receipt-code").inner_text().replace("\n", "")
    page.get_by_role("link", name="Help").first.tap()
    expect(page).to_have_url(re.compile("/tell/form/#done$"))

    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text(SAFE)
    expect(page.get_by_text("We cannot show the code again")).to_be_visible()
    expect(page.locator("textarea:visible")).to_have_count(0)
    assert code[:4] not in page.url
    page.get_by_role("link", name="come back with your code").tap()
    window.arrive("Come back with your code")
    page.goto("/tell/form/#done")
    page.get_by_role("link", name="Open an empty form").tap()
    window.arrive("Tell us what happened")
    window.assert_left_nothing()


def test_without_javascript_the_code_comes_again_and_there_is_no_such_button(visit):
    window = visit(PHONE, java_script_enabled=False)
    page = window.page
    page.goto("/tell/form/")
    window.say_the_age()
    window.write("They listened.")
    window.check()
    window.send()
    code = page.locator("#receipt-code").inner_text()
    expect(page.get_by_text(HAVE_IT)).to_be_hidden()

    page.reload()

    expect(page.locator("#receipt-code")).to_have_text(code)


def test_forward_after_an_exit_from_the_code_shows_neither_code_nor_form(window, asked):
    page = window.page
    page.get_by_role("link", name="Exit this page").first.tap()
    expect(page.get_by_text("Sunny intervals")).to_be_visible()
    assert asked == []

    # Once this question is answered: the page that it is asked on goes.
    page.evaluate("void setTimeout(() => history.back())")

    expect(page).to_have_url(BEFORE)
