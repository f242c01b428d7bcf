"""A researcher: from a number on a force's page to its list, its feed and its table, which all say the same."""

import csv
import io
import re
import xml.etree.ElementTree as ElementTree

import pytest

from tests.journeys.watching import DESK

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ATOM = "{http://www.w3.org/2005/Atom}"


def test_researcher_reads_the_same_in_page_feed_and_table(visit):
    window = visit(DESK, java_script_enabled=False)
    page = window.page
    page.goto("/open-data/")
    window.arrive(page.get_by_role("heading", level=1).inner_text())
    page.goto("/stories/?outcome=closed&without=threats")

    listed = [link.get_attribute("href") for link in page.get_by_role("article").get_by_role("link").all()]
    links = {name: page.get_by_role("link", name=name, exact=True).get_attribute("href") for name in ("CSV", "Atom")}
    feed = ElementTree.fromstring(get(page, links["Atom"]))
    rows = list(csv.DictReader(io.StringIO(get(page, links["CSV"]).decode("utf-8-sig"))))

    count = int(re.match(r"\d+", page.locator("#how-many").inner_text())[0])
    entries = [entry.find(f"{ATOM}link").get("href") for entry in feed.iter(f"{ATOM}entry")]
    assert count == len(rows) > 3
    assert [paths(entries), paths(row["url"] for row in rows)] == [listed[: len(entries)], listed]
    assert {row["outcome"] for row in rows} == {"closed"}
    assert not any("threats" in row["content_notes"].split() for row in rows)
    window.assert_left_nothing()


def get(page, address):
    answer = page.request.get(address)
    assert answer.ok
    return answer.body()


def paths(links):
    return [re.sub(r"^https?://[^/]+", "", link) for link in links]
