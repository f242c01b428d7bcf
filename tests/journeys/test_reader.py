"""A reader without JavaScript: finds stories by a filter, opens one, follows it to its force."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_reader_finds_a_story_and_follows_its_force(device, visit):
    window = visit(device, java_script_enabled=False)
    page = window.page
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Read", exact=True).click()
    window.arrive("Stories")

    if device is PHONE:  # on a wide screen the filters stand open beside the list
        page.get_by_text("Choose which stories").click()
    page.get_by_label("Police force").select_option("west-yorkshire")
    page.get_by_role("button", name="Show these stories").click()
    expect(page).to_have_url(re.compile(r"force=west-yorkshire"))
    window.arrive("Stories")
    story = page.get_by_role("article").first
    expect(story).to_contain_text("West Yorkshire Police")
    title = story.get_by_role("link").inner_text()
    story.get_by_role("link").click()

    window.arrive(title)
    page.get_by_role("complementary", name="About this story").get_by_role("link", name="West Yorkshire Police").click()
    window.arrive("West Yorkshire Police")
    expect(page.get_by_role("link", name=title)).to_be_visible()
    window.assert_left_nothing()


def test_number_beside_a_filter_is_that_of_the_stories_it_shows(visit):
    window = visit(PHONE, java_script_enabled=False)
    page = window.page
    page.goto("/stories/")
    page.get_by_text("Choose which stories").click()
    ticks = page.get_by_role("group", name="What came of it").locator("label").all()
    promised = {label.inner_text(): int(label.locator(".filters__count").inner_text()) for label in ticks}
    words, fewest = min(promised.items(), key=lambda each: each[1] or 1000)

    page.get_by_text(words, exact=True).click()
    page.get_by_role("button", name="Show these stories").click()

    window.arrive("Stories")
    assert page.get_by_role("article").count() == fewest
    window.assert_left_nothing()


def test_unknown_filter_is_named_and_takes_nothing_away(visit):
    window = visit(PHONE, java_script_enabled=False)
    page = window.page

    page.goto("/stories/?forse=kent")

    window.arrive("Stories")
    expect(page.get_by_text("forse")).to_be_visible()
    assert page.get_by_role("article").count() > 1
    window.assert_left_nothing()
