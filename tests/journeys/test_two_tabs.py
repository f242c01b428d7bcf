"""Two tabs of one browser, as people have them: neither takes anything from the other, and neither meets an error."""

import pytest
from playwright.sync_api import expect

from tests import at_work
from tests.journeys.watching import DESK

pytestmark = [pytest.mark.browser]

ACCOUNT, OTHER = "I rang 101 in the morning.", "I went to the desk in the evening."
MESSAGE = "I have changed my mind about all of it."
READ_ME = {"title": "In the morning", "text": "I rang 101 in the morning."}


@pytest.fixture
def tabs(visit):
    """One window, and two tabs of it; `look_at` says in which one goes on."""
    window = visit(DESK)
    return window, window.page, window.open_tab()


def test_form_in_two_tabs_is_two_accounts(tabs, demo_site):
    window, first, second = tabs
    before = at_work.submissions(demo_site)

    for tab, words in ((first, ACCOUNT), (second, OTHER)):
        look_at(window, tab).goto("/tell/form/")
        window.write(words)
    for tab in (first, second):
        look_at(window, tab)
        check(window)
    codes = {}
    for tab in (second, first):
        look_at(window, tab)
        codes[tab] = window.send()

    assert codes[first] != codes[second]
    assert len(at_work.submissions(demo_site) - before) == 2
    for tab, code, words, others in ((first, codes[first], ACCOUNT, OTHER), (second, codes[second], OTHER, ACCOUNT)):
        look_at(window, tab)
        window.come_back(code)
        window.arrive("We have what you sent")
        assert words in tab.content()
        assert others not in tab.content()
    window.assert_left_nothing()


def test_draft_in_two_tabs_loses_nothing_of_either(tabs, demo_site):
    window, first, second = tabs
    before = at_work.submissions(demo_site)
    look_at(window, first).goto("/tell/form/")
    window.write("It was in May.")
    code = save(window)
    for tab in (first, second):
        look_at(window, tab)
        window.come_back(code)
        window.press("Go on writing")
        window.arrive("Tell us what happened")

    look_at(window, first)
    window.write(f"It was in May. {ACCOUNT}")
    assert save(window) == code
    look_at(window, second)
    window.write(f"It was in May. {OTHER}")
    assert save(window) == code
    expect(second.get_by_text("You saved this from another window as well.")).to_be_visible()

    look_at(window, first)
    window.press("Go on writing now")
    window.arrive("Tell us what happened")
    window.open_part("telling")
    assert_has_both(first.locator("[name=account]").input_value())
    check(window)
    assert window.send() == code

    # What is begun anew in the tab that knew nothing of it can't get into what was sent, and isn't lost either.
    look_at(window, second)
    window.press("Go on writing now")
    window.arrive("We have what you sent")
    assert_has_both(second.content())
    assert len(at_work.submissions(demo_site) - before) == 1
    window.assert_left_nothing()


def test_yes_in_one_tab_and_taken_back_in_the_other(tabs, demo_site, team):
    window, first, second = tabs
    code, account = at_work.tell(demo_site, ACCOUNT, consent_ask_again="on")
    team["alice"].put_forward(account, **READ_ME)
    for tab in (first, second):
        look_at(window, tab)
        window.come_back(code)
        window.arrive("A text is ready for you")

    look_at(window, second)
    second.locator("summary", has_text="Take it back").click()
    window.press("Go on to take it back")
    window.arrive("Take it back?")
    look_at(window, first)
    window.press("Yes, publish exactly this")
    window.arrive("You said yes")
    look_at(window, second)
    window.press("Take it back and erase it")
    window.arrive("You took it back")

    # The last word holds, and what the other tab still shows leads to no error and takes no word away.
    look_at(window, first)
    first.get_by_text("Messages", exact=True).click()
    first.get_by_label("Write to us").fill(MESSAGE)
    window.press("Send this message")
    window.arrive("You took it back")
    expect(first.get_by_label("Your message")).to_have_value(MESSAGE)
    assert ACCOUNT not in first.content()
    window.assert_left_nothing()


def look_at(window, tab):
    window.page = tab
    tab.bring_to_front()
    return tab


def save(window):
    window.press("Save for later")
    expect(window.page.get_by_role("heading", level=1)).to_contain_text("Saved. Come back by")
    return window.code()


def check(window):
    window.page.locator("[name=adult][value=yes]").evaluate("answer => { answer.checked = true }")
    window.check()


def assert_has_both(words):
    assert ACCOUNT in words
    assert OTHER in words
