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
    page.get_by_role("main").get_by_role("link", name="Read what people have told").click()
    window.arrive("Stories")

    if device is PHONE:  # on a wide screen the filters stand open beside the list
        page.get_by_text("Choose which stories").click()
    page.get_by_role("combobox", name="Police force").select_option("west-yorkshire")
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
    promised = {int(label.locator(".filters__count").inner_text()): label for label in ticks}
    fewest = min(promised, key=lambda count: count or 1000)

    promised[fewest].click()
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


def test_trainer_cites_a_story_and_prints_it_with_its_address(visit):
    window = visit(DESK, java_script_enabled=False, color_scheme="dark")
    page = window.page
    page.goto("/stories/?force=derbyshire")
    page.get_by_role("article").first.get_by_role("link").click()
    title = page.get_by_role("heading", level=1).inner_text().replace("\n", " ")
    window.arrive(title)

    page.get_by_text("To cite this story").locator("+ p").click(position={"x": 5, "y": 5})
    cited = page.evaluate("getSelection().toString()")
    assert cited.startswith(f"“{title}”, Heard, ")
    assert cited.strip().endswith(page.url)

    page.emulate_media(media="print")
    for words in ("Exit this page", "Take this down", "Get help", "All stories", "More about the law"):
        expect(page.get_by_role("link", name=words).first).to_be_hidden()
    for part in (page.get_by_role("heading", level=1), page.locator(".story__text").first, page.get_by_text(page.url)):
        expect(part).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    paper = page.pdf(format="A4")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 3
    window.assert_left_nothing()


def test_reader_pages_searches_and_follows_a_figure_without_javascript(visit, full_site):
    window = visit(PHONE, site=full_site, java_script_enabled=False)
    page = window.page
    page.goto("/stories/")
    newest = page.get_by_role("article").first.get_by_role("link").inner_text()
    page.get_by_role("link", name="Older stories").click()
    window.arrive("Stories")
    expect(page.get_by_role("article").get_by_role("link", name=newest)).to_have_count(0)
    page.get_by_role("link", name="Newer stories").click()
    expect(page.get_by_role("article").first.get_by_role("link")).to_have_text(newest)

    page.get_by_role("searchbox", name="Words in the stories").fill("phone -court")
    page.get_by_role("search", name="Stories").get_by_role("button", name="Search").click()
    window.arrive("Stories")
    expect(page.locator("#how-many")).to_have_text(re.compile(r"^\d+ stories match"))
    expect(page.locator("mark").first).to_be_visible()

    page.goto("/what-we-hear/")
    page.locator("main svg a[href*='outcome='] text").first.click()
    window.arrive("Stories")
    expect(page).to_have_url(re.compile(r"/stories/\?outcome=[\w-]+$"))
    expect(page.locator("#how-many")).to_have_text(re.compile(r"^\d+ stor(y|ies) match"))
    window.assert_left_nothing()
