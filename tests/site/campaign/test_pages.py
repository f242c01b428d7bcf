import re
from datetime import date

from campaign import site_chrome
from campaign.models import NewsPage
from stories.core import snapshot
from tests import factories
from tests.site.campaign.asking import page_at, words_at


def test_home_shows_how_the_newest_story_begins_that_may_be_quoted(laid, reader):
    stories = {}
    for title, may_quote in (("The older one", True), ("The newer one", True), ("The one not to be quoted", False)):
        fields = {"title": title, "text": "I rang 101 and waited."}
        stories[title] = factories.submission_at("published", fields=fields, consent_quote=may_quote).story
    snapshot.invalidate()

    words = words_at(reader, "/")

    assert [title for title in stories if title in words] == ["The newer one"]
    for said in ("The newest story", f'href="/stories/{stories["The newer one"].slug}/"', "I rang 101 and waited."):
        assert said in words, said


def test_get_help_folds_most_lines_by_where_and_loses_none(laid, reader):
    words = words_at(reader, "/get-help/").split('id="somebody-to-talk-to"')[1].split("<h2")[0]
    before, first, *folds = words.split("<details")
    in_bsl, in_the_open = first.split("</details>")

    assert "tel:" not in before
    assert "In British Sign Language" in in_bsl
    assert re.findall(r'name"><a[^>]*>(.*?)<', in_bsl) == ["999 BSL", "SignHealth Domestic Abuse Service"]
    shown = re.findall(r'helpline__phone" href="(?:tel|sms):(\d+)"', in_the_open)
    assert shown == ["999", "116123", "85258", "03456000459"]
    assert words.count('<li class="helpline">') == len(site_chrome.site_chrome()["help_lines"])
    where = ["Under 18", "Anywhere in the UK", "England and Wales", "Scotland", "Northern Ireland"]
    where += ["Jersey, Guernsey, Man"]
    assert [re.search(r"summary\">(.*?)<", fold)[1] for fold in folds] == where


def test_news_stands_newest_first_by_the_day_and_in_pages(laid, reader):
    news = page_at("news")
    for title, day in (("The oldest", date(2026, 1, 2)), ("The newest", date(2026, 11, 20))):
        news.add_child(instance=NewsPage(title=title, slug=title[4:], date=day))

    words = words_at(reader, "/news/")

    order = [words.index(title) for title in ("The newest", "said sorry", "How Heard works", "The oldest")]
    assert order == sorted(order)
    assert "20 November 2026" in words
    assert 'href="newest/"' in words
    for number in range(20):
        news.add_child(instance=NewsPage(title=f"Item {number}", slug=f"item-{number}", date=date(2026, 11, 20)))
    pages = [words_at(reader, f"/news/{page}") for page in ("", "?page=2")]
    assert "Older news" in pages[0]
    assert ["How Heard works" in page for page in pages] == [False, True]
    assert [reader.get(f"/news/?page={page}", secure=True).status_code for page in ("3", "far")] == [404, 404]


def test_visitors_have_no_log_in_screen(laid, reader):
    for address in ("/_util/login/", "/_util/authenticate_with_password/1/1/"):
        assert reader.get(address, secure=True).status_code == 404
