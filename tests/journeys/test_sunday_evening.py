"""A Sunday evening: an account becomes a story by two people, with a question to its contributor in between."""

import re

import pytest
from playwright.sync_api import expect

from tests import at_work
from tests.journeys import desks
from tests.journeys.logging_in import let_in, unlock
from tests.journeys.watching import PHONE, assert_quiet

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NUMBER, MAIL, OFFICER, TOWN = "07700 900123", "jo@nettle.example", "Ravi Holt", "Nettlebridge"
# No finder knows what everybody in a village calls a place.
NICKNAME = "the Tin House"
ACCOUNT = (
    f"PC {OFFICER} took it down in {TOWN}. I rang from {NUMBER} and wrote from {MAIL}.\n\n"
    f"Everybody calls where we lived {NICKNAME}, and {NICKNAME} was where he waited.\n\n"
    "She rang back, as she had said."
)
TITLE = "She rang back, as she had said"
TEXT = (
    "[an officer] took it down in [my town]. I rang from [my number] and wrote from [an email address].\n\n"
    "Everybody calls where we lived [my address], and [my address] was where he waited.\n\n"
    "She rang back, as she had said."
)
QUESTION = "May we say that you rang and wrote?"
ANSWER = "Yes, that is fine. Thank you for asking."


def test_account_becomes_a_story_on_a_sunday_evening(visit, demo_site, team):
    code, account = at_work.tell(demo_site, ACCOUNT)
    desks.let_two_others_wait_for_the_batch(demo_site, team)
    alice = let_in(visit(), demo_site, "alice")
    bob, charlie = (desks.at_the_desk_of(team[name], visit) for name in ("bob", "charlie"))
    contributor, reader = visit(PHONE), visit(PHONE, java_script_enabled=False)

    unlock(alice, demo_site.people["alice"]["words"])
    claim(alice.page, account)
    at_work.look_first(alice.page)
    read(alice.page)
    redact(alice.page)
    desks.save(alice.page)

    ask(alice.page)
    assert_nothing_is_asked_yet(contributor, code)
    desks.let_ten_minutes_pass(demo_site, account)
    answer(contributor, code)

    read_the_answer(alice.page, account)
    desks.put_forward(alice.page)
    assert_not_public(reader)
    agree(bob.page, account)
    assert_not_public(reader)
    publish(charlie.page)
    read_it_on_the_site(reader)

    assert_quiet(alice, bob, charlie)
    for window in (contributor, reader):
        window.assert_left_nothing()


def claim(page, account):
    expect(page.get_by_role("region", name="The queue").get_by_role("link", name="Flood")).to_be_visible()
    desks.find_row(page, "flood", account).get_by_role("button", name="Claim").click()
    expect(page.get_by_text("In your hands until")).to_be_visible()


def read(page):
    name = page.get_by_text(OFFICER).first
    expect(name).to_be_hidden()
    page.get_by_text("The account, in their words").click()
    expect(name).to_be_visible()
    expect(page.locator("mark", has_text=OFFICER).first).to_contain_text("officer's name")


def redact(page):
    page.get_by_text("Begin the working copy").click()
    expect(desks.text(page)).to_have_value(ACCOUNT)
    desks.title(page).fill(TITLE)
    by_click_in_the_list(page)
    by_key_in_the_list(page)
    by_key_from_the_account(page)
    by_selecting_words(page)
    by_another_choice_after_an_undo(page)
    expect(desks.text(page)).to_have_value(TEXT)


def by_click_in_the_list(page):
    desks.entry(page, OFFICER).get_by_role("button", name="[an officer]").click()
    expect(desks.text(page)).not_to_have_value(re.compile(OFFICER))


def by_key_in_the_list(page):
    desks.entry(page, NUMBER).get_by_role("button").first.focus()
    page.keyboard.press("2")
    expect(desks.text(page)).to_have_value(re.compile(r"from \[my number\]"))


def by_key_from_the_account(page):
    """From the mark in the account, the keys press the buttons of the same words."""
    desks.entry(page, MAIL).get_by_role("button").first.focus()
    page.keyboard.press("o")
    expect(page.locator("mark:focus")).to_contain_text(MAIL)
    page.keyboard.press("1")
    expect(desks.text(page)).to_have_value(re.compile(r"from \[an email address\]"))


