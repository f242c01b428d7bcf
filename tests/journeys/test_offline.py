"""The line goes in the middle, as it does on a train: not a word is lost, and what was pressed arrives once."""

import re

import pytest
from playwright.sync_api import expect

from tests import at_work
from tests.journeys.watching import PHONE, SAVED

ACCOUNT = "I rang 101 from the train. They rang back the same day."
MORE = "Both were kind."
MESSAGE = "They have rung back once more."
STILL_HERE = "Your words are still here"
# What a browser says of requests that came to nothing because we cut the line.
CUT = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")


def test_line_that_goes_at_every_press_loses_no_word_and_all_is_sent_once(visit, demo_site):
    window, page = visit(PHONE)
    before = at_work.submissions(demo_site)
    page.goto("/tell/form/")

    window.context.set_offline(True)
    # From part to part nothing is asked of anybody, so it needs no line.
    window.say_the_age()
    window.write(ACCOUNT)
    press_without_a_line_and_with_it(window, "Save for later", SAVED)
    code = page.locator("#receipt-code").inner_text()

    press_without_a_line_and_with_it(window, "Go on writing now", "Tell us what happened")
    window.open_part("choices")
    press_without_a_line_and_with_it(window, "Check what I wrote", "Read it once more")
    lose_the_answer_to(window, "Send")
    press_without_a_line_and_with_it(window, "Send", "Keep this code")

    assert page.locator("#receipt-code").inner_text() == code
    assert len(at_work.submissions(demo_site) - before) == 1
    window.come_back(code, "We have what you sent")
    expect(page.get_by_text(ACCOUNT)).to_have_count(1)
    window.assert_left_nothing(complaints=CUT)


# The headless shell forgets what was typed on a page once it couldn't reach the next.
@pytest.mark.whole
def test_without_javascript_back_and_reload_bring_every_word_and_the_code_through(visit, demo_site):
    window, page = visit(PHONE, java_script_enabled=False)
    before = at_work.submissions(demo_site)
    page.goto("/tell/form/")
    window.say_the_age()
    window.write(ACCOUNT)

    press_with_no_line(window, "Check what I wrote")
    page.go_back(wait_until="commit")
    expect(page.locator("[name=account]")).to_have_value(ACCOUNT)
    press_with_no_line(window, "Check what I wrote")
    page.reload()
    window.arrive("Read it once more")
    page.get_by_text("Change your words", exact=True).tap()
    page.locator("[name=account]").fill(f"{ACCOUNT} {MORE}")
    press_with_no_line(window, "Send")
    page.reload()
    window.arrive("Keep this code")
    # Nor is there a button that says that somebody has it.
    expect(page.get_by_text("I have it")).to_be_hidden()
    code = window.code()
    page.reload()
    window.arrive("Keep this code")

    assert window.code() == code
    assert len(at_work.submissions(demo_site) - before) == 1
    window.come_back(code, "We have what you sent")
    expect(page.get_by_text(f"{ACCOUNT} {MORE}")).to_have_count(1)
    page.get_by_text("Messages", exact=True).tap()
    page.get_by_label("Write to us").fill(MESSAGE)
    press_with_no_line(window, "Send this message")
    page.reload()
    expect(page.get_by_text("We have your message.")).to_be_visible()
    expect(page.get_by_text(MESSAGE)).to_have_count(1)
    window.assert_left_nothing(complaints=CUT)


def test_line_that_neither_breaks_nor_answers_is_given_up_after_a_minute(visit):
    window, page = visit(PHONE)
    page.clock.install()
    page.goto("/tell/form/")
    window.open_part("choices")
    page.route("**/tell/form/", lambda route: None, times=1)
    with page.expect_request("**/tell/form/"):
        window.press("Check what I wrote")
    expect(page.get_by_text(STILL_HERE)).to_be_hidden()

    page.clock.fast_forward(61_000)
    expect(page.get_by_text(STILL_HERE)).to_be_visible()

    window.press("Check what I wrote")
    expect(page.locator(".error-summary")).to_be_focused()


def press_without_a_line_and_with_it(window, name, title):
    window.context.set_offline(True)
    window.press(name)
    expect_to_be_told(window)
    window.context.set_offline(False)
    window.press(name, title)


def lose_the_answer_to(window, name):
    """It arrives, and is stored; but the line breaks before the page with the code comes back."""
    window.context.set_offline(False)
    window.page.route("**/tell/form/", take_and_break, times=1)
    window.press(name)
    expect_to_be_told(window)


def take_and_break(route):
    assert "Keep this code" in route.fetch().text()
    route.abort()


def expect_to_be_told(window):
    """On the same page, in words, with the focus on them; and what was typed is where it was."""
    page = window.page
    expect(page.locator("[data-unreachable]")).to_be_in_viewport()
    expect(page.get_by_text(STILL_HERE)).to_be_in_viewport()
    box = page.locator("[name=account]")
    if box.count():
        expect(box).to_have_value(ACCOUNT)


def press_with_no_line(window, name):
    """The browser shows a page of its own; the line is back before anything else is pressed."""
    window.context.set_offline(True)
    window.press(name)
    expect(window.page).to_have_url(re.compile("^chrome-error:"))
    window.context.set_offline(False)
