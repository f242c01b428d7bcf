"""A journalist on deadline: finds by words, narrows, counts, takes the list along, cites one story, fetches the kit."""

import csv
import re
import zipfile

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import DESK

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_journalist_finds_filters_counts_downloads_and_cites(visit):
    window = visit(DESK)
    page = window.page
    page.goto("/stories/")

    search = page.get_by_role("searchbox", name="Words in the stories")
    search.fill("phone")
    search.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=phone$"))
    found = how_many(page)
    expect(page.locator("mark").first).to_have_text(re.compile("^phon", re.IGNORECASE))

    page.get_by_text("Nation", exact=True).click()
    page.get_by_role("checkbox", name=re.compile("^England")).check()
    expect(page).to_have_url(re.compile(r"nation=england"))
    fewer = how_many(page)
    assert 0 < fewer < found
    assert page.get_by_role("article").count() == min(fewer, 20)

    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(taken.value.path().read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    assert len(rows) == fewer
    assert {row["nation"] for row in rows} == {"england"}

    page.get_by_role("article").first.get_by_role("link").click()
    title = page.get_by_role("heading", level=1).inner_text()
    window.arrive(title)
    assert title in {row["title"] for row in rows}
    expect(page.locator(".cite")).to_have_text(re.compile(rf"^“{re.escape(title)}”, Heard, \w+ 20\d\d, "))
    expect(page.locator(".cite")).to_contain_text(page.url)

    page.get_by_role("searchbox", name="Search this site").fill("press")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="For the press", exact=True).first.click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download the press kit (zip)").click()
    kit = zipfile.ZipFile(taken.value.path())
    assert "people who chose to write, not a sample" in kit.read("heard-press-kit/README.txt").decode()
    window.assert_left_nothing()


def how_many(page):
    expect(page.locator("#how-many")).to_have_text(re.compile(r"^[\d,]+ stor(y|ies) match"))
    return int(page.locator("#how-many").inner_text().split()[0].replace(",", ""))
