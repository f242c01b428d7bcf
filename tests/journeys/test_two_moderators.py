"""Two moderators, two tabs, a closed lid, a note beside a half-typed text, a colleague who leaves: no word is lost.

And a life in danger, which can't wait: it goes to the urgent lane, and is written to.
"""

import re

import pytest
from playwright.sync_api import expect

from moderation.policies.danger import RISKS
from tests import at_work
from tests.journeys import desks
from tests.journeys.watching import PHONE, assert_quiet

ACCOUNT = "I rang 101 twice. Nobody rang back."
FIRST, SECOND = "She wrote this, and went to see to the children.", "And this she typed when she came back."
TAB, OTHER_TAB = "This was typed in one tab.", "And this in the other."


@pytest.fixture
def account(demo_site):
    return at_work.tell(demo_site, ACCOUNT)[1]


@pytest.fixture
def window(visit, team, account):
    """Alice's, who has the account in hand and has taken her first look."""
    team["alice"].claim(account)
    team["alice"].look_first(account)
    window = desks.at_the_desk_of(team["alice"], visit, at=f"/admin/queue/{account}/")
    return window


def test_who_comes_back_to_what_a_colleague_took_over_is_told_and_loses_no_word(window, demo_site, team, account):
    page = window.page
    type_on(page, FIRST, desks.KEPT)
    desks.let_a_claim_rest(demo_site, account)
    team["bob"].fill_in(f"/admin/queue/{account}/take-over/", reason="no-answer")
    assert "In your hands until" in team["bob"].page
    assert FIRST in team["bob"].page

    # They type on, as if nothing had been; their words stay where they are.
    type_on(page, f"{FIRST}\n\n{SECOND}", "Not kept yet: bob has this in hand at the moment.")
    page.get_by_role("button", name="Save a new version").click()
    expect(page.get_by_role("main")).to_contain_text("has this in hand at the moment.")
    expect(desks.text(page)).to_have_value(f"{FIRST}\n\n{SECOND}")
    # A browser notes each answer that says no.
    assert [each for each in window.complaints if "409" not in each] == []


def test_two_tabs_of_one_moderator_never_overwrite_each_other(window, account):
    first, second = window.page, window.open_tab()
    second.goto(f"/admin/queue/{account}/")

    type_on(first, TAB, desks.KEPT)
    type_on(second, OTHER_TAB, "You saved a newer version in another window.")
    second.get_by_role("button", name="Save a new version").click()

    expect(second.locator(".room-newer .room-words").first).to_have_text(TAB)
    expect(desks.text(second)).to_have_value(OTHER_TAB)
    desks.text(second).fill(f"{TAB} {OTHER_TAB}")
    desks.save(second)
    type_on(first, f"{TAB} More.", "You saved a newer version in another window.")
    second.reload()
    expect(desks.text(second)).to_have_value(f"{TAB} {OTHER_TAB}")


def type_on(page, words, says):
    """Type, and leave the field: that keeps it, and nobody has to wait for a pause until the form says so."""
    desks.text(page).fill(words)
    desks.text(page).blur()
    expect(desks.said(page)).to_contain_text(says)


UNTIL_THE_PAUSE, IN_MID_SENTENCE = "They rang twice, and then they", " waited until it was"
BEFORE = "\n\nThis was there before."


def test_closed_lid_in_mid_sentence_costs_no_word_and_no_place(visit, demo_site, account):
    bob = at_work.Colleague(demo_site, "bob").unlock()
    bob.claim(account)
    bob.look_first(account)
    window, page = desks.at_the_desk_of(bob, visit, at=f"/admin/queue/{account}/")
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
    page.get_by_label("Your six words").fill(demo_site.people["bob"]["words"])
    page.get_by_role("button", name="Unlock").click()
    desks.come_up(page.get_by_text("The vault is open."))
    # The page's keys come first: one of them leads to where they stopped.
    page.keyboard.press("t")
    expect(desks.text(page)).to_be_focused()
    page.keyboard.type(" late.")
    expect(desks.text(page)).to_have_value(f"{UNTIL_THE_PAUSE}{IN_MID_SENTENCE} late.{BEFORE}")


def test_press_on_save_overtakes_what_is_still_on_its_way(window):
    """A press leaves the field, which sends what was typed; both arrive at once, in whichever order."""
    page, overtaken = window.page, []
    desks.title(page).fill("They rang back")

    def let_the_press_arrive_first(route):
        if route.request.resource_type == "fetch":
            return overtaken.append(route)
        pressed = route.fetch(max_redirects=0)
        assert len(overtaken) == 1, "nothing was on its way"
        overtaken[0].fetch()
        return route.fulfill(response=pressed)

    page.route(re.compile("/save/$"), let_the_press_arrive_first)
    desks.text(page).fill(UNTIL_THE_PAUSE)
    desks.save(page)

    expect(desks.text(page)).to_have_value(UNTIL_THE_PAUSE)
    assert window.complaints == []


def log_in_in_another_tab(window, site):
    with window.context.expect_page() as opened:
        window.page.get_by_role("link", name="Log in again, in a new tab").click()
    desks.fill_in(opened.value, site, "bob")
    opened.value.close()
    window.page.bring_to_front()
    # What a browser does for somebody who comes back to a window, and Playwright doesn't.
    window.page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_what_is_looked_for_beside_the_menu_stands_in_no_address(visit, team):
    page, asked = desks.at_the_desk_of(team["alice"], visit).page, []
    page.on("request", lambda request: asked.append(request.method + request.url))
    page.goto("/admin/queue/")

    page.locator("#menu-search-q").fill("Nettlebridge")
    page.locator("#menu-search-q").press("Enter")

    expect(page.get_by_role("textbox", name="Find an account or a story")).to_have_value("Nettlebridge")
    assert any(each.startswith("POST") and each.endswith("/admin/find/") for each in asked)
    assert not [each for each in asked if "Nettle" in each]
    assert "Nettle" not in page.url


