"""An editor changes a page: the preview beside it shows the draft, and once published everybody sees it."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.journeys.logging_in import let_in
from tests.journeys.watching import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Letters alone: with digits among them it could be taken for a crime number, and wouldn't go public.
NEWS = f"Nobody has to decide today. ({''.join(secrets.choice('abcdefgh') for _ in range(8))})"


def test_editor_sees_the_draft_in_the_preview_and_readers_see_it_once_it_is_published(visit, demo_site):
    reader, erin = visit(PHONE), let_in(visit(), demo_site, "erin")
    reader.page.goto("/get-help/")

    open_the_page(erin.page, "Get help now")
    erin.page.get_by_role("textbox", name="Introduction").fill(NEWS)
    preview = open_the_preview(erin.page)
    expect(preview.get_by_role("heading", level=1)).to_have_text("Get help now")
    expect(preview.get_by_text(NEWS)).to_be_visible()
    reader.page.reload()
    expect(reader.page.get_by_text(NEWS)).to_have_count(0)
    assert_checks_run(erin.page)

    publish(erin.page)
    reader.page.wait_for_timeout(1_100)
    for _ in range(4):
        reader.page.reload()
        expect(reader.page.get_by_text(NEWS)).to_be_visible()

    reader.assert_left_nothing()
    assert erin.elsewhere() == []
    assert erin.complaints == []


def open_the_page(page, title):
    page.goto("/admin/pages/")
    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page.get_by_role("textbox", name="Introduction")).to_be_visible()


def open_the_preview(page):
    page.get_by_role("button", name="Toggle preview").click()
    return page.frame_locator("iframe[title=Preview]:not(.w-preview__proxy)")


def assert_checks_run(page):
    """Wagtail's checks work within the preview's own frame, under the policy of public pages."""
    page.get_by_role("button", name="Toggle checks").click()
    expect(page.locator("[data-content-word-count]")).not_to_have_text("-")
    expect(page.get_by_role("heading", name="Issues found")).to_have_text(re.compile(r"Issues found\s*0"))


def publish(page):
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("published.")).to_be_visible()
