"""Leaving in the middle of a sentence: at once, and Back shows nobody what stood there."""

import pytest
from playwright.sync_api import expect

from tests import running_site
from tests.journeys.watching import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SENTENCE = "He said that if I went to the police he would"
ELSEWHERE = "https://www.bbc.co.uk/weather"
WAYS_OUT = {
    "the link": lambda page: page.get_by_role("link", name="Exit this page").tap(),
    "Escape three times": lambda page: [page.keyboard.press("Escape") for _ in range(3)],
}


@pytest.fixture
def writing(visit):
    """Somebody in mid-sentence. The page they leave for is made here, so that nothing leaves this machine."""
    window = visit(PHONE)
    window.context.route(
        f"{ELSEWHERE}*", lambda route: route.fulfill(body="<p>Sunny intervals", content_type="text/html")
    )
    begin_to_write(window)
    return window


@pytest.mark.parametrize("way", WAYS_OUT)
def test_exit_leaves_at_once_and_back_shows_no_word(way, writing):
    page = writing.page

    WAYS_OUT[way](page)
    expect(page).to_have_url(ELSEWHERE)
    expect(page.get_by_text("Sunny intervals")).to_be_visible()
    page.evaluate("history.back()")

    expect(page.get_by_role("heading", level=1)).to_have_text("Before you start")
    assert SENTENCE not in words_on(page)


def test_exit_without_javascript_leads_away_too(visit):
    window = visit(PHONE, java_script_enabled=False)
    window.page.goto("/tell/")
    # The Back button of such a browser may bring the page back from memory, and nothing of ours can help that.
    expect(window.page.locator("noscript")).to_be_visible()
    begin_to_write(window)

    with window.page.expect_response("**/leave/") as leaving, window.page.expect_request(ELSEWHERE):
        window.page.get_by_role("link", name="Exit this page").tap()

    assert leaving.value.status == 303
    assert leaving.value.header_value("location") == ELSEWHERE


def test_link_of_our_own_keeps_the_sentence_for_whoever_comes_back(writing):
    page = writing.page

    page.goto("/get-help/")
    page.evaluate("history.back()")

    expect(page.get_by_role("heading", level=1)).to_have_text("Tell us what happened")
    assert SENTENCE in words_on(page)


def test_page_behind_a_code_that_the_browser_kept_in_memory_asks_for_the_code_again(visit, demo_site):
    code = running_site.Visitor(demo_site.url).tell(SENTENCE)
    window = visit(PHONE)
    page = window.page
    page.goto("/return/")
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="Show me").tap()
    expect(page.locator("[data-ask-again-at]")).to_be_visible()

    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    window.arrive("Come back with your code")
    assert SENTENCE not in words_on(page)


def begin_to_write(window):
    page = window.page
    page.goto("/tell/")
    page.get_by_role("link", name="Start").tap()
    window.arrive("Tell us what happened")
    page.locator("[name=account]").press_sequentially(SENTENCE)


def words_on(page):
    """All that stands on a page, in its boxes too."""
    boxes = page.locator("textarea, input").evaluate_all("boxes => boxes.map(box => box.value)")
    return "\n".join([page.title(), page.content(), *boxes])
