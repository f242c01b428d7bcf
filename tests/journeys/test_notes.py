"""A moderator asks for the words, writes a note beside a text that is half typed, and loses neither."""

import re

import pytest
from playwright.sync_api import expect

from tests import at_work
from tests.journeys import desks

pytestmark = [pytest.mark.browser]

ACCOUNT = "PC Ravi Holt took it down and never rang."
HALF, NOTE, MORE = "An officer took it do", "The hearing is on the ninth.", "And her sister is there."


@pytest.fixture
def page(visit, demo_site, team):
    _, account = at_work.tell(demo_site, ACCOUNT)
    team["alice"].claim(account)
    team["alice"].look_first(account)
    window = desks.at_the_desk_of(team["alice"], visit)
    window.page.goto(f"/admin/queue/{account}/")
    return window.page


def test_words_are_blurred_until_somebody_asks_for_them_and_in_this_tab_from_then_on(page):
    blurred, button = re.compile("room-blurred"), page.get_by_role("button", name="Blur the words")
    expect(page.locator(".room")).to_have_class(blurred)
    expect(button).to_have_attribute("aria-pressed", "true")
    page.get_by_text("The account, in their words").click()
    words = page.locator(".room-columns__source .room-words").get_by_text("took it down and never rang")

    words.click()

    expect(page.locator(".room")).not_to_have_class(blurred)
    expect(button).to_have_attribute("aria-pressed", "false")
    page.reload()
    # Hidden without the script, which has chosen by then.
    expect(button).to_be_visible()
    expect(page.locator(".room")).not_to_have_class(blurred)
    button.click()
    expect(page.locator(".room")).to_have_class(blurred)
    desks.text(page).press_sequentially("He")
    expect(page.locator(".room")).not_to_have_class(blurred)


def test_note_is_kept_beside_a_half_typed_text_and_stays_in_its_box_where_it_is_not(page):
    page.get_by_text("Write a note to colleagues").click()
    notes = page.locator("#notes")
    box, keep = notes.get_by_label("Your note"), notes.get_by_role("button", name="Keep it, sealed")
    desks.text(page).fill(HALF)
    notes.get_by_label("A case").check()
    box.fill(NOTE)

    keep.click()

    expect(notes.locator(".room-message").last).to_contain_text(NOTE)
    expect(box).to_have_value("")
    expect(desks.text(page)).to_have_value(HALF)
    notes.get_by_label("Anything else").check()
    box.fill(MORE)
    page.context.set_offline(True)
    keep.click()
    expect(notes.get_by_text("It is not kept.")).to_be_visible()
    expect(box).to_have_value(MORE)
    page.context.set_offline(False)
    keep.click()
    expect(notes.locator(".room-message").last).to_contain_text(MORE)
    page.reload()
    for words in (NOTE, MORE):
        expect(notes.get_by_text(words)).to_be_visible()
