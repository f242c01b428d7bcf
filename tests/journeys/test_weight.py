"""What pages weigh on the wire for a slow phone; and the form's words don't wait for the rest of it."""

import re

import pytest
from playwright.sync_api import expect

from tests import running_site
from tests.journeys.watching import PHONE, comes_true

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

# Bytes, with the headers of every answer; and how many answers.
MOST = {"/tell/form/": (52_000, 20), "a story": (60_000, 8), "/what-we-hear/": (100_000, 20)}


@pytest.mark.parametrize("name", MOST)
def test_page_weighs_little_with_everything(name, visit, crawled, full_site):
    window = visit(PHONE, site=full_site)
    arrived = wire(window)
    bytes_, answers = MOST[name]

    stories = [page for page in crawled.pages() if running_site.STORY.fullmatch(page.address)]
    longest = max(stories, key=lambda each: len(each.body)).address
    answer = window.page.goto(longest if name == "a story" else name, wait_until="networkidle")

    assert answer.ok
    kinds = {each.rpartition(".")[2] for each in arrived}
    assert {"css", "js", "woff2", "svg"} <= kinds, "not everything was measured"
    assert sum(arrived.values()) <= bytes_, sorted(arrived.items(), key=lambda each: -each[1])
    assert len(arrived) <= answers, sorted(arrived)


def test_words_stand_there_before_any_script_or_font(visit):
    page = visit(PHONE).page
    late = []
    page.route(re.compile(r"\.(js|woff2)$"), lambda route: late.append(route))

    page.goto("/tell/form/", wait_until="commit")

    expect(page.get_by_role("heading", name="Tell us what happened")).to_be_visible()
    expect(page.get_by_role("link", name="Exit this page")).to_be_visible()
    assert comes_true(page, "performance.getEntriesByName('first-contentful-paint').length")
    assert {route.request.url.rpartition(".")[2] for route in late} == {"js", "woff2"}


def wire(window):
    """What arrives for the window's page from here on: address → bytes, counted where the network ends."""
    session = window.context.new_cdp_session(window.page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked, arrived = {}, {}
    session.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    session.on(
        "Network.loadingFinished", lambda event: arrived.update({asked[event["requestId"]]: event["encodedDataLength"]})
    )
    return arrived
