import re
from datetime import date

from campaign import site_chrome
from campaign.models import NewsPage
from stories.core import snapshot
from tests import factories
from tests.site.campaign.asking import page_at, words_at


def test_home_shows_how_the_newest_story_begins_that_may_be_quoted(laid, reader):
    newest = None
    for title, may_quote in (("The older one", True), ("The newer one", True), ("The one not to be quoted", False)):
        fields = {"title": title, "text": "I rang 101 and waited."}
        story = factories.submission_at("published", fields=fields, consent_quote=may_quote).story
        newest = story if may_quote else newest
    snapshot.invalidate()

    words = words_at(reader, "/")

    assert "The newest story" in words
    assert f'href="/stories/{newest.slug}/"' in words
    assert "The one not to be quoted" not in words
    assert "The newer one" in words
    assert "I rang 101 and waited." in words
    assert "The older one" not in words


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
    assert [re.search(r"summary\">(.*?)<", fold)[1] for fold in folds] == [
        *("Under 18", "Anywhere in the UK", "England and Wales", "Scotland", "Northern Ireland"),
        "Jersey, Guernsey, Man",
    ]


def test_news_stands_newest_first_and_by_the_day(laid, reader):
    news = page_at("news")
    for title, day in (("The oldest", date(2026, 1, 2)), ("The newest", date(2026, 11, 20))):
        item = NewsPage(title=title, slug=title[4:], date=day)
        news.add_child(instance=item)
        item.save_revision().publish()

    words = words_at(reader, "/news/")

    order = [words.index(title) for title in ("The newest", "said sorry", "How Heard works", "The oldest")]
    assert order == sorted(order)
    assert "20 November 2026" in words
    assert 'href="newest/"' in words


def test_much_news_is_paged(laid, reader):
    news = page_at("news")
    for number in range(20):
        news.add_child(instance=NewsPage(title=f"Item {number}", slug=f"item-{number}", date=date(2026, 11, 20)))

    first, second = words_at(reader, "/news/"), words_at(reader, "/news/?page=2")

    assert "Older news" in first
    assert "How Heard works" not in first
    assert "How Heard works" in second
    assert [reader.get(f"/news/?page={page}", secure=True).status_code for page in ("3", "far")] == [404, 404]


def test_visitors_have_no_log_in_screen(laid, reader):
    for address in ("/_util/login/", "/_util/authenticate_with_password/1/1/"):
        assert reader.get(address, secure=True).status_code == 404
