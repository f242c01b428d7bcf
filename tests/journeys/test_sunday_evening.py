"""A Sunday evening: an account becomes a story by two people, with a question to its contributor in between."""

import re

import pytest
from playwright.sync_api import expect

from tests import at_work
from tests.journeys import desks
from tests.journeys.watching import PHONE, assert_quiet

pytestmark = [pytest.mark.browser]

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
    alice = desks.let_in(visit(), demo_site, "alice")
    bob, charlie = (desks.at_the_desk_of(team[name], visit) for name in ("bob", "charlie"))
    contributor, reader = visit(PHONE), visit(PHONE, java_script_enabled=False)

    alice.page.get_by_role("link", name="Unlock it with your six words").click()
    desks.unlock_here(alice.page, demo_site.people["alice"]["words"])
    expect(alice.page.get_by_role("region", name="The queue").get_by_role("link", name="Flood")).to_be_visible()
    desks.find_row(alice.page, "flood", account).get_by_role("button", name="Claim").click()
    expect(alice.page.get_by_text("In your hands until")).to_be_visible()
    desks.look_first(alice.page)
    expect(alice.page.get_by_text("The first look is done")).to_be_visible()
    name = desks.mark(alice.page, OFFICER)
    expect(name).to_be_hidden()
    desks.ask_for_the_words(alice.page)
    expect(name).to_be_visible()
    expect(name).to_contain_text("officer's name")
    redact(alice.page)
    desks.save(alice.page)

    ask(alice.page)
    contributor.come_back(code)
    contributor.arrive("We are working on it")
    assert QUESTION not in contributor.page.content()
    desks.let_ten_minutes_pass(demo_site, account)
    contributor.come_back(code)
    contributor.arrive("We have a question for you")
    expect(contributor.page.get_by_text(QUESTION)).to_be_visible()
    contributor.page.get_by_label("Write to us").fill(ANSWER)
    contributor.page.get_by_role("button", name="Send this message").tap()
    expect(contributor.page.get_by_text("We have your message.")).to_be_visible()

    read_the_answer(alice.page, account)
    desks.put_forward(alice.page)
    assert_not_public(reader)
    agree(bob.page, account)
    assert_not_public(reader)
    charlie.page.goto("/admin/")
    charlie.page.get_by_role("link", name="Next batch").first.click()
    charlie.page.get_by_role("button", name="Publish this batch").click()
    expect(charlie.page.get_by_text("stories are live now.")).to_be_visible()
    desks.let_a_second_pass(reader.page)
    reader.page.goto("/stories/")
    reader.page.get_by_role("link", name=TITLE).tap()
    reader.arrive(TITLE)
    for paragraph in TEXT.split("\n\n"):
        expect(reader.page.get_by_text(paragraph, exact=True)).to_be_visible()
    expect(reader.page.get_by_role("link", name="Kent Police", exact=True)).to_be_visible()

    assert_quiet(alice, bob, charlie)
    for window in (contributor, reader):
        window.assert_left_nothing()


def redact(page):
    expect(desks.text(page)).to_have_value(ACCOUNT)
    desks.title(page).fill(TITLE)
    desks.leave_out(page, OFFICER, "[an officer]")
    expect(desks.text(page)).not_to_have_value(re.compile(OFFICER))
    for words, neutral in ((NUMBER, "[my number]"), (MAIL, "[an email address]")):
        desks.leave_out(page, words, neutral)
        expect(desks.text(page)).to_have_value(re.compile(re.escape(f"from {neutral}")))
    desks.select(desks.text(page), NICKNAME)
    box = page.get_by_role("group", name=f"Put neutral words in place of “{NICKNAME}”")
    box.get_by_label("What is it?").select_option(label="address or street")
    expect(box.get_by_label("Where?").locator("option:checked")).to_have_text("In all 2 places")
    box.get_by_role("button", name="[my address]").click()
    expect(desks.text(page)).to_have_value(re.compile(r"lived \[my address\], and \[my address\] was"))
    desks.leave_out(page, TOWN, "[a place]")
    expect(page.get_by_text("Nothing left to look at", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(desks.text(page)).to_have_value(re.compile(TOWN))
    desks.leave_out(page, TOWN, "[my town]")
    expect(desks.text(page)).to_have_value(TEXT)


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
    expect(page).to_have_url(desks.NEXT)


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
    expect(page).to_have_url(desks.NEXT)


def assert_not_public(window):
    window.page.goto("/stories/")
    expect(window.page.get_by_role("heading", level=1)).to_have_text("Stories")
    expect(window.page.get_by_text(TITLE)).to_have_count(0)