def by_selecting_words(page):
    """No finder knows what a village calls a place: it is selected once, and goes everywhere."""
    desks.select(desks.text(page), NICKNAME)
    box = page.get_by_role("group", name=f"Put neutral words in place of “{NICKNAME}”")
    box.get_by_label("What is it?").select_option(label="address or street")
    expect(box.get_by_label("Where?").locator("option:checked")).to_have_text("In all 2 places")
    box.get_by_role("button", name="[my address]").click()
    expect(desks.text(page)).to_have_value(re.compile(r"lived \[my address\], and \[my address\] was"))


def by_another_choice_after_an_undo(page):
    town = desks.entry(page, TOWN)
    town.get_by_role("button", name="[a place]").click()
    expect(town).to_contain_text("Taken out.")
    page.get_by_role("button", name="Undo the last replacement").click()
    expect(desks.text(page)).to_have_value(re.compile(TOWN))
    town.get_by_role("button", name="[my town]").click()


def ask(page):
    page.get_by_role("link", name="Ask the contributor").click()
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="See it as they will").click()
    preview = page.frame_locator("iframe")
    expect(preview.get_by_text(QUESTION)).to_be_visible()
    expect(preview.get_by_role("heading", level=1)).to_have_text("We have a question for you")
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_text("Asked. It goes to them in ten minutes")).to_be_visible()
    expect(page.get_by_role("link", name="Take it back")).to_be_visible()


def assert_nothing_is_asked_yet(window, code):
    window.come_back(code)
    window.arrive("We are working on it")
    assert QUESTION not in window.page.content()


def answer(window, code):
    window.come_back(code)
    window.arrive("We have a question for you")
    expect(window.page.get_by_text(QUESTION)).to_be_visible()
    window.page.get_by_label("Write to us").fill(ANSWER)
    window.page.get_by_role("button", name="Send this message").tap()
    expect(window.page.get_by_text("We have your message.")).to_be_visible()


def read_the_answer(page, account):
    """It is in Mine, and says so before she opens it."""
    page.goto("/admin/")
    expect(page.get_by_role("region", name="Where you left off")).to_contain_text("they wrote")
    row = desks.find_row(page, "mine", account)
    expect(row).to_contain_text("they wrote")
    row.get_by_role("link").first.click()
    expect(page.get_by_role("article").filter(has_text="new to you")).to_contain_text(ANSWER)
    # The question let it go out of her hands, so there is no check to answer in vain.
    expect(page.get_by_role("region", name=desks.FORWARD)).to_have_count(0)
    page.get_by_role("button", name="Claim it, to work on it").click()


def agree(page, account):
    page.goto("/admin/")
    expect(page.get_by_role("region", name="Second readings")).to_contain_text("needs only your yes")
    desks.find_row(page, "second", account).get_by_role("link").first.click()
    expect(page.locator("del", has_text=OFFICER)).to_have_count(0)
    desks.unfold(page)
    expect(page.locator("ins", has_text="[an officer]")).to_be_visible()
    expect(page.locator("del", has_text=OFFICER)).to_be_visible()
    # Bob answers without seeing what Alice did.
    expect(page.get_by_role("heading", name="Both anonymity checks")).to_have_count(0)
    yes = page.get_by_role("region", name="Agree")
    desks.answer_the_check(yes)
    yes.get_by_role("button", name="Answer, and agree").click()
    expect(page.get_by_text("Agreed. The story goes live with the next batch.")).to_be_visible()


def publish(page):
    page.goto("/admin/")
    page.get_by_role("link", name="Look at it").click()
    page.get_by_role("button", name="Publish this batch").click()
    expect(page.get_by_text("stories are live now.")).to_be_visible()


def assert_not_public(window):
    window.page.goto("/stories/")
    expect(window.page.get_by_role("heading", level=1)).to_have_text("Stories")
    expect(window.page.get_by_text(TITLE)).to_have_count(0)


def read_it_on_the_site(window):
    page = window.page
    page.wait_for_timeout(desks.A_SECOND)
    page.goto("/stories/")
    page.get_by_role("link", name=TITLE).tap()
    window.arrive(TITLE)
    for paragraph in TEXT.split("\n\n"):
        expect(page.get_by_text(paragraph, exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Kent Police", exact=True)).to_be_visible()
