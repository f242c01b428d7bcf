"""Choosing stories where scripts run: no page is loaded, the focus stays, and the number is read out."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import DESK

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]


def test_choice_is_shown_at_once_with_focus_number_and_a_way_back(visit):
    window = visit(DESK)
    page = window.page
    page.goto("/stories/")
    page.evaluate("window.isSamePage = true")
    box = page.get_by_role("checkbox", name=re.compile("^Still going on"))
    promised = box.locator("xpath=..").locator(".filters__count").inner_text()

    box.focus()
    page.keyboard.press("Space")

    expect(page).to_have_url(re.compile(r"/stories/\?outcome=still-going$"))
    expect(page.locator("#how-many")).to_have_text(re.compile(f"^{promised} stor(y|ies) match"))
    expect(page.locator("[data-said]")).to_have_text(re.compile(f"^{promised} "))
    assert page.evaluate("document.activeElement.value") == "still-going"
    assert page.get_by_role("article").count() == min(int(promised), 20)

    page.get_by_role("link", name=re.compile("Remove Still going on")).click()
    expect(page).to_have_url(re.compile(r"/stories/$"))
    assert page.evaluate("document.activeElement.id") == "how-many"

    page.go_back()
    expect(page.get_by_role("checkbox", name=re.compile("^Still going on"))).to_be_checked()
    assert page.evaluate("window.isSamePage")
    window.assert_left_nothing()


def test_link_within_the_page_asks_for_no_list_and_leads_where_it_says(visit):
    window = visit(DESK)
    page = window.page
    page.goto("/stories/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.get_by_role("link", name="Skip to the main part").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#"))
    page.keyboard.press("Tab")
    page.wait_for_timeout(300)

    assert [url for url in asked if "/stories/" in url] == []
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert page.evaluate("document.activeElement.id") != "how-many"


def test_line_that_is_gone_takes_nothing_away(visit):
    window = visit(DESK)
    page = window.page
    page.goto("/stories/")
    window.context.route("**/stories/?outcome=*", lambda route: route.abort())

    page.get_by_role("checkbox", name=re.compile("^Still going on")).check()

    expect(page.get_by_text("The list could not be reached just now").first).to_be_visible()
    expect(page.get_by_role("checkbox", name=re.compile("^Still going on"))).to_be_checked()
    assert page.get_by_role("article").count() > 0