HALF, NOTE, MORE = "An officer took it do", "The hearing is on the ninth.", "And her sister is there."


def test_words_are_blurred_until_somebody_asks_for_them_and_in_this_tab_from_then_on(window):
    page = window.page
    blurred, button = re.compile("room-blurred"), page.get_by_role("button", name="Blur the words")
    expect(page.locator(".room")).to_have_class(blurred)
    expect(button).to_have_attribute("aria-pressed", "true")
    page.get_by_text("The account, in their words").click()
    words = page.locator(".room-columns__source .room-words").get_by_text("Nobody rang back")

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


def test_note_is_kept_beside_a_half_typed_text_and_stays_in_its_box_where_it_is_not(window):
    page = window.page
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


LAST_WORDS = "This I leave to whoever reads it next."


def test_leaver_is_out_at_once_and_what_they_had_in_hand_goes_on(own_site, visit):
    _, account = at_work.tell(own_site, ACCOUNT)
    charlie, *others = (at_work.Colleague(own_site, name) for name in ("charlie", "bob", "alice"))
    open_vaults = [each.unlock() for each in others]
    charlie, bob, alice = (desks.at_the_desk_of(each, visit, site=own_site) for each in (charlie, *open_vaults))
    bob.page.goto(f"/admin/queue/{account}/")
    bob.page.get_by_role("button", name="Claim it, to work on it").click()
    desks.look_first(bob.page)
    type_on(bob.page, LAST_WORDS, desks.KEPT)

    charlie.page.goto("/admin/people/")
    charlie.page.get_by_role("main").get_by_role("link", name="bob").click()
    charlie.page.get_by_role("link", name="They have left").click()
    charlie.page.get_by_role("button", name="They have left").click()
    expect(charlie.page.get_by_text("bob can’t log in any more")).to_be_visible()
    expect(charlie.page.get_by_role("main")).to_contain_text("inactive")
    bob.page.goto("/admin/")
    desks.sign_in(bob.page, "bob", own_site.people["bob"]["password"])
    expect(bob.page.get_by_role("button", name="Sign in")).to_be_visible()
    alice.page.goto("/admin/")
    alice.page.get_by_role("link", name="Change the team’s key").first.click()
    alice.page.get_by_role("button", name="Change the team’s key").click()
    expect(alice.page.get_by_text("The team’s key is changed.")).to_be_visible()
    alice.page.goto(f"/admin/queue/{account}/")
    alice.page.get_by_role("button", name="Claim it, to work on it").click()
    expect(alice.page.get_by_text("In your hands until")).to_be_visible()

    expect(desks.text(alice.page)).to_have_value(LAST_WORDS)
    assert_quiet(alice, charlie)


LIFE, HELP = "Is somebody’s life or safety in danger now?", "116 123"


def test_life_in_danger_goes_to_the_urgent_lane_and_is_written_to(visit, demo_site, team):
    code, account = at_work.tell(demo_site, "They never rang back. I don't want to be here on Friday.")
    team["alice"].claim(account)
    alice, bob = (desks.at_the_desk_of(team[name], visit) for name in ("alice", "bob"))
    contributor = visit(PHONE)

    alice.page.goto(f"/admin/queue/{account}/")
    expect(alice.page.locator("#first-look fieldset")).to_have_count(len(RISKS))
    for question in alice.page.locator("#first-look fieldset").all():
        question.get_by_label("No", exact=True).check()
    alice.page.get_by_role("group", name=LIFE).get_by_label("Yes").check()
    alice.page.get_by_role("button", name="Keep these answers").click()
    expect(alice.page.get_by_role("heading", name="What the first look found")).to_be_visible()
    expect(alice.page.get_by_role("region", name=LIFE)).to_contain_text("safeguarding lead")
    alice.page.get_by_role("region", name=LIFE).get_by_role("link", name="Write to them first, with help lines").click()
    expect(alice.page.get_by_label("Message")).to_have_value(re.compile(f"call 999.*{HELP}", re.DOTALL))
    alice.page.get_by_role("button", name="See it as they will").click()
    expect(alice.page.frame_locator("iframe").get_by_text(HELP).first).to_be_visible()
    alice.page.get_by_role("button", name="Send it").click()
    expect(alice.page.get_by_text("They read it when they come back with their code.")).to_be_visible()
    bob.page.goto("/admin/")
    bob.page.get_by_role("region", name="The queue").get_by_role("link", name="Urgent").click()
    bob.page.wait_for_url("**/admin/queue/urgent/")
    row = bob.page.get_by_role("row").filter(has=bob.page.locator(f'a[href^="/admin/queue/{account}/"]').first)
    # On whichever page of the lane that is: other tests leave some behind.
    while not row.count():
        bob.page.goto(bob.page.get_by_role("link", name="Newer", exact=True).get_attribute("href"))
    expect(row).to_contain_text("urgent")
    expect(row).to_contain_text(re.compile(r"alice, until \d\d:\d\d"))
    desks.let_ten_minutes_pass(demo_site, account)
    contributor.come_back(code, "We are working on it")
    expect(contributor.page.locator(".message--ours")).to_be_visible()
    expect(contributor.page.locator(".message--ours")).to_contain_text(re.compile(f"call 999.*{HELP}", re.DOTALL))

    contributor.assert_left_nothing()
    assert_quiet(alice, bob)
