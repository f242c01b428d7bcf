"""A moderator walks through findings by key, replaces five, leaves one with a reason; a second one reads what stays."""

import pytest
from playwright.sync_api import expect

from tests import at_work
from tests.journeys import desks
from tests.journeys.desks import entry, text
from tests.journeys.watching import assert_quiet

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

PHONE, DESK = "07700 900123", "01632 960456"
TITLE = f"😀 They never rang {PHONE}"
ACCOUNT = (
    "😀😀 PC Ravi Holt took it down in Nettlebridge. I rang 07700 900123 twice; PC Ravi Holt rang from "
    "07700 900123.\n\n"
    "Write to jo@nettle.example or <b>jo.brennan@nettle.example</b>. The front desk has 01632 960456.\n\n"
    "My daughter Amy saw it. <script>document.title = 'caught'</script>"
)
WHY = "The force itself prints it. <img src=x onerror=\"document.title = 'caught'\">"
AFTER = (
    "😀😀 [an officer] took it down in [my town]. I rang [my number] twice; [an officer] rang from "
    "[my number].\n\n"
    "Write to [an email address] or <b>[my email]</b>. The front desk has 01632 960456.\n\n"
    "My daughter Amy saw it. <script>document.title = 'caught'</script>"
)


@pytest.fixture
def account(demo_site, team):
    _, account = at_work.tell(demo_site, ACCOUNT)
    team["alice"].claim(account)
    team["alice"].look_first(account)
    return account


def test_findings_are_walked_replaced_by_key_and_click_and_one_is_left(visit, team, account):
    alice, bob = (desks.at_the_desk_of(team[name], visit) for name in ("alice", "bob"))

    alice.page.goto(f"/admin/queue/{account}/")
    walk_through_the_account(alice.page)
    begin(alice.page)
    replace_by_click(alice.page)
    replace_by_key_in_the_list(alice.page)
    replace_by_key_from_the_account(alice.page)
    undo_and_do_again(alice.page)
    cut_and_paste(alice.page)
    take_out_and_take_back(alice.page)
    put_in_own_words_and_take_back(alice.page)
    leave_one_with_a_reason(alice.page)
    save(alice.page)
    put_forward(alice.page)

    bob.page.goto(f"/admin/queue/{account}/second/")
    desks.unfold(bob.page)
    read_what_stays(bob.page)

    assert_quiet(alice, bob)
    assert "caught" not in alice.page.title() + bob.page.title()


def test_whoever_has_switched_keys_off_still_has_the_buttons(visit, team, account):
    page = desks.at_the_desk_of(team["alice"], visit).page
    page.route("**/queue/*/", without_keys)

    page.goto(f"/admin/queue/{account}/")
    page.keyboard.press("n")
    expect(page.locator("mark:focus")).to_have_count(0)
    expect(page.locator("kbd:visible")).to_have_count(0)

    page.get_by_role("button", name="Next finding").click()
    expect(page.locator("mark:focus")).to_contain_text("Ravi Holt")


def walk_through_the_account(page):
    """From mark to mark; the first step unfolds the account."""
    mark = page.locator("mark:focus")
    expect(page.get_by_text("took it down in").first).to_be_hidden()
    page.keyboard.press("n")
    expect(mark).to_contain_text("Ravi Holtofficer's name")
    expect(mark).to_be_in_viewport()
    page.keyboard.press("n")
    expect(mark).to_contain_text("Nettlebridgemay be: town or place")
    page.keyboard.press("p")
    expect(mark).to_contain_text("Ravi Holt")
    page.keyboard.press("p")
    expect(mark).to_contain_text("Amychild's name")
    expect(page.get_by_role("status").filter(has_text="9 of 9")).to_be_visible()


def marked(page, words):
    return page.locator("mark", has_text=words)


def begin(page):
    page.get_by_text("Begin the working copy").click()
    page.get_by_label("Title", exact=True).fill(TITLE)
    expect(text(page)).to_have_value(ACCOUNT)


def replace_by_click(page):
    """Both places at once, behind emoji; a letter of the walk typed in the text is a letter."""
    entry(page, "Ravi Holt").get_by_role("button", name="[an officer]").click()
    expect(text(page)).to_have_value(ACCOUNT.replace("PC Ravi Holt", "[an officer]"))
    expect(page.get_by_role("status").filter(has_text="[an officer] stands there now, 2 times.")).to_be_visible()
    expect(entry(page, "Ravi Holt").get_by_text("Taken out.")).to_be_visible()
    entry(page, "Nettlebridge").get_by_role("button", name="[my town]").click()
    text(page).press("Control+Home")
    page.keyboard.type("np1")
    assert text(page).input_value().startswith("np1😀😀 [an officer] took it down in [my town].")
    for _ in "np1":
        page.keyboard.press("Backspace")


def replace_by_key_in_the_list(page):
    focused = page.locator(".room-entry:focus")
    entry(page, PHONE).get_by_label("Leave it, because").focus()
    entry(page, PHONE).get_by_role("button", name="[my number]").focus()
    page.keyboard.press("2")
    expect(focused.locator("mark")).to_have_text(PHONE)
    assert PHONE not in text(page).input_value()
    # The title was typed after the list was made, so it is looked at when it is saved.
    expect(page.get_by_label("Title", exact=True)).to_have_value(TITLE)
    page.keyboard.press("n")
    expect(focused.locator("mark")).to_have_text("jo@nettle.example")


