"""The form on a slow phone: all of it weighs at most 40 kB on the wire, and its words don't wait for the rest."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import PHONE, comes_true

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST = 40_000  # bytes, with the headers of every answer


def test_form_weighs_at_most_40_kb_with_everything(visit):
    window = visit(PHONE)
    arrived = wire(window)

    window.page.goto("/tell/form/", wait_until="networkidle")

    kinds = {name.rpartition(".")[2] for name in arrived}
    assert {"css", "js", "woff2", "svg"} <= kinds, "not everything was measured"
    assert sum(arrived.values()) <= MOST, sorted(arrived.items(), key=lambda each: -each[1])


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
        "Network.loadingFinished",
        lambda event: arrived.update({asked[event["requestId"]]: event["encodedDataLength"]}),
    )
    return arrived
