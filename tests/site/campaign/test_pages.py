import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from campaign import site_chrome
from campaign.models import ContentPage, HomePage, NewsPage
from stories.core import snapshot
from tests import factories
from tests.site.campaign.finding import page_at


def words_at(reader, address):
    return reader.get(address, secure=True).content.decode()


def test_home_asks_the_question_and_gives_three_ways_in(laid, reader):
    words = words_at(reader, "/")

    assert '<h1 class="question">What happened when you told the police?</h1>' in words
    for address, way in (("/tell/", "Tell"), ("/stories/", "Read"), ("/learning/", "Learn")):
        assert f'<a class="ways__link" href="{address}">{way}' in words


def test_home_without_a_story_leaves_its_place_out(laid, reader):
    assert "The newest story" not in words_at(reader, "/")


def test_home_shows_how_the_newest_story_begins(laid, reader):
    factories.live_story(fields={"title": "The older one"})
    story = factories.live_story(fields={"title": "The newer one"})
    snapshot.invalidate()
    snapshot.forget_snapshot()

    words = words_at(reader, "/")

    assert "The newest story" in words
    assert f'href="/stories/{story.slug}/"' in words
    assert "The newer one" in words
    assert "I rang 101 and waited." in words
    assert "The older one" not in words


def test_a_story_that_went_down_leaves_home_with_the_next_edition(laid, reader):
    story = factories.live_story()
    story.status = "hidden"
    story.save()
    snapshot.invalidate()
    snapshot.forget_snapshot()

    assert story.title not in words_at(reader, "/")


def test_home_shows_its_figure_with_the_caution(laid, reader):
    words = words_at(reader, "/")

    assert "More than one in three cases of shared intimate images were closed because the person" in words
    assert "Withdrawn does not mean untrue." in words


def test_a_figure_needs_its_caution(laid):
    home = HomePage.objects.get()
    home.figure_caution = ""

    with pytest.raises(ValidationError, match="doesn't say"):
        home.full_clean()


def test_a_way_in_to_a_page_that_is_not_live_is_left_out(laid, reader):
    page_at("learning").unpublish()

    assert "Learn</a>" not in words_at(reader, "/")


def test_a_long_page_lists_its_headings_beside_it(laid, reader):
    words = words_at(reader, "/your-rights/")

    assert "On this page" in words
    assert '<a href="#your-phone">Your phone</a>' in words
    assert '<h2 id="your-phone">Your phone</h2>' in words


def test_a_short_page_does_not(laid, reader):
    page = page_at("privacy")
    page.body = [("heading", "One"), ("heading", "Two")]
    page.save_revision().publish()

    assert "On this page" not in words_at(reader, "/privacy/")


def test_a_page_without_its_own_search_title_is_called_by_its_title(laid, reader):
    page = page_at("privacy")
    page.seo_title = ""
    page.save_revision().publish()

    assert "<title>Privacy</title>" in words_at(reader, "/privacy/")


def test_each_kind_of_block_shows_what_is_in_it(laid, reader):
    page = page_at("privacy")
    page.body = [
        ("heading", "A heading & more"),
        ("text", "<p>Some text</p>"),
        ("steps", ["<p>Step one</p>", "<p>Step two</p>"]),
        ("notice", "<p>Take note</p>"),
        ("quote", {"text": "Exact words", "source": "A paper", "url": "https://paper.example/"}),
    ]
    page.save_revision().publish()

    words = words_at(reader, "/privacy/")

    assert '<h2 id="a-heading-more">A heading &amp; more</h2>' in words
    assert "<ol><li><p>Step one</p></li><li><p>Step two</p></li></ol>" in words
    assert '<div class="notice"><p>Take note</p></div>' in words
    assert '<figcaption class="quote__source"><a href="https://paper.example/">A paper</a></figcaption>' in words


def test_a_narrow_table_is_a_table_whose_rows_have_heads(laid, reader):
    words = words_at(reader, "/privacy/")

    assert "<caption>What is erased, and when</caption>" in words
    assert '<th scope="col">When it is erased</th>' in words
    assert '<th scope="row">Backups</th>' in words


def test_a_wide_table_reads_as_entries_that_fit_a_phone(laid, reader):
    words = words_at(reader, "/for-press/")

    assert "<h3>465 prosecutions for sharing private sexual images</h3>" in words
    assert "<div><dt>When</dt><dd>2016/17</dd></div>" in words
    assert "Official figures, England and Wales" in words
    assert "<table" not in words


def test_the_law_names_each_offence_with_its_nation_and_dates(laid, reader):
    words = words_at(reader, "/the-law/?on=2024")

    assert words.count('<article class="offence"') == words.count("<dt>In force</dt>") == 7
    assert "<dd>From 13 April 2015 to 30 January 2024</dd>" in words
    assert "<dd>From 31 January 2024, and today</dd>" in words


def test_get_help_marks_the_lines_that_are_open_and_shows_them_once(laid, reader):
    words = words_at(reader, "/get-help/")

    assert words.count("Samaritans</a></span>") == 1
    assert '<a class="helpline__phone" href="tel:116123">116 123</a>' in words
    assert '<a class="helpline__phone" href="sms:85258">Text 85258</a>' in words
    assert "<b>Open now</b>" in words


def test_get_help_folds_most_lines_by_where_and_loses_none(laid, reader):
    words = words_at(reader, "/get-help/").split('id="somebody-to-talk-to"')[1].split("<h2")[0]
    in_the_open, *folds = words.split("<details")

    shown = re.findall(r'helpline__phone" href="(?:tel|sms):(\d+)"', in_the_open)
    assert shown == ["999", "116123", "85258", "03456000459"]
    assert words.count('<li class="helpline">') == len(site_chrome.site_chrome()["help_lines"])
    assert [re.search(r"summary\">(.*?)<", fold)[1] for fold in folds] == [
        *("Under 18", "Anywhere in the UK", "England and Wales", "Scotland", "Northern Ireland"),
        "Jersey, Guernsey, Man",
    ]


def test_help_lines_for_young_people_leave_out_those_for_adults(laid, reader):
    page = page_at("privacy")
    page.body = [("help_lines", {"audience": "under-18"})]
    page.save_revision().publish()

    words = words_at(reader, "/privacy/")

    assert "Childline" in words
    assert "Samaritans" in words
    assert "StopNCII" not in words


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


def test_no_answer_carries_a_time_of_the_page(laid, reader):
    answer = reader.get("/privacy/", secure=True)

    assert "Last-Modified" not in answer
    assert not answer.cookies


def test_a_page_cannot_take_an_address_that_code_answers(laid):
    home = HomePage.objects.get()

    for slug in ("stories", "admin", "tell", "forces"):
        page = ContentPage(title="Mine", slug=slug)
        page.set_url_path(home)
        with pytest.raises(ValidationError, match="already a part of the site"):
            page.full_clean(exclude=["path", "depth", "content_type"])


def test_visitors_have_no_log_in_screen(laid, reader):
    for address in ("/_util/login/", "/_util/authenticate_with_password/1/1/"):
        assert reader.get(address, secure=True).status_code == 404


def test_an_address_without_its_slash_is_sent_on(laid, reader):
    answer = reader.get("/get-help", secure=True)

    assert answer.status_code in (301, 308)
    assert answer["Location"] == "/get-help/"
