"""With JavaScript a whole visit is one entry of the tab's history."""

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import PHONE

pytestmark = pytest.mark.whole

ACCOUNT = "I rang 101 and waited until the rain had stopped."
ELSEWHERE = "https://www.bbc.co.uk/weather"


def test_whole_visit_is_one_entry_and_back_after_the_exit_sends_nothing_again(visit):
    window = visit(PHONE)
    page = window.page
    window.stand_in(ELSEWHERE, "Sunny intervals")
    page.goto("/")
    page.get_by_role("link", name="Tell us").first.tap()
    window.arrive("Before you start")
    page.get_by_role("link", name="Start").tap()
    window.arrive("Tell us what happened")
    page.get_by_role("link", name="Help", exact=True).tap()
    assert page.evaluate("location.hash") == "#help"

    window.say_the_age()
    window.write(ACCOUNT)
    window.check()
    assert page.title() == "Form: check"
    assert page.evaluate("[scrollY, document.activeElement.tagName]") == [0, "H1"]
    code = window.send()
    # The empty page that every window begins with, and ours.
    assert page.evaluate("history.length") == 2

    page.get_by_role("link", name="Exit this page").tap()
    expect(page.get_by_text("Sunny intervals")).to_be_visible()
    page.go_back(wait_until="commit")
    expect(page).to_have_url("about:blank")
    assert ACCOUNT not in page.content()
    assert code not in page.content()


def test_link_to_the_public_pages_is_left_alone_where_nobody_tells(visit):
    page = visit(PHONE).page
    page.goto("/stories/")
    before = page.evaluate("history.length")

    page.get_by_role("article").get_by_role("link").first.tap()
    page.wait_for_url("**/stories/*/")

    assert page.evaluate("history.length") == before + 1
