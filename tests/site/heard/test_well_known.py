"""The files that machines look for."""

from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
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
    """Every address in a file of the sitemap, with its month."""
    whole = ElementTree.fromstring(b"".join(addresses.ask(path)))
    return {
        each.findtext("s:loc", namespaces=SITEMAP): each.findtext("s:lastmod", namespaces=SITEMAP) for each in whole
    }


def test_robots_may_read_stories_and_stay_out_of_the_telling_pages():
    text = addresses.ask("/robots.txt").content.decode()

    assert text.startswith("User-agent: *\n")
    assert "Disallow: /tell/form/\n" in text
    assert "Disallow: /cy/return/\n" in text
    assert "Disallow: /stories" not in text
    assert text.endswith("\nSitemap: https://heard.example/sitemap.xml\n")


def test_security_txt_has_what_the_standard_asks_for(settings):
    settings.SECURITY_CONTACT = "mailto:security@heard.example"

    assert addresses.ask("/.well-known/security.txt").headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields()["Contact"] == "mailto:security@heard.example"
    assert fields()["Canonical"] == "https://heard.example/.well-known/security.txt"
    assert timedelta(days=150) < datetime.fromisoformat(fields()["Expires"]) - timezone.now() < timedelta(days=365)


RENEWED = [(date(2026, 1, 31), "2026-12-01"), (date(2026, 2, 1), "2027-01-01"), (date(2026, 11, 26), "2027-10-01")]


def test_promise_to_read_the_contact_is_renewed_by_hand_and_tells_no_day(monkeypatch):
    for today, expires in RENEWED:
        monkeypatch.setattr(lifecycle, "today", lambda today=today: today)
        releases.renew_security_contact()
        monkeypatch.setattr(lifecycle, "today", lambda today=today: today + timedelta(days=200))

        addresses.forget()
        assert fields()["Expires"] == f"{expires}T00:00:00Z"


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


def test_each_address_of_the_sitemap_names_the_same_page_in_the_other_language(stories):
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