def replace_by_key_from_the_account(page):
    """From a mark in the source the digits press the buttons of the same words."""
    mark = page.locator("mark:focus")
    entry(page, "jo@nettle.example").get_by_role("button").first.focus()
    page.keyboard.press("o")
    expect(mark).to_contain_text("jo@nettle.example")
    page.keyboard.press("1")
    expect(mark).to_contain_text("jo@nettle.example")
    page.keyboard.press("n")
    expect(mark).to_contain_text("jo.brennan@nettle.example")
    expect(page.get_by_role("status").filter(has_text="2 [my email]")).to_be_visible()
    page.keyboard.press("2")
    expect(text(page)).to_have_value(AFTER)


def undo_and_do_again(page):
    struck = page.locator(".room-entry--gone")
    expect(struck).to_have_count(5)
    text(page).focus()
    page.keyboard.press("Control+z")
    expect(text(page)).to_have_value(AFTER.replace("[my email]", "jo.brennan@nettle.example"))
    expect(struck).to_have_count(4)
    for _ in range(2):
        page.keyboard.press("Control+z")
    assert text(page).input_value().count(PHONE) == 2
    expect(struck).to_have_count(2)
    expect(entry(page, PHONE).get_by_role("button", name="[my number]")).to_be_enabled()
    for _ in range(3):
        page.keyboard.press("Control+Shift+z")
    expect(text(page)).to_have_value(AFTER)
    expect(struck).to_have_count(5)


def cut_and_paste(page):
    """What was cut is found again where it was pasted."""
    struck = page.locator(".room-entry--gone")
    text(page).focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+x")
    expect(struck).to_have_count(page.locator(".room-entry").count())
    page.keyboard.type("x ")
    page.keyboard.press("Control+v")
    expect(text(page)).to_have_value(f"x {AFTER}")
    expect(struck).to_have_count(5)
    page.keyboard.press("Control+Home")
    for _ in "x ":
        page.keyboard.press("Delete")
    expect(text(page)).to_have_value(AFTER)


def take_out_and_take_back(page):
    """0 takes a name out and leaves the sentence; u brings it back, and the entry with it."""
    entry(page, "Amy").get_by_role("button").first.focus()
    page.keyboard.press("0")
    expect(text(page)).to_have_value(AFTER.replace("My daughter Amy saw", "My daughter saw"))
    expect(page.get_by_role("status").filter(has_text="Taken out, in one place.")).to_be_visible()
    expect(entry(page, "Amy").get_by_text("Taken out.")).to_be_visible()
    page.keyboard.press("u")
    expect(text(page)).to_have_value(AFTER)
    expect(entry(page, "Amy").get_by_text("Taken out.")).to_be_hidden()


def put_in_own_words_and_take_back(page):
    """Words in brackets take the noun with them, as the neutral ones do."""
    entry(page, "Amy").get_by_text("Your own words").click()
    entry(page, "Amy").get_by_role("textbox", name="Your own words").fill("[our girl]")
    page.keyboard.press("Enter")
    expect(text(page)).to_have_value(AFTER.replace("My daughter Amy saw", "[our girl] saw"))
    page.keyboard.press("u")
    expect(text(page)).to_have_value(AFTER)
    expect(entry(page, "Amy").get_by_role("button", name="[my daughter]")).to_be_enabled()
    entry(page, "Amy").get_by_role("button", name="[my daughter]").click()
    expect(text(page)).to_have_value(AFTER.replace("My daughter Amy saw", "[my daughter] saw"))
    page.keyboard.press("u")
    expect(text(page)).to_have_value(AFTER)


def leave_one_with_a_reason(page):
    entry(page, DESK).get_by_role("button").first.focus()
    page.keyboard.press("l")
    expect(entry(page, DESK).get_by_label("Leave it, because")).to_be_focused()
    page.keyboard.type(WHY)


def save(page):
    desks.save(page)
    expect(text(page)).to_have_value(AFTER)
    expect(entry(page, DESK).get_by_label("Leave it, because")).to_have_value(WHY)
    expect(entry(page, "Ravi Holt")).to_have_count(0)


def put_forward(page):
    """The title still holds the number, and that holds the text back until it is replaced."""
    forward = page.get_by_role("region", name=desks.FORWARD)
    expect(forward.get_by_role("button", name="Put it forward")).to_be_disabled()
    forward.get_by_role("link", name=PHONE).click()
    expect(entry(page, PHONE)).to_be_in_viewport()
    expect(entry(page, PHONE)).to_contain_text("In the title:")
    entry(page, PHONE).get_by_role("button", name="[my number]").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("😀 They never rang [my number]")
    page.get_by_role("button", name="Save a new version").click()
    desks.put_forward(page)


def read_what_stays(page):
    stays = page.get_by_role("region", name="What is still in it")
    number, daughter = (stays.get_by_role("listitem").filter(has=marked(page, words)) for words in (DESK, "Amy"))
    expect(number).to_contain_text("Sure: phone number")
    expect(number).not_to_contain_text("The force itself prints it")
    expect(daughter).to_contain_text("Sure: child's name")
    mark = page.locator("mark:focus")
    page.keyboard.press("n")
    expect(mark).to_contain_text("Ravi Holt")
    page.keyboard.press("o")
    expect(mark).to_contain_text("01632 960456phone number")
    page.keyboard.press("n")
    expect(mark).to_contain_text("Amychild's name")
    # The first reader's reason is shown once the check is answered without it.
    desks.answer_the_check(page.get_by_role("region", name="Agree"))
    page.get_by_role("button", name="Answer, and agree").click()
    expect(number).to_contain_text(f"Left because: {WHY}")


def without_keys(route):
    """The page as it is for somebody who has switched the keys off in their account."""
    answer = route.fetch()
    on, off = '"KEYBOARD_SHORTCUTS_ENABLED": true', '"KEYBOARD_SHORTCUTS_ENABLED": false'
    assert on in answer.text()
    route.fulfill(response=answer, body=answer.text().replace(on, off))
