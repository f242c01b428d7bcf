"""A moderator works through the findings of an account by key and click; a second one reads what stays."""

import re

import pytest
from playwright.sync_api import expect

from tests import at_work
from tests.journeys import desks
from tests.journeys.desks import entry, mark, text
from tests.journeys.watching import assert_quiet, changed

PHONE, DESK = "07700 900123", "01632 960456"
TITLE = f"😀 They never rang {PHONE}"
ACCOUNT = (
    "😀😀 PC Ravi Holt took it down in Nettlebridge. I rang 07700 900123 twice; PC Holt rang from "
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
# "Ravi Holt" and "Holt" are two of them, and of one person.
FINDINGS, REPLACED = 8, 6
HERE = "mark:focus"


@pytest.fixture
def account(demo_site, team):
    return claimed(demo_site, team, ACCOUNT)


def claimed(site, team, words):
    _, account = at_work.tell(site, words)
    team["alice"].claim(account)
    team["alice"].look_first(account)
    return account


def test_findings_are_walked_replaced_by_key_and_click_and_one_is_left(visit, team, account):
    alice, bob = (desks.at_the_desk_of(team[name], visit) for name in ("alice", "bob"))

    alice.page.goto(f"/admin/queue/{account}/")
    expect(text(alice.page)).to_have_value(ACCOUNT)
    walk_through_the_account(alice.page)
    desks.title(alice.page).fill(TITLE)
    replace_one_person_by_click(alice.page)
    replace_by_key(alice.page)
    undo_and_do_again(alice.page)
    take_out_and_take_back(alice.page)
    put_in_own_words_and_take_back(alice.page)
    leave_one_with_a_reason(alice.page)
    put_back_what_is_done(alice.page)
    save_and_be_offered_first_what_was_chosen_before(alice.page)
    put_forward(alice.page)

    bob.page.goto(f"/admin/queue/{account}/second/")
    desks.unfold(bob.page)
    read_what_stays(bob.page)

    assert_quiet(alice, bob)
    assert "caught" not in alice.page.title() + bob.page.title()


def test_whoever_has_switched_keys_off_still_has_the_buttons(visit, team, account):
    page = desks.at_the_desk_of(team["alice"], visit).page
    # As it is for somebody who has switched them off in their account.
    on, off = '"KEYBOARD_SHORTCUTS_ENABLED": true', '"KEYBOARD_SHORTCUTS_ENABLED": false'
    page.route("**/queue/*/", changed(lambda words: words.replace(on, off)))

    page.goto(f"/admin/queue/{account}/")
    page.keyboard.press("n")
    expect(page.locator(HERE)).to_have_count(0)
    expect(page.locator("kbd:visible")).to_have_count(0)

    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.locator(HERE)).to_contain_text("Ravi Holt")
    page.keyboard.press("1")
    expect(text(page)).to_have_value(ACCOUNT)


def test_without_a_script_the_list_stands_whole_and_each_press_saves(visit, team, account):
    page = desks.at_the_desk_of(team["alice"], visit, java_script_enabled=False, at=f"/admin/queue/{account}/").page
    expect(page.locator(".room-tabs, .room-scripted").locator("visible=true")).to_have_count(0)
    page.locator("summary", has_text="What could identify somebody").click()
    expect(page.locator(".room-entry").locator("visible=true")).to_have_count(FINDINGS)

    entry(page, "Holt").get_by_role("button", name="[an officer]").click()

    expect(page.get_by_text(f"[an officer] stands there now, 2 times. {desks.SAVED}")).to_be_visible()
    expect(entry(page, DESK)).to_be_visible()
    expect(text(page)).not_to_have_value(re.compile(r"\bHolt"))


def test_no_key_of_the_page_becomes_a_letter_of_the_text_or_changes_a_word(visit, team, account):
    page = desks.at_the_desk_of(team["alice"], visit, at=f"/admin/queue/{account}/").page
    desks.title(page).fill("They never rang")
    text(page).press("ArrowDown")
    page.get_by_role("button", name="Save a new version").last.click()
    expect(page.get_by_text(desks.SAVED)).to_be_visible()
    page.reload()

    for key in "aounpc":
        page.keyboard.press(key)
    expect(text(page)).to_have_value(ACCOUNT)
    page.keyboard.press("t")
    expect(text(page)).to_be_focused()

    # Nor do the digits that answer a first look, which is taken again with a finding in hand.
    page.reload()
    page.keyboard.press("n")
    expect(page.locator(HERE)).to_contain_text("Ravi Holt")
    page.locator("summary", has_text="Take it again").click()
    page.keyboard.press("n")
    for key in "22p22222":
        page.keyboard.press(key)
    for line in page.locator("#look-form fieldset").all():
        expect(line.get_by_label("No", exact=True)).to_be_checked()
    expect(page.get_by_role("button", name="Keep these answers")).to_be_focused()
    expect(text(page)).to_have_value(ACCOUNT)


