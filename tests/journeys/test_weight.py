"""On a slow phone the form's words don't wait for the rest of it. What pages weigh is in test_accessibility."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import PHONE, comes_true

pytestmark = [pytest.mark.browser]


def test_words_stand_there_before_any_script_or_font(visit):
    page = visit(PHONE).page
    late = []
    page.route(re.compile(r"\.(js|woff2)$"), lambda route: late.append(route))

    page.goto("/tell/form/", wait_until="commit")

    expect(page.get_by_role("heading", name="Tell us what happened")).to_be_visible()
    expect(page.get_by_role("link", name="Exit this page")).to_be_visible()
    assert comes_true(page, "performance.getEntriesByName('first-contentful-paint').length")
    assert {route.request.url.rpartition(".")[2] for route in late} == {"js", "woff2"}
