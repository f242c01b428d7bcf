"""Every link of the public side leads somewhere: pages, parts of pages, files, feeds; both languages."""

import re
import urllib.parse

import pytest

from tests.site.checks import crawling

pytestmark = [pytest.mark.served]

# A page that was, a page that moved: what a link may meet besides.
FINE = {200, 301, 302, 303}
ELSEWHERE = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(/[^\s<>\"]*)?(\?[^\s<>\"]*)?(#[^\s<>\"]*)?")
OTHERWISE = re.compile(
    r"mailto:[^@\s]+@[^@\s]+\.[a-z]+|mailto:[^\s?]*\?(?:subject=[^\s&]+&)?body=[^\s&]+|tel:\+?[0-9]+|sms:[0-9]+(?:\?&body=[A-Z]+)?"
)


def test_every_link_within_the_site_is_answered_and_feeds_and_files_were_reached(crawled):
    broken = {address: answer.status for address, answer in crawled.answers.items() if answer.status not in FINE}
    kinds = {answer.kind for answer in crawled.answers.values()}

    assert len(crawled.answers) > 300, "the walk ended early"
    assert {address: (status, _where(crawled, address)) for address, status in broken.items()} == {}
    assert {"text/html", "text/css", "text/javascript", "application/xml", "application/atom+xml"} <= kinds
    assert {"application/json", "text/csv", "font/woff2", "image/svg+xml"} <= kinds
    reached = {"/what-we-hear/", "/open-data/", "/cy/stories/", "/forces/kent/", "/cy/forces/kent/"}
    assert reached <= set(crawled.answers)


def test_every_part_of_a_page_that_a_link_names_is_there_and_no_id_stands_twice(crawled):
    missing = set()
    for address, links in crawled.named.items():
        for link in links:
            part = urllib.parse.unquote(urllib.parse.urlsplit(link).fragment)
            page = crawled.answers.get(crawling.inside(crawled.site, link))
            if part and page and page.is_page and part not in page.seen.ids:
                missing.add((address, link))

    assert missing == set()
    assert [page.address for page in crawled.pages() if len(page.seen.ids) != len(set(page.seen.ids))] == []


def test_every_link_that_leads_off_the_site_is_a_whole_address(crawled):
    links = {link for links in crawled.named.values() for link in links if crawling.inside(crawled.site, link) is None}
    links -= {link for link in links if link.startswith("data:")}

    assert [link for link in links if not (ELSEWHERE.fullmatch(link) or OTHERWISE.fullmatch(link))] == []


def _where(crawled, address):
    """Which pages lead to an address, the first three."""
    return [page for page, links in crawled.named.items() if crawled.site + address in links][:3]