LONG = "\n\n".join(f"On day {day} I rang and waited, and nobody rang back." for day in range(60))


def test_narrow_screen_shows_one_column_at_a_time_and_each_is_where_it_was_left(visit, demo_site, team):
    account = claimed(demo_site, team, f"{LONG}\n\nPC Ravi Holt never came to Nettlebridge.")
    page = desks.at_the_desk_of(team["alice"], visit, device=NARROW, at=f"/admin/queue/{account}/").page
    desks.ask_for_the_words(page)
    theirs, ours = (page.get_by_role("button", name=name, exact=True) for name in ("The account", "The text"))
    expect(text(page)).to_be_hidden()

    scroll_to(page, 900)
    press_where_it_is(page, ours)
    expect(text(page)).to_be_visible()
    expect(page.locator(".room-columns__source")).to_be_hidden()
    expect(ours).to_have_attribute("aria-pressed", "true")
    scroll_to(page, 1_500)
    press_where_it_is(page, theirs)
    expect(text(page)).to_be_hidden()
    assert scrolled(page) == 900
    press_where_it_is(page, ours)
    expect(text(page)).to_be_visible()
    assert scrolled(page) == 1_500

    # The card lies at the bottom in either, and covers nothing that it is of.
    press_where_it_is(page, theirs)
    page.get_by_role("button", name="Next", exact=True).click()
    expect(entry(page, "Ravi Holt")).to_be_in_viewport(ratio=1)
    found, card = (each.bounding_box() for each in (mark(page, "Ravi Holt"), page.locator(".room-remaining")))
    assert found["y"] + found["height"] <= card["y"]
    entry(page, "Ravi Holt").get_by_role("button", name="[an officer]").click()
    expect(entry(page, "Nettlebridge")).to_be_in_viewport(ratio=1)
    assert "PC Ravi Holt" not in text(page).input_value()


NARROW = {"viewport": {"width": 390, "height": 844}}


def press_where_it_is(page, button):
    """As a thumb does, in reach wherever somebody is: Playwright would scroll to it first."""
    box = button.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def scroll_to(page, top):
    """Wagtail scrolls its main part, and not the page."""
    page.locator("#main").evaluate("(main, top) => main.scrollTo({ top, behavior: 'instant' })", top)
    assert scrolled(page) == top, "there is nothing to scroll"


def scrolled(page):
    return page.locator("#main").evaluate("main => main.scrollTop")


def walk_through_the_account(page):
    """From finding to finding; the first step unfolds the account, and its words stay blurred until asked for."""
    here = page.locator(HERE)
    expect(page.get_by_text("took it down in").first).to_be_hidden()
    page.keyboard.press("n")
    expect(here).to_contain_text("Ravi Holt")
    expect(here).to_be_in_viewport()
    expect(page.locator(".room")).to_have_class(re.compile("room-blurred"))
    page.keyboard.press("b")
    expect(page.locator(".room")).not_to_have_class(re.compile("room-blurred"))
    expect(entry(page, "Ravi Holt")).to_contain_text("Sure: officer's name")
    page.keyboard.press("n")
    expect(here).to_contain_text("Nettlebridge")
    expect(entry(page, "Nettlebridge")).to_contain_text("May be: town or place")
    expect(entry(page, "Ravi Holt")).to_be_hidden()
    page.keyboard.press("p")
    expect(here).to_contain_text("Ravi Holt")
    page.keyboard.press("p")
    expect(here).to_contain_text("Amy")
    expect(page.get_by_role("status").filter(has_text=f"{FINDINGS} of {FINDINGS}")).to_be_visible()
    expect(page.get_by_text(f"{FINDINGS} to look at", exact=True)).to_be_visible()


def replace_one_person_by_click(page):
    """One press is for the whole name and for its part, behind emoji; then the next one is there by itself."""
    desks.leave_out(page, "Holt", "[an officer]")
    expect(text(page)).to_have_value(ACCOUNT.replace("PC Ravi Holt", "[an officer]").replace("PC Holt", "[an officer]"))
    expect(page.get_by_role("status").filter(has_text="[an officer] stands there now, 2 times.")).to_be_visible()
    for words in ("Ravi Holt", "Holt"):
        assert_marked_as_gone(mark(page, words), "[an officer]")
    expect(page.locator(HERE)).to_contain_text("jo@nettle.example")
    expect(page.get_by_text(f"{FINDINGS - 2} to look at", exact=True)).to_be_visible()
    desks.leave_out(page, "Nettlebridge", "[my town]")
    assert_marked_as_gone(mark(page, "Nettlebridge"), "[my town]")


