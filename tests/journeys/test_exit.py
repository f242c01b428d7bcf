"""Leaving in mid-sentence: at once, and Back shows nobody what stood there. Beside GOV.UK's way: docs/adr/0005."""

import pytest
from playwright.sync_api import expect

from tests import running_site
from tests.journeys.watching import PHONE, comes_true

pytestmark = [pytest.mark.browser, pytest.mark.whole]

SENTENCE = "He said that if I went to the police he would"
ELSEWHERE = "https://www.bbc.co.uk/weather"
BEFORE = "https://recipes.example/"
WAYS_OUT = {
    "the link": lambda page: page.get_by_role("link", name="Exit this page").tap(),
    "a middle press": lambda page: page.get_by_role("link", name="Exit this page").click(button="middle"),
    "the first press of Tab": lambda page: press(page.locator("#exit"), "Enter"),
    "the link at the end": lambda page: press(page.get_by_role("link", name="Leave this page now"), "Enter"),
    "Escape three times": lambda page: [page.keyboard.press("Escape") for _ in range(3)],
    "Shift three times": lambda page: [page.keyboard.press("Shift") for _ in range(3)],
}


@pytest.fixture
def writing(visit):
    """Somebody in mid-sentence. The pages around the visit are made here, so that nothing leaves this machine."""
    window = visit(PHONE)
    surround(window)
    begin_to_write(window)
    return window


@pytest.fixture
def at_rest(visit):
    """A page whose clock stands still."""
    window = visit()
    surround(window)
    window.page.clock.install(time=0)
    window.page.goto("/tell/")
    window.page.clock.pause_at(60_000)
    return window


@pytest.mark.parametrize("way", WAYS_OUT)
def test_exit_leaves_at_once_never_asks_tells_nobody_and_back_shows_what_was_before(way, writing, asked):
    page = writing.page
    writing.answer_stay(asked)
    entries = page.evaluate("history.length")
    asked_before = len(writing.asked)

    WAYS_OUT[way](page)
    expect(page).to_have_url(ELSEWHERE)
    expect(page.get_by_text("Sunny intervals")).to_be_visible()
    assert asked == []

    # One request, for the page that was left for: the server hears nothing, and no second tab is opened.
    assert writing.asked[asked_before:] == [ELSEWHERE]
    assert len(writing.context.pages) == 1
    assert page.evaluate("history.length") == entries
    page.go_back(wait_until="commit")
    expect(page.get_by_text("Bread in an hour")).to_be_visible()
    assert SENTENCE not in words_on(page)
    writing.assert_left_nothing(went_to=[ELSEWHERE, BEFORE])


def test_until_the_next_page_comes_there_is_nothing_to_see_to_reach_or_to_stop(writing):
    page = writing.page

    left = page.evaluate("""() => {
        document.getElementById("exit").click();
        const escape = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true });
        document.body.dispatchEvent(escape);
        return [document.body.innerHTML, document.title, escape.defaultPrevented];
    }""")

    assert left == ['<p class="visually-hidden" role="alert">Loading.</p>', "\xa0", True]
    expect(page.get_by_text("Sunny intervals")).to_be_visible()


def test_exit_with_no_line_leaves_an_empty_page_that_names_nothing(writing):
    page = writing.page
    writing.context.set_offline(True)

    page.get_by_role("link", name="Exit this page").tap()

    expect(page).to_have_url("about:blank")
    assert words_on(page).strip("\n") == "<html><head></head><body></body></html>"
    writing.context.set_offline(False)
    page.go_back(wait_until="commit")
    expect(page.get_by_text("Bread in an hour")).to_be_visible()


def test_line_that_breaks_in_mid_sentence_wipes_nothing(writing):
    page = writing.page

    writing.context.set_offline(True)
    assert comes_true(page, "!navigator.onLine")

    assert SENTENCE in words_on(page)
    expect(page.locator("[name=account]")).to_be_visible()


