"""A lid that closes in mid-sentence: every word is there afterwards, and one is back at the same place."""

import re

import pytest
from playwright.sync_api import expect

from tests import at_work
from tests.journeys import desks

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

ACCOUNT = "I rang 101 twice. Nobody rang back."
UNTIL_THE_PAUSE, IN_MID_SENTENCE = "They rang twice, and then they", " waited until it was"
BEFORE = "\n\nThis was there before."


def test_closed_lid_in_mid_sentence_costs_no_word_and_no_place(visit, demo_site):
    bob = at_work.Colleague(demo_site, "bob").unlock()
    _, account = at_work.tell(demo_site, ACCOUNT)
    bob.claim(account)
    window = desks.at_the_desk_of(bob, visit)
    page = window.page
    page.goto(f"/admin/queue/{account}/")
    page.get_by_text("Begin the working copy").click()
    desks.text(page).fill(BEFORE)
    page.keyboard.press("Control+Home")

    page.keyboard.type(UNTIL_THE_PAUSE)
    expect(desks.said(page)).to_have_text(desks.KEPT)
    page.keyboard.type(IN_MID_SENTENCE)
    # No line, and by the time it opens again the log-in has ended and the vault is locked.
    window.context.set_offline(True)
    window.context.clear_cookies()

    window.context.set_offline(False)
    expect(desks.said(page)).to_contain_text("You are logged out.")
    log_in_in_another_tab(window, demo_site)
    expect(desks.said(page)).to_have_text(desks.KEPT)
    expect(desks.text(page)).to_have_value(f"{UNTIL_THE_PAUSE}{IN_MID_SENTENCE}{BEFORE}")

    page.reload()
    page.get_by_role("link", name="Unlock").click()
    desks.unlock_here(page, demo_site.people["bob"]["words"])
    expect(desks.text(page)).to_be_focused()
    page.keyboard.type(" late.")
    expect(desks.text(page)).to_have_value(f"{UNTIL_THE_PAUSE}{IN_MID_SENTENCE} late.{BEFORE}")


def test_tab_that_dies_without_a_line_costs_nothing_before_the_last_pause(visit, demo_site, team):
    _, account = at_work.tell(demo_site, ACCOUNT)
    team["bob"].claim(account)
    window = desks.at_the_desk_of(team["bob"], visit)
    window.page.goto(f"/admin/queue/{account}/")
    window.page.get_by_text("Begin the working copy").click()
    desks.text(window.page).fill("")
    window.page.keyboard.type(UNTIL_THE_PAUSE)
    expect(desks.said(window.page)).to_have_text(desks.KEPT)

    window.page.keyboard.type(IN_MID_SENTENCE)
    window.context.set_offline(True)
    window.page.close(run_before_unload=False)
    window.context.set_offline(False)

    window.open_tab().goto(f"/admin/queue/{account}/")
    expect(desks.text(window.page)).to_have_value(re.compile(f"^{UNTIL_THE_PAUSE}"))
    assert window.elsewhere() == []


def test_press_on_save_overtakes_what_is_still_on_its_way(visit, demo_site, team):
    """A press leaves the field, which sends what was typed; both arrive at once, in whichever order."""
    _, account = at_work.tell(demo_site, ACCOUNT)
    team["bob"].claim(account)
    window = desks.at_the_desk_of(team["bob"], visit)
    page = window.page
    page.goto(f"/admin/queue/{account}/")
    page.get_by_text("Begin the working copy").click()
    desks.title(page).fill("They rang back")
    let_the_press_arrive_first(page)

    desks.text(page).fill(UNTIL_THE_PAUSE)
    desks.save(page)

    expect(desks.text(page)).to_have_value(UNTIL_THE_PAUSE)
    assert window.complaints == []


def let_the_press_arrive_first(page):
    overtaken = []

    def deliver(route):
        if route.request.resource_type == "fetch":
            return overtaken.append(route)
        pressed = route.fetch(max_redirects=0)
        assert len(overtaken) == 1, "nothing was on its way"
        overtaken[0].continue_()
        page.wait_for_timeout(desks.A_SECOND)
        return route.fulfill(response=pressed)

    page.route(re.compile("/save/$"), deliver)


def log_in_in_another_tab(window, site):
    with window.context.expect_page() as opened:
        window.page.get_by_role("link", name="Log in again, in a new tab").click()
    desks.fill_in(opened.value, site, "bob")
    opened.value.close()
    window.page.bring_to_front()
    # What a browser does for somebody who comes back to a window, and Playwright doesn't.
    window.page.evaluate("window.dispatchEvent(new Event('focus'))")