def assert_marked_as_gone(found, now):
    """The account says what took the place of its words: struck out, and the other words behind them."""
    expect(found).to_have_class(re.compile("room-finding--gone"))
    expect(found).to_have_attribute("data-now", now)
    expect(found).to_have_css("text-decoration-line", "line-through")
    assert now in found.evaluate("it => getComputedStyle(it, '::after').content + it.dataset.now")


def replace_by_key(page):
    """On the card and from the account, there and back; a letter of the walk typed in the text is a letter."""
    text(page).press("Control+Home")
    page.keyboard.type("np1")
    assert text(page).input_value().startswith("np1😀😀 [an officer] took it down in [my town].")
    for _ in "np1":
        page.keyboard.press("Backspace")

    card = desks.come_to(page, PHONE)
    card.get_by_label("Leave it, because").focus()
    card.get_by_role("button", name="[my number]").press("2")
    # On to what comes next of what is open, and the list is none of what stands in a title typed since.
    expect(page.locator(HERE)).to_contain_text("jo@nettle.example")
    assert PHONE not in text(page).input_value()
    expect(desks.title(page)).to_have_value(TITLE)
    expect(page.get_by_text(f"{FINDINGS - 4} to look at", exact=True)).to_be_visible()

    page.keyboard.press("t")
    expect(text(page)).to_be_focused()
    page.get_by_role("button", name="Other column").click()
    expect(page.locator(HERE)).to_contain_text("jo@nettle.example")
    page.keyboard.press("1")
    expect(page.locator(HERE)).to_contain_text("jo.brennan@nettle.example")
    expect(page.get_by_role("status").filter(has_text="2 [my email]")).to_be_visible()
    page.keyboard.press("2")
    expect(text(page)).to_have_value(AFTER)


def undo_and_do_again(page):
    struck = page.locator(".room-entry--gone")
    expect(struck).to_have_count(REPLACED)
    text(page).press("Control+z")
    expect(text(page)).to_have_value(AFTER.replace("[my email]", "jo.brennan@nettle.example"))
    expect(struck).to_have_count(REPLACED - 1)
    for _ in range(2):
        page.keyboard.press("Control+z")
    assert text(page).input_value().count(PHONE) == 2
    expect(struck).to_have_count(REPLACED - 3)
    expect(desks.come_to(page, PHONE).get_by_role("button", name="[my number]")).to_be_enabled()
    text(page).focus()
    for _ in range(3):
        page.keyboard.press("Control+Shift+z")
    expect(text(page)).to_have_value(AFTER)
    expect(struck).to_have_count(REPLACED)

    # What was cut is found again where it was pasted.
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+x")
    expect(struck).to_have_count(FINDINGS)
    page.keyboard.type("x ")
    page.keyboard.press("Control+v")
    expect(text(page)).to_have_value(f"x {AFTER}")
    expect(struck).to_have_count(REPLACED)
    page.keyboard.press("Control+Home")
    for _ in "x ":
        page.keyboard.press("Delete")
    expect(text(page)).to_have_value(AFTER)


def take_out_and_take_back(page):
    """0 takes a name out and leaves the sentence; u brings it back, and what is to be looked at with it."""
    desks.come_to(page, "Amy")
    page.keyboard.press("0")
    expect(text(page)).to_have_value(AFTER.replace("My daughter Amy saw", "My daughter saw"))
    expect(page.get_by_role("status").filter(has_text="Taken out, in one place.")).to_be_visible()
    expect(page.get_by_text("1 to look at", exact=True)).to_be_visible()
    page.keyboard.press("u")
    expect(text(page)).to_have_value(AFTER)
    expect(page.get_by_text("2 to look at", exact=True)).to_be_visible()


