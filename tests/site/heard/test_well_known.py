"""What machines look for: the files, and on every page of the sitemap its title, its one address and true facts."""

import html
import json
import re
from collections import Counter
from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import timezone

from bench.seeding import stories as seeding
from campaign.models import ContentPage
from heard import well_known
from stories.core import lifecycle, snapshot, takedown
from stories.figures import releases
from stories.models import Story
from stories.reading import marked_sets
from tests.site.heard import addresses

pytestmark = pytest.mark.django_db

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def fields():
    lines = addresses.ask("/.well-known/security.txt").content.decode().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def locations(path):
    """Every address in a file of the sitemap."""
    whole = ElementTree.fromstring(b"".join(addresses.ask(path)))
    return [each.findtext("s:loc", namespaces=SITEMAP) for each in whole]


def test_robots_may_read_stories_and_stay_out_of_the_telling_pages():
    first, *rules, sitemap = addresses.ask("/robots.txt").content.decode().splitlines()

    assert (first, sitemap) == ("User-agent: *", "Sitemap: https://heard.example/sitemap.xml")
    assert {"Disallow: /tell/form/", "Disallow: /cy/return/"} <= set(rules)
    assert not [rule for rule in rules if "/stories" in rule]


def test_security_txt_is_as_the_standard_asks_renewed_by_hand_and_tells_no_day(settings, monkeypatch):
    settings.SECURITY_CONTACT = "mailto:security@heard.example"

    assert addresses.ask("/.well-known/security.txt").headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields()["Contact"] == "mailto:security@heard.example"
    assert fields()["Canonical"] == "https://heard.example/.well-known/security.txt"
    assert timedelta(days=150) < datetime.fromisoformat(fields()["Expires"]) - timezone.now() < timedelta(days=365)
    for day, expires in {"2026-01-31": "2026-12", "2026-02-01": "2027-01", "2026-11-26": "2027-10"}.items():
        today = date.fromisoformat(day)
        monkeypatch.setattr(lifecycle, "today", lambda today=today: today)
        releases.renew_security_contact()
        monkeypatch.setattr(lifecycle, "today", lambda today=today: today + timedelta(days=200))
        addresses.forget()
        assert fields()["Expires"] == f"{expires}-01T00:00:00Z", day


@pytest.fixture
def stories():
    seeding.seed(7, chance=1)
    snapshot.forget_snapshot()
    return list(Story.live.order_by("sequence"))


def test_sitemap_names_every_page_and_story_in_each_language_once(stories, monkeypatch):
    monkeypatch.setattr(well_known, "STORIES_A_FILE", 3)

    files = [place.removeprefix("https://heard.example") for place in locations("/sitemap.xml")]
    found = [place for file in files for place in locations(file)]

    assert files == ["/sitemap-pages.xml", *(f"/sitemap-stories-{number}.xml" for number in (1, 2, 3))]
    assert len(found) == len(set(found))
    pages = ("/", "/privacy/", "/news/how-heard-works/", "/forces/kent/", "/stories/")
    for path in (*pages, f"/stories/{stories[-1].slug}/"):
        assert {f"https://heard.example{path}", f"https://heard.example/cy{path}"} <= set(found), path
    assert not [place for place in found if "/return/" in place or "/tell/form/" in place]
    assert {addresses.ask(f"/sitemap-stories-{number}.xml").status_code for number in (0, 4)} == {404}
    # Each address names the other language's.
    whole = ElementTree.fromstring(addresses.ask("/sitemap-pages.xml").content)
    first = whole.findall("s:url", SITEMAP)[:2]
    others = [{link.get("hreflang"): link.get("href") for link in each.findall("x:link", SITEMAP)} for each in first]
    assert others[0] == others[1]
    assert sorted(others[0]) == ["cy", "en-gb"]
    assert set(others[0].values()) == {each.findtext("s:loc", namespaces=SITEMAP) for each in first}


def test_what_is_down_or_a_draft_is_in_no_sitemap(stories, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        takedown.withhold_story(stories[0])
        takedown.hide_story(stories[1])
        ContentPage.objects.get(slug="privacy").unpublish()

    found = "".join([*locations("/sitemap-stories-1.xml"), *locations("/sitemap-pages.xml")])
    assert [story.slug in found for story in stories[:3]] == [False, False, True]
    assert "/privacy/" not in found


def test_sitemap_takes_one_query_beside_the_editions(stories, django_assert_num_queries):
    marked_sets.current_sets()
    snapshot.snapshot_number()

    for path, queries in (("/sitemap.xml", 0), ("/sitemap-pages.xml", 1), ("/sitemap-stories-1.xml", 1)):
        with django_assert_num_queries(queries):
            addresses.ask(path)


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


def test_each_page_has_its_own_title_description_and_one_address_in_each_language(pages):
    english = {path: page for path, page in pages.items() if not path.startswith("/cy/")}
    assert len(english) > 15
    for pattern in (r"<title>(.*?)</title>", r'<meta name="description" content="(.*?)">'):
        told = Counter(_one(pattern, page) for page in english.values())
        assert [words for words, times in told.items() if times > 1] == []
    for path, page in pages.items():
        canonical = _one(r'<link rel="canonical" href="([^"]*)">', page)
        others = dict(re.findall(r'hreflang="([^"]+)" href="(https?://[^"]+)"', page))
        assert canonical.endswith(path), path
        assert canonical in others.values(), path
        assert set(others) == {"en-GB", "cy"}, path


def test_what_machines_read_is_whole_and_true(pages):
    kinds = {path: [each["@type"] for each in _facts(page)] for path, page in pages.items()}

    wanted = {"/": ["WebSite"], "/get-help/": ["WebPage"], "/open-data/": ["Dataset"]}
    wanted |= {"/news/how-heard-works/": ["NewsArticle", "BreadcrumbList"]}
    assert {path: kinds[path] for path in wanted} == wanted
    assert [path for path, found in kinds.items() if not found] == []
    assert [path for path in kinds if not _facts(pages[path])[0]["url"].endswith(path.removeprefix("/cy"))] == []
    assert _facts(pages["/cy/forces/kent/"])[0]["inLanguage"] == "cy"
    news, trail = _facts(pages["/news/how-heard-works/"])
    assert (news["datePublished"], news["author"]["@type"]) == ("2026-10-05", "Organization")
    assert [item["name"] for item in trail["itemListElement"]] == ["News", "How Heard works"]
    (site,) = _facts(pages["/"])
    assert site["potentialAction"]["target"]["urlTemplate"].endswith("/search/?q={words}")
    assert "unsafe-inline" not in str(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
    # A searched list has the address of its choices, and none of what was added.
    for asked, its_own in {"/stories/?force=kent": "/stories/?force=kent", "/privacy/?x=1": "/privacy/"}.items():
        assert _one(r'<link rel="canonical" href="([^"]*)">', _text(asked)).endswith(its_own), asked