def test_presses_are_counted_in_lights_and_words_and_run_out(at_rest):
    page = at_rest.page
    said, lights = page.locator("[data-exit-status]"), page.locator(".exit__lights")
    expect(said).to_have_attribute("aria-live", "polite")
    expect(lights).to_be_hidden()

    page.keyboard.press("Shift")
    expect(said).to_have_text("To exit, press Shift or Escape 2 more times.")
    expect(lights).to_be_visible()
    page.clock.run_for(4_900)
    page.keyboard.press("Shift")
    expect(said).to_have_text("To exit, press Shift or Escape 1 more time.")
    page.clock.run_for(5_100)
    expect(said).to_have_text("Exit this page: no longer counting.")
    expect(lights).to_be_hidden()
    page.clock.run_for(5_100)
    expect(said).to_be_empty()

    page.keyboard.press("Shift")
    expect(said).to_have_text("To exit, press Shift or Escape 2 more times.")


def test_only_presses_of_the_key_alone_count(at_rest):
    page = at_rest.page
    said = page.locator("[data-exit-status]")

    for _ in range(3):
        page.keyboard.press("Shift+I")
        page.keyboard.press("Control+Shift")
        page.keyboard.down("Shift")
        page.get_by_role("heading", level=1).click()
        page.keyboard.up("Shift")
    assert said.text_content() == ""

    page.keyboard.down("Escape")
    for _ in range(5):
        page.keyboard.down("Escape")
    page.keyboard.up("Escape")
    expect(said).to_have_text("To exit, press Shift or Escape 2 more times.")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(said).to_have_text("Exit this page: no longer counting.")
    page.keyboard.press("Escape")
    expect(said).to_have_text("To exit, press Shift or Escape 2 more times.")


def test_page_back_from_memory_counts_afresh_and_leaves_again_after_an_exit(at_rest):
    page = at_rest.page
    page.keyboard.press("Shift")

    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[data-exit-status]")).to_be_empty()
    expect(page.locator(".exit__lights")).to_be_hidden()

    at_rest.context.set_offline(True)
    page.evaluate("""location.replace = () => {}; document.getElementById('exit').click();
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))""")
    expect(page).to_have_url("about:blank")


def test_exit_without_javascript_leads_away_too(visit):
    window = visit(PHONE, java_script_enabled=False)
    window.page.goto("/tell/")
    # The Back button of such a browser may ask for a page again that a form was sent to: docs/browsers.md.
    expect(window.page.locator("noscript")).to_be_visible()
    begin_to_write(window)
    window.stand_in(ELSEWHERE, "Sunny intervals")

    for name in ("Exit this page", "Leave this page now"):
        window.page.goto("/tell/form/")
        over_an_empty_page = window.page.expect_response(lambda answer: answer.url.endswith("/leave/?blank"))
        with over_an_empty_page as over, window.page.expect_response("**/leave/") as leaving:
            press(window.page.get_by_role("link", name=name), "Enter")
        expect(window.page.get_by_text("Sunny intervals")).to_be_visible()
        # A browser forgets only a page that it has left for another.
        assert over.value.status == 200
        assert leaving.value.status == 303
        assert leaving.value.header_value("location") == ELSEWHERE


def test_page_behind_a_code_that_the_browser_kept_in_memory_asks_for_the_code_again(visit, demo_site):
    code = running_site.Visitor(demo_site.url).tell(SENTENCE)
    window = visit(PHONE)
    page = window.page
    window.come_back(code)
    expect(page.locator("[data-ask-again-at]")).to_be_visible()

    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    window.arrive("Come back with your code")
    assert SENTENCE not in words_on(page)


def surround(window):
    """Make the page that was open before the visit, and the one that it is left for."""
    for address, words in ((ELSEWHERE, "Sunny intervals"), (BEFORE, "Bread in an hour")):
        window.stand_in(address, words)
    window.page.goto(BEFORE)


def begin_to_write(window):
    page = window.page
    page.goto("/tell/")
    page.get_by_role("link", name="Start").tap()
    window.arrive("Tell us what happened")
    window.open_part("telling")
    page.locator("[name=account]").press_sequentially(SENTENCE)


def press(link, key):
    link.focus()
    link.press(key)


def words_on(page):
    """All that stands on a page, in its boxes too."""
    boxes = page.locator("textarea, input").evaluate_all("boxes => boxes.map(box => box.value)")
    return "\n".join([page.title(), page.content(), *boxes])
