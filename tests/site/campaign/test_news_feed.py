"""Beside the pages: the news as a feed, and the picture of each page, at no made-up address."""

import json
from datetime import date
from xml.etree import ElementTree

import pytest

from campaign.models import NewsIndexPage, NewsPage
from stories.core import snapshot
from stories.reading import pictures
from tests import factories
from tests.site.heard import addresses

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def news(**words):
    page = NewsPage(**{"title": "A day", "slug": "a-day", "date": date(2026, 11, 2), "author_role": "Editor", **words})
    NewsIndexPage.objects.get().add_child(instance=page)
    snapshot.invalidate()
    addresses.forget()
    return page


def test_feed_tells_titles_days_and_roles_the_newest_first_and_stays_whole():
    page = news(title="A\x0b <b>&]]>\x1f day", intro="In short.")

    read = ElementTree.fromstring(addresses.ask("/news.atom").content)

    entries, day = read.findall("a:entry", ATOM), "2026-11-02T00:00:00+00:00"
    told = {"title": "A <b>&]]> day", "updated": day, "author/a:name": "Editor", "summary": "In short."}
    assert {name: entries[0].findtext(f"a:{name}", namespaces=ATOM) for name in told} == told
    assert entries[0].find("a:link", ATOM).get("href").endswith("/news/a-day/")
    assert entries[0].findtext("a:id", namespaces=ATOM).endswith(f":news-{page.pk}")
    assert read.findtext("a:updated", namespaces=ATOM) == day
    assert len(entries) == 3


def test_no_word_of_a_story_stands_in_the_feed():
    story = factories.live_story(consent_quote=True, fields={"title": "The heron", "text": "It stood still."})
    news(body=json.dumps([{"type": "story_quote", "value": {"story": story.slug, "passage": "It stood still."}}]))

    assert "It stood still." in addresses.ask("/news/a-day/").content.decode()
    assert b"stood still" not in addresses.ask("/news.atom").content


def test_feed_is_kept_with_the_edition_and_costs_one_query(django_assert_max_num_queries):
    snapshot.snapshot_number()
    with django_assert_max_num_queries(2):
        answer = addresses.ask("/news.atom")
    with django_assert_max_num_queries(0):
        again = addresses.ask("/news.atom")

    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert again.content == answer.content


@pytest.mark.parametrize(("by", "is_name"), [("Sarah Jenkins", True), ("The campaign’s lawyer", False), ("", False)])
def test_news_is_written_by_a_role_and_by_nobody_by_name(by, is_name):
    reason = NewsPage(title="A day", author_role=by).why_not_public() or ""

    assert ("looks like somebody’s name" in reason) == is_name


TITLES = {
    "/share.png": "Heard: what happened when you told the police?",
    "/get-help/share.png": "Help and rights",
    "/news/how-heard-works/share.png": "How Heard works",
    "/cy/the-law/share.png": "The law",
}


def test_picture_has_the_title_of_its_page_and_is_drawn_once_for_any_address(monkeypatch):
    addresses.forget()
    drawn = []
    monkeypatch.setattr(pictures, "share_card", lambda title: drawn.append(title) or title.encode())

    answers = {path: addresses.ask(path) for path in TITLES}
    addresses.ask("/get-help/share.png?x=1")

    assert {path: answer.content.decode() for path, answer in answers.items()} == TITLES
    assert {answer["Content-Type"] for answer in answers.values()} == {"image/png"}
    for path in ("/nothing/share.png", "/help/share.png", "/how-heard-works/share.png"):
        assert addresses.ask(path).status_code == 404, path
    assert sorted(drawn) == sorted(TITLES.values())
