"""Words in a box, and a code, are not lost to a thumb: the browser asks before they go, and never at the exit or at our
buttons. Loaded again, the page with the code never looks as if nothing was sent.
"""

import re

import pytest
from playwright.sync_api import expect

from tests import running_site
from tests.journeys.test_exit import BEFORE, ELSEWHERE, begin_to_write, surround
from tests.journeys.watching import PHONE, SAVED, comes_true

pytestmark = pytest.mark.whole

SAVE, HAVE_IT = "Save for later", "I have it"
WORDS = "I would like to add something."


@pytest.fixture
def window(visit, asked):
    window = visit(PHONE)
    window.page.clock.install()
    surround(window)
    window.answer_stay(asked)
    return window


@pytest.fixture
def page(window):
    return window.page


def try_to_go_away(page, how, until="dialog"):
    """As a thumb does it, until the browser asks."""
    with page.expect_event(until):
        # Asked so, it returns at once: a question may hold the page up.
        page.evaluate(f"setTimeout(() => {how}, 0)")
    if until == "dialog":
        # It answers once the question is closed: a press before that is lost, and waited for without end.
        page.evaluate("0")


def go_away(page, how):
    """Until another page is there, for nobody is asked."""
    try_to_go_away(page, how, "framenavigated")


def code_of(window):
    """From words that were begun to a code. The moment after a button of ours, in which nobody is asked, is over."""
    window.check()
    code = window.send()
    window.page.clock.fast_forward(1000)
    return code


@pytest.mark.parametrize("how", ["history.back()", "location.reload()", "location.href = '/'"])
def test_words_and_then_their_code_are_asked_for_until_somebody_has_it(how, window, page, asked):
    begin_to_write(window)

    try_to_go_away(page, how)
    assert asked == ["beforeunload"]
    expect(page.locator("[name=account]")).not_to_have_value("")
    code_of(window)
    assert asked == ["beforeunload"]
    try_to_go_away(page, how)
    assert asked == ["beforeunload"] * 2
    expect(page.locator("#receipt-code")).to_be_visible()

    page.get_by_role("button", name=HAVE_IT).tap()
    expect(page.get_by_role("button", name=HAVE_IT)).to_be_hidden()
    expect(page.locator("#receipt-code")).to_be_visible()
    go_away(page, how)
    assert asked == ["beforeunload"] * 2
    expect(page.locator("#receipt-code")).to_have_count(0)


def test_loaded_again_the_code_is_safe_and_no_empty_form_is_shown(visit):
    window, page = visit(PHONE)
    code = window.tell("I rang 101 and they listened.")
    page.get_by_role("link", name="Help").first.tap()
    expect(page).to_have_url(re.compile("/tell/form/#done$"))

    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text("What you sent is safe")
    expect(page.get_by_text("We cannot show the code again")).to_be_visible()
    expect(page.locator("textarea:visible")).to_have_count(0)
    assert code[:4] not in page.url
    window.press("come back with your code", "Come back with your code", role="link")
    page.goto("/tell/form/#done")
    window.press("Open an empty form", "Tell us what happened", role="link")
    window.assert_left_nothing()


def test_whole_visit_is_one_entry_and_back_after_the_exit_sends_nothing_again(window, page, asked):
    page.goto("/")
    entries = page.evaluate("history.length")
    page.get_by_role("link", name="Tell us").first.tap()
    window.arrive("Before you start")
    window.press("Start", "Tell us what happened", role="link")
    page.get_by_role("link", name="Help", exact=True).tap()
    assert page.evaluate("location.hash") == "#help"

    window.say_the_age()
    window.write(WORDS)
    window.check()
    assert page.title() == "Form: check"
    assert page.evaluate("[scrollY, document.activeElement.tagName]") == [0, "H1"]
    code = window.send()
    assert page.evaluate("history.length") == entries

    page.clock.fast_forward(1000)
    page.get_by_role("link", name="Exit this page").tap()
    expect(page.get_by_text("Sunny intervals")).to_be_visible()
    assert asked == []
    # Once this question is answered: the page that it is asked on goes.
    page.evaluate("void setTimeout(() => history.back())")
    expect(page).to_have_url(BEFORE)
    for secret in (WORDS, code):
        assert secret not in page.content()


def test_neither_a_call_for_help_nor_an_exit_without_our_script_asks(window, page, asked):
    window.context.route("**/exit*.js", lambda route: route.abort())
    window.context.route("**/leave/", lambda route: route.fulfill(status=303, headers={"Location": ELSEWHERE}))
    begin_to_write(window)
    page.evaluate("addEventListener('beforeunload', (event) => { window.isAsked = event.defaultPrevented })")

    page.evaluate("document.querySelector(\"a[href^='tel:']\").click()")
    assert comes_true(page, "window.isAsked === false")
    assert asked == []
    page.clock.fast_forward(1000)
    try_to_go_away(page, "history.back()")
    assert asked == ["beforeunload"]

    page.get_by_role("link", name="Exit this page").tap()
    expect(page.get_by_text("Sunny intervals")).to_be_visible()
    assert asked == ["beforeunload"]


