"""A contributor's whole way on a small phone, with JavaScript and without, and by the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ACCOUNT = "I rang 101 about the pictures. My friend Dana came with me, and after that they listened."
REST = "I rang 101 about the pictures."
MESSAGE = "One more thing: they did write to me in the end."


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_contributor_tells_comes_back_and_takes_it_all_back(javascript, visit):
    window = visit(PHONE, java_script_enabled=javascript)

    code = tell(window)
    read_and_write(window, code)
    take_it_back(window, code)

    window.assert_left_nothing()


def tell(window):
    page = window.page
    page.goto("/tell/")
    window.assert_fits()
    page.get_by_role("link", name="Start").tap()
    window.assert_fits()
    page.get_by_role("group", name="Are you 18 or over now?").get_by_text("Yes", exact=True).tap()
    page.get_by_label("In your own words, how did the police deal with it?").fill(ACCOUNT)
    page.get_by_label("Publish my story").tap()
    page.get_by_role("button", name="Check what I wrote").tap()

    expect(page.get_by_role("heading", level=1)).to_have_text("Read it once more")
    window.assert_fits()
    page.get_by_role("group", name="Dana").get_by_role("radio").first.tap()
    page.get_by_role("button", name="Send", exact=True).tap()

    code = page.locator("#receipt-code")
    expect(code).to_be_visible()
    window.assert_fits()
    return "".join(code.inner_text().split())


def read_and_write(window, code):
    page = come_back(window, code)
    expect(page.get_by_role("heading", level=1)).to_have_text("We have what you sent")
    expect(page.get_by_text(REST)).to_be_hidden()
    page.get_by_text("Read what I sent").tap()
    expect(page.get_by_text(REST)).to_be_visible()
    expect(page.get_by_text("Dana")).to_have_count(0)
    window.assert_fits()

    page.get_by_label("Write to us").fill(MESSAGE)
    page.get_by_role("button", name="Send this message").tap()
    expect(page.get_by_text("We have your message.")).to_be_visible()
    expect(page.get_by_text(MESSAGE)).to_be_visible()


def take_it_back(window, code):
    page = window.page
    page.get_by_role("button", name="Take it back").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Take it back?")
    window.assert_fits()
    page.get_by_role("button", name="Take it back and erase it").tap()

    expect(page.get_by_role("heading", level=1)).to_have_text("You took it back")
    come_back(window, code)
    expect(page.get_by_role("heading", level=1)).to_have_text("You took it back")
    for words in (REST, MESSAGE):
        assert words not in page.content()


def come_back(window, code):
    """Go home, to “I have a code”, and type it as people do: small letters, no dashes."""
    page = window.page
    page.goto("/tell/")
    page.get_by_role("link", name="I have a code").tap()
    window.assert_fits()
    page.get_by_label("Your code").fill(code.replace("-", "").lower())
    page.get_by_role("button", name="Show me").tap()
    return page


# --- By the keyboard alone ------------------------------------------------------------------


def test_contributor_needs_nothing_but_the_keyboard(visit):
    window = visit(DESK)
    page = window.page
    page.goto("/tell/")

    press_on(page, "a[href='/tell/form/']", "Enter")
    press_on(page, "[name=adult]", "Space")
    tab_to(page, "[name=account]")
    page.keyboard.insert_text(ACCOUNT)
    press_on(page, "[name=consent_publish]", "Space")
    press_on(page, "button[value=check]", "Enter")
    press_on(page, "button[value=send]", "Enter")
    code = "".join(page.locator("#receipt-code").inner_text().split())
    page.goto("/return/")
    tab_to(page, "[name=code]")
    page.keyboard.insert_text(code)
    page.keyboard.press("Enter")
    press_on(page, "summary", "Enter")
    expect(page.get_by_text(REST)).to_be_visible()
    press_on(page, "button[value=withdraw]", "Enter")
    press_on(page, "button[value=withdraw-now]", "Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("You took it back")
    window.assert_left_nothing()


def press_on(page, selector, key):
    tab_to(page, selector)
    page.keyboard.press(key)


def tab_to(page, selector):
    """Press Tab until that stands in focus; where it is, must be seen at every stop."""
    for _ in range(80):
        page.keyboard.press("Tab")
        shown, found = page.evaluate(_WHERE, selector)
        assert shown, f"nothing shows that the focus is on {page.evaluate('document.activeElement.outerHTML')[:200]}"
        if found:
            return
    raise AssertionError(f"Tab never comes to {selector}")


_WHERE = """selector => {
    const here = document.activeElement;
    const outlined = [here, here.closest("label")].some(each => each && getComputedStyle(each).outlineStyle !== "none");
    return [outlined, here.matches(selector)];
}"""


# --- What the watch is worth ----------------------------------------------------------------


def test_watch_sees_what_it_is_there_to_see(visit):
    window = visit()
    window.page.goto("/")
    window.page.evaluate(
        """async () => {
            document.cookie = "a=1"; localStorage.b = 2; sessionStorage.c = 3;
            await new Promise(done => { indexedDB.open("d").onsuccess = done; });
            const stranger = new Image(); stranger.src = "https://stranger.example/pixel.png";
            await new Promise(done => { stranger.onerror = done; });
        }"""
    )

    assert {"b", "c", "a=1", "d"} <= {each for each in window.stored() if isinstance(each, str)}
    assert [each["name"] for each in window.context.cookies()] == ["a"]
    assert any("Content Security Policy" in complaint for complaint in window.complaints)
    window.page.goto("https://stranger.example/", wait_until="commit") if False else None
    assert re.search("stranger", " ".join(window.complaints + window.elsewhere()))
