"""axe-core finds nothing while somebody tells and while a story is taken down; every page as it is first met stands in
test_every_page.py."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import axe_core
from tests.journeys.watching import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

ACCOUNT = "I rang 101. My friend Dana came with me, on 3 May 2024, and after that they listened."


@pytest.fixture(scope="module")
def window(chromium, demo_site):
    """One window for all pages; axe comes with every page that it opens."""
    context = chromium.new_context(base_url=demo_site.url, reduced_motion="reduce")
    context.add_init_script(path=axe_core.SCRIPT)
    yield Visit(context, demo_site.url)
    context.close()


def test_every_page_of_telling(window):
    page = window.page
    page.goto("/tell/form/")
    window.open_part("choices")

    send(window, "check", "Tell us what happened")
    page.locator("[name=adult]").first.check()
    window.write(ACCOUNT)
    window.open_part("safe")
    page.locator("[name=online]").first.check()
    window.open_part("choices")
    page.locator("[name=consent_ask_again]").check()
    send(window, "check", "Read it once more")
    page.get_by_text("Change or add answers").click()
    page.locator("[name=no_code]").check()
    send(window, "send", "Read it once more")
    page.locator("[name=no_code]").uncheck()
    send(window, "send", "Keep this code")


def test_story_and_every_page_of_taking_it_down(window):
    page = window.page
    page.goto("/stories/")
    page.get_by_role("article").get_by_role("link").last.click()
    page.wait_for_url(re.compile(r"/stories/[0-9a-z]{12}/"))
    axe_core.assert_finds_nothing(page)
    story = page.url

    page.get_by_role("link", name="Take this down").click()
    send(window, "send", "Take a story down")
    page.get_by_label("It is about me").check()
    send(window, "send", "The story is off the site")

    page.wait_for_timeout(1_100)
    assert page.goto(story).status == 410
    axe_core.assert_finds_nothing(page)


def send(window, step, title):
    """Press the button of that step, and look at the page that answers, which may have the title of the one before."""
    page = window.page
    page.locator("main").evaluate("main => { main.dataset.before = '' }")
    page.locator(f"button[name=step][value={step}]").last.click()
    expect(page.locator("main[data-before]")).to_have_count(0)
    window.arrive(title)
    page.locator("details").evaluate_all("each => each.forEach(one => { one.open = true })")
    axe_core.assert_finds_nothing(page)