def test_words_that_were_saved_are_asked_for_again_only_once_they_are_changed(window, page, asked):
    begin_to_write(window)
    window.open_part("choices")
    page.get_by_role("button", name="Back").tap()
    page.get_by_role("button", name="Back").tap()
    window.press(SAVE, SAVED)
    code = window.code()
    window.press("Go on writing now", "Tell us what happened")
    expect(page.locator("#telling")).to_be_visible()
    expect(page.locator("#start")).to_be_hidden()
    go_away(page, "location.reload()")
    assert asked == []

    window.come_back(code)
    window.press("Go on writing", "Tell us what happened")
    page.locator("[name=account]").press_sequentially(" And then")
    try_to_go_away(page, "history.back()")
    assert asked == ["beforeunload"]


def test_page_behind_a_code_asks_for_its_boxes_and_hands_over_a_file_without(window, page, asked, demo_site):
    code = running_site.Visitor(demo_site.url).tell("I rang 101 and waited.")
    window.come_back(code)
    page.get_by_text("Messages", exact=True).tap()
    page.get_by_label("Write to us").press_sequentially(WORDS)
    page.get_by_text("Read what I sent").tap()
    with page.expect_download():
        page.get_by_role("button", name="Download what I sent").tap()
    assert asked == []

    page.get_by_text("Change what I sent").tap()
    window.press("Change my choices", "Your choices")
    page.clock.fast_forward(1000)
    try_to_go_away(page, "history.back()")
    assert asked == ["beforeunload"]
    asked.clear()
    page.get_by_role("button", name="Leave it as it is").tap()
    expect(page.get_by_label("Write to us")).to_have_value(WORDS)
    expect(page.get_by_text("Not sent yet.")).to_be_visible()
    # The moment after a button of ours, in which nobody is asked, is over.
    page.clock.fast_forward(1000)
    try_to_go_away(page, "history.back()")
    assert asked == ["beforeunload"]

    page.get_by_role("button", name="Send this message").tap()
    expect(page.locator(".message").last).to_contain_text(WORDS)
    go_away(page, "location.reload()")
    assert asked == ["beforeunload"]


def test_enter_on_a_choice_says_yes_to_nothing(page):
    """The first button of a form is what Enter presses, and of that page it would be a yes."""
    page.goto("/return/")
    page.evaluate("""() => {
        const form = document.querySelector("main form");
        form.insertAdjacentHTML("afterbegin", '<button type="submit" name="step" value="show" hidden></button>');
        form.insertAdjacentHTML("beforeend", '<input type="radio" id="r"><button name="step" value="yes">Yes</button>');
        form.addEventListener("submit", (event) => {
            event.preventDefault(); event.stopPropagation();
            document.title = event.submitter.value;
        });
    }""")
    page.locator("#r").press("Enter")

    assert comes_true(page, "document.title === 'show'")


def test_save_is_under_the_box_a_pull_scrolls_nothing_and_no_words_ask_nothing(window, page, asked):
    page.goto("/tell/form/")
    assert page.evaluate("getComputedStyle(document.documentElement).overscrollBehaviorY") == "contain"
    expect(page.get_by_role("button", name=SAVE)).to_have_count(1)
    expect(page.get_by_text("Use Back on this page")).to_be_hidden()
    window.open_part("telling")

    save = page.get_by_role("button", name=SAVE)
    expect(save).to_have_count(1)
    expect(page.get_by_text("Use Back on this page, not your phone’s.")).to_be_visible()
    box = page.locator("[name=account]").bounding_box()
    assert 0 < save.bounding_box()["y"] - (box["y"] + box["height"]) < 100

    page.locator("[name=account]").press_sequentially("x")
    page.locator("[name=account]").fill("  ")
    go_away(page, "history.back()")
    assert asked == []
    expect(page).to_have_url(BEFORE)


@pytest.mark.parametrize("grows_by", ["CSS", "script"])
def test_long_account_scrolls_in_its_box_and_the_next_button_is_not_miles_away(grows_by, window, page):
    if grows_by == "script":
        page.add_init_script("""
            const was = CSS.supports, sheet = new CSSStyleSheet();
            CSS.supports = (...of) => of[0] !== "field-sizing" && was(...of);
            sheet.replaceSync("textarea { field-sizing: fixed !important }");
            document.adoptedStyleSheets = [sheet];
        """)
    page.goto("/tell/form/")
    window.open_part("telling")
    box = page.locator("[name=account]")
    short = box.bounding_box()["height"]

    box.fill("I rang again and nobody knew of it.\n" * 12)
    grown = box.bounding_box()["height"]
    box.fill("I rang again and nobody knew of it.\n" * 400)

    high = box.bounding_box()["height"]
    assert short < grown <= high <= 0.71 * PHONE["viewport"]["height"]
    assert box.evaluate("box => box.scrollHeight > 10 * box.clientHeight")
