"""Being found: every page of the sitemap has a title and a description of its own, its one address, and true facts."""

import html
import json
import re
from collections import Counter

import pytest
from django.conf import settings

from tests.site.heard import addresses

pytestmark = [pytest.mark.django_db]
LEAST, MOST = 50, 160
# One template makes the page of each force: one stands for all.
OTHER_FORCES = re.compile(r"/forces/(?!kent/)[^/]+/")
# A page on which somebody tells says nothing of itself to a tab, a history or a search engine.
QUIET = re.compile(r"^(/cy)?/(tell|return|take-down)/")


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return addresses.gathered(_read)


def _read():
    listed = "".join(map(_text, ("/sitemap-pages.xml", "/sitemap-stories-1.xml")))
    paths = {re.sub(r"^https?://[^/]+", "", each) for each in re.findall(r"<loc>([^<]+)</loc>", listed)}
    return {path: _text(path) for path in sorted(paths) if not (QUIET.match(path) or OTHER_FORCES.search(path))}


def _text(path):
    return b"".join(addresses.ask(path)).decode()


def _one(pattern, page):
    """What stands once in the head: a drawing has titles too."""
    found = re.findall(pattern, page[: page.index("</head>")], re.S)
    assert len(found) == 1, f"{pattern}: {len(found)}"
    return html.unescape(found[0]).strip()


def _facts(page):
    return [json.loads(each) for each in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]


def test_no_two_pages_share_a_title_or_a_description(pages):
    english = {path: page for path, page in pages.items() if not path.startswith("/cy/")}
    assert len(english) > 15
    for pattern in (r"<title>(.*?)</title>", r'<meta name="description" content="(.*?)">'):
        told = Counter(_one(pattern, page) for page in english.values())
        assert [words for words, times in told.items() if times > 1] == []


def test_each_page_names_its_one_address_and_itself_in_each_language(pages):
    for path, page in pages.items():
        canonical = _one(r'<link rel="canonical" href="([^"]*)">', page)
        others = dict(re.findall(r'hreflang="([^"]+)" href="(https?://[^"]+)"', page))
        assert canonical.endswith(path), path
        assert canonical in others.values(), path
        assert set(others) == {"en-GB", "cy"}, path


def test_what_machines_read_is_whole_and_true(pages):
    kinds = {path: [each["@type"] for each in _facts(page)] for path, page in pages.items()}

    assert kinds["/"] == ["WebSite"]
    assert kinds["/news/how-heard-works/"] == ["NewsArticle", "BreadcrumbList"]
    assert kinds["/get-help/"] == ["WebPage"]
    assert kinds["/open-data/"] == ["Dataset"]
    assert [path for path, found in kinds.items() if not found] == []
    assert [path for path in kinds if not _facts(pages[path])[0]["url"].endswith(path.removeprefix("/cy"))] == []
    assert _facts(pages["/cy/forces/kent/"])[0]["inLanguage"] == "cy"
    news, trail = _facts(pages["/news/how-heard-works/"])
    assert news["datePublished"] == "2026-10-05"
    assert news["author"]["@type"] == "Organization"
    assert [item["name"] for item in trail["itemListElement"]] == ["News", "How Heard works"]
    (site,) = _facts(pages["/"])
    assert site["potentialAction"]["target"]["urlTemplate"].endswith("/search/?q={words}")
    assert "unsafe-inline" not in str(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])


def test_searched_list_has_the_address_of_its_choices_and_none_of_what_was_added():
    searched = addresses.ask("/stories/?force=kent").content.decode()
    assert _one(r'<link rel="canonical" href="([^"]*)">', searched).endswith("/stories/?force=kent")
    assert _one(r'<link rel="canonical" href="([^"]*)">', addresses.ask("/privacy/?x=1").content.decode()).endswith(
        "/privacy/"
    )
