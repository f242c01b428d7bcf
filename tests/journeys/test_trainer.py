"""A trainer without JavaScript: finds a session, reads it, prints it, and comes back after a story went down."""

import re

import pytest
from playwright.sync_api import expect

from tests import running_site
from tests.journeys.watching import DESK

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SESSION, QUOTED = "The first call", "Come back when he has done it"
PASSAGE, ANOTHER = "He might just be letting off steam.", "The first time I hung up"


@pytest.fixture
def own_site(demo_site, tmp_path):
    """A copy, from which a story can go."""
    with running_site.serve_again(running_site.copy_of(demo_site, tmp_path / "demo")) as site:
        yield site


def test_trainer_prints_a_session_which_closes_over_a_story_that_went_down(visit, own_site):
    window = visit(DESK, site=own_site, java_script_enabled=False)
    page = window.page
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Learn").click()
    window.arrive("Learning")
    page.get_by_role("link", name=SESSION).click()
    window.arrive(SESSION)
    session = page.url
    expect(page.get_by_role("table", name="The steps of the session")).to_contain_text("20")
    expect(page.get_by_text(PASSAGE)).to_be_visible()

    page.emulate_media(media="print")
    for words in (PASSAGE, "Before you begin", "may be used, changed and shared", page.url, "Samaritans"):
        expect(page.locator(".page__body").get_by_text(words).first).to_be_visible()
    for words in ("Exit this page", "All sessions", "Take something down"):
        expect(page.get_by_role("link", name=words).first).to_be_hidden()
    assert page.locator(".sheet").evaluate("sheet => getComputedStyle(sheet).breakBefore") == "page"
    assert 4 <= len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 6
    page.emulate_media(media="screen")
    take_down(page, QUOTED)

    page.goto(session)
    window.arrive(SESSION)
    expect(page.get_by_text(PASSAGE)).to_have_count(0)
    expect(page.get_by_role("link", name=QUOTED)).to_have_count(0)
    expect(page.get_by_text(ANOTHER)).to_be_visible()
    expect(page.get_by_role("heading", name="What people told us")).to_be_visible()
    window.assert_left_nothing()


def take_down(page, title):
    page.get_by_role("link", name=title).click()
    page.get_by_role("link", name="Take this down").click()
    page.get_by_role("radio", name="It is about me").check()
    page.get_by_role("button", name="Ask for it to come down").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Take a story down")
    # A process trusts what it holds of an edition for a second.
    page.wait_for_timeout(1_100)