def put_in_own_words_and_take_back(page):
    """Words in brackets take the noun with them, as the neutral ones do."""
    desks.come_to(page, "Amy")
    page.keyboard.press("e")
    expect(entry(page, "Amy").get_by_role("textbox", name="Your own words")).to_be_focused()
    page.keyboard.type("[our girl]")
    page.keyboard.press("Enter")
    expect(text(page)).to_have_value(AFTER.replace("My daughter Amy saw", "[our girl] saw"))
    page.get_by_role("button", name="Undo").click()
    expect(text(page)).to_have_value(AFTER)
    desks.leave_out(page, "Amy", "[my daughter]")
    expect(text(page)).to_have_value(AFTER.replace("My daughter Amy saw", "[my daughter] saw"))
    page.keyboard.press("u")
    expect(text(page)).to_have_value(AFTER)

    # In all places, the title's too, what no finder knows.
    desks.select(text(page), "rang")
    box = page.get_by_role("group", name="Put neutral words in place of “rang”")
    box.get_by_label("What is it?").select_option(label="address or street")
    expect(box.get_by_label("Where?").locator("option:checked")).to_have_text("In all 3 places")
    box.get_by_role("button", name="[my address]").click()
    expect(text(page)).to_have_value(AFTER.replace("rang", "[my address]"))
    expect(desks.title(page)).to_have_value(TITLE.replace("rang", "[my address]"))
    page.get_by_role("button", name="Undo").click()
    expect(text(page)).to_have_value(AFTER)
    expect(desks.title(page)).to_have_value(TITLE)


def leave_one_with_a_reason(page):
    desks.come_to(page, DESK)
    page.keyboard.press("l")
    expect(entry(page, DESK).get_by_label("Leave it, because")).to_be_focused()
    page.keyboard.type(WHY)
    page.keyboard.press("Enter")
    expect(page.locator(HERE)).to_contain_text("Amy")
    expect(page.get_by_text("1 to look at", exact=True)).to_be_visible()


def put_back_what_is_done(page):
    """What is done folds into one list, and each can be put back from there."""
    done = page.get_by_role("button", name=f"{FINDINGS - 1} done")
    town = entry(page, "Nettlebridge")
    expect(town).to_be_hidden()
    done.click()
    expect(town).to_contain_text("→ [my town]")
    town.get_by_role("button", name="Put it back").click()
    expect(text(page)).to_have_value(AFTER.replace("[my town]", "Nettlebridge"))
    expect(page.get_by_text("2 to look at", exact=True)).to_be_visible()
    expect(mark(page, "Nettlebridge")).not_to_have_class(re.compile("room-finding--gone"))
    page.get_by_role("button", name=f"{FINDINGS - 2} done").click()
    desks.leave_out(page, "Nettlebridge", "[my town]")
    expect(text(page)).to_have_value(AFTER)


def save_and_be_offered_first_what_was_chosen_before(page):
    desks.save(page)
    expect(text(page)).to_have_value(AFTER)
    expect(entry(page, DESK).get_by_label("Leave it, because")).to_have_value(WHY)
    expect(entry(page, "Ravi Holt")).to_have_count(0)
    # What took the place of which words is sealed with the version, and so still said.
    assert_marked_as_gone(mark(page, "Holt"), "[an officer]")

    # Whoever writes the town again is offered first what it was called before.
    text(page).fill(f"{AFTER}\n\nNobody in Nettlebridge rang.")
    desks.save(page)
    desks.come_to(page, "Nettlebridge")
    expect(entry(page, "Nettlebridge").locator("[data-digit='1']")).to_contain_text("[my town]")
    page.keyboard.press("1")
    expect(text(page)).to_have_value(f"{AFTER}\n\nNobody in [my town] rang.")


def put_forward(page):
    """The title still holds the number, and that holds the text back until it is replaced."""
    forward = page.get_by_role("region", name=desks.FORWARD)
    button, number = forward.get_by_role("button", name="Put it forward"), entry(page, PHONE)
    expect(button).to_be_disabled()
    expect(button).to_have_accessible_description(re.compile("phone number"))
    forward.get_by_role("link", name=PHONE).click()
    expect(number).to_be_in_viewport()
    expect(number).to_contain_text("In the title:")
    expect(number).to_contain_text("needs a reason to stay")
    number.get_by_role("button", name="[my number]").click()
    expect(desks.title(page)).to_have_value("😀 They never rang [my number]")
    expect(button).to_be_enabled()
    expect(forward.locator("#why-not-forward")).to_be_hidden()
    desks.put_forward(page)


def read_what_stays(page):
    number = page.get_by_role("region", name="What is still in it").locator(entry(page, DESK))
    expect(number).not_to_contain_text("The force itself prints it")
    here = page.locator(HERE)
    page.keyboard.press("n")
    expect(here).to_contain_text("Ravi Holtofficer's name")
    page.keyboard.press("o")
    expect(here).to_contain_text("01632 960456phone number")
    page.keyboard.press("n")
    expect(here).to_contain_text("Amychild's name")
    # The first reader's reason is shown once the check is answered without it.
    desks.answer_the_check(page.get_by_role("region", name="Agree"))
    page.get_by_role("button", name="Answer, and agree").click()
    expect(number).to_contain_text(f"Left because: {WHY}")
