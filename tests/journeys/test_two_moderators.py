"""Two moderators, two tabs, a lid that closes in mid-sentence: no word is lost, and one is back at the same place."""

import re

import pytest
from playwright.sync_api import expect

from tests import at_work
from tests.journeys import desks

pytestmark = [pytest.mark.browser]

ACCOUNT = "I rang 101 twice. Nobody rang back."
FIRST, SECOND = "She wrote this, and went to see to the children.", "And this she typed when she came back."
TAB, OTHER_TAB = "This was typed in one tab.", "And this in the other."


@pytest.fixture
def account(demo_site):
    return at_work.tell(demo_site, ACCOUNT)[1]


def test_of_two_who_claim_at_once_one_wins_and_the_other_takes_it_over_later(visit, demo_site, team, account):
    both = {name: desks.at_the_desk_of(team[name], visit) for name in ("alice", "bob")}

    first, second = (both[name].page for name in claim_at_once(both, account))
    begin(first, FIRST)
    row = desks.find_row(second, "flood", account)
    expect(row).to_contain_text(re.compile(r"(alice|bob), until \d\d:\d\d"))
    expect(row.get_by_role("link", name="Take over")).to_have_count(0)
    desks.let_a_claim_rest(demo_site, account)
    take_over(second, account)
    expect(desks.text(second)).to_have_value(FIRST)

    # Whoever comes back to an open page types on, and is told; their words stay where they are.
    type_on(first, f"{FIRST}\n\n{SECOND}")
    expect(desks.said(first)).to_have_text(re.compile(r"Not kept yet: (alice|bob) has this in hand at the moment\."))
    first.get_by_role("button", name="Save a new version").click()
    expect(first.get_by_role("main")).to_contain_text("has this in hand at the moment.")
    expect(desks.text(first)).to_have_value(f"{FIRST}\n\n{SECOND}")
    for window in both.values():
        # A browser notes each answer that says no.
        assert [each for each in window.complaints if "409" not in each] == []


def test_two_tabs_of_one_moderator_never_overwrite_each_other(visit, team, account):
    team["alice"].claim(account)
    team["alice"].look_first(account)
    window = desks.at_the_desk_of(team["alice"], visit)
    first, second = window.page, window.open_tab()
    for tab in (first, second):
        tab.goto(f"/admin/queue/{account}/")

    type_on(first, TAB)
    expect(desks.said(first)).to_have_text(desks.KEPT)
    type_on(second, OTHER_TAB)
    expect(desks.said(second)).to_contain_text("You saved a newer version in another window.")
    second.get_by_role("button", name="Save a new version").click()

    expect(second.locator(".room-newer .room-words").first).to_have_text(TAB)
    expect(desks.text(second)).to_have_value(OTHER_TAB)
    desks.text(second).fill(f"{TAB} {OTHER_TAB}")
    desks.save(second)
    type_on(first, f"{TAB} More.")
    expect(desks.said(first)).to_contain_text("You saved a newer version in another window.")
    second.reload()
    expect(desks.text(second)).to_have_value(f"{TAB} {OTHER_TAB}")


def claim_at_once(windows, account):
    """Both press before either is answered; the winner's name comes first."""
    rows = [desks.find_row(window.page, "flood", account) for window in windows.values()]
    for row in rows:
        row.get_by_role("button", name="Claim").click(no_wait_after=True)
    held, refused = "In your hands until", "has this in hand at the moment."
    for window in windows.values():
        expect(window.page.get_by_text(held).or_(window.page.get_by_text(refused))).to_be_visible()
    won = {name: window.page.get_by_text(held).is_visible() for name, window in windows.items()}
    assert sorted(won.values()) == [False, True]
    winner, loser = sorted(won, key=won.get, reverse=True)
    expect(windows[loser].page.get_by_text(f"{winner} {refused}")).to_be_visible()
    return winner, loser


def take_over(page, account):
    desks.find_row(page, "flood", account).get_by_role("link", name="Take over").click()
    page.get_by_role("button", name="Take it over").click()
    expect(page.get_by_text("In your hands until")).to_have_count(0)
    page.get_by_label("It can’t wait for them").check()
    page.get_by_role("button", name="Take it over").click()
    expect(page.get_by_text("In your hands until")).to_be_visible()
    page.get_by_text("What was done", exact=True).click()
    expect(page.get_by_text("took it over")).to_contain_text("It can’t wait for them")


def begin(page, words):
    desks.look_first(page)
    type_on(page, words)
    expect(desks.said(page)).to_have_text(desks.KEPT)


def type_on(page, words):
    """Type, and leave the field: that keeps it, and nobody has to wait for a pause."""
    desks.text(page).fill(words)
    desks.text(page).blur()


UNTIL_THE_PAUSE, IN_MID_SENTENCE = "They rang twice, and then they", " waited until it was"
BEFORE = "\n\nThis was there before."


def test_closed_lid_in_mid_sentence_costs_no_word_and_no_place(visit, demo_site, account):
    bob = at_work.Colleague(demo_site, "bob").unlock()
    bob.claim(account)
    bob.look_first(account)
    window = desks.at_the_desk_of(bob, visit)
    page = window.page
    page.goto(f"/admin/queue/{account}/")
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
    # The page's keys come first: one of them leads to where they stopped.
    page.keyboard.press("t")
    expect(desks.text(page)).to_be_focused()
    page.keyboard.type(" late.")
    expect(desks.text(page)).to_have_value(f"{UNTIL_THE_PAUSE}{IN_MID_SENTENCE} late.{BEFORE}")


def test_press_on_save_overtakes_what_is_still_on_its_way(visit, team, account):
    """A press leaves the field, which sends what was typed; both arrive at once, in whichever order."""
    team["bob"].claim(account)
    team["bob"].look_first(account)
    window = desks.at_the_desk_of(team["bob"], visit)
    page = window.page
    page.goto(f"/admin/queue/{account}/")
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
        overtaken[0].fetch()
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
