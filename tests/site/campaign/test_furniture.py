import json
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import DatabaseError
from django.test import RequestFactory
from django.utils import translation

from campaign import initial_content, site_chrome, snapshots
from campaign.models import Brand, ContentPage, Exit, HelpLine, Menu, quick_exit
from stories.core import snapshot
from tests.site.campaign.finding import page_at

UK = ZoneInfo("Europe/London")
NOON, NIGHT = datetime(2026, 11, 25, 12, 0, tzinfo=UK), datetime(2026, 11, 25, 3, 0, tzinfo=UK)


def now_read(**options):
    snapshot.forget_snapshot()
    return site_chrome.site_chrome(**options)


def line_called(name, lines):
    return next(line for line in lines if line["name"] == name)


def test_every_template_is_given_brand_menu_help_lines_and_exit(laid):
    snapshot.forget_snapshot()

    given = site_chrome.context_processor(RequestFactory().get("/"))["furniture"]

    assert given["brand"] == {
        "name": "Heard",
        "strapline": "",
        "hashtag": "",
        "run_by": "",
        "reads_welsh": False,
        "palette": "",
        "colours": None,
        "logo": None,
    }
    assert [link["url"] for link in given["menu"][:2]] == ["/tell/", "/stories/"]
    assert [link["title"] for link in given["menu"][:2]] == ["Tell us", "Stories"]
    assert {"title": "Get help now", "url": "/get-help/", "lang": ""} in given["menu"]
    assert {"title": "Privacy", "url": "/privacy/", "lang": ""} in given["footer"]
    assert given["exit_url"] == "https://www.bbc.co.uk/weather"
    assert given["demo"] is False
    assert line_called("Samaritans", given["help_lines"])["phone"] == "116 123"


def test_ways_of_contributors_are_in_the_footer_where_the_menu_leaves_them_out(laid):
    before = now_read()
    Menu(pk=Menu.objects.get().pk).save()

    after = now_read()

    ways = ("/tell/", "/return/")
    assert [link["url"] for link in (*before["menu"], *before["footer"]) if link["url"] in ways] == list(ways)
    assert after["menu"] == []
    assert [(link["url"], link["title"]) for link in after["footer"]] == [
        ("/tell/", "Tell us"),
        ("/return/", "Come back with your code"),
        ("/about/", "Who we are"),
    ]


def test_furniture_costs_no_query_once_the_edition_is_read(laid, django_assert_num_queries):
    snapshot.forget_snapshot()
    snapshot.snapshot_number()

    with django_assert_num_queries(0):
        for _ in range(3):
            given = site_chrome.context_processor(RequestFactory().get("/"))["furniture"]
            assert given["menu"]
            assert given["help_lines"]


def test_furniture_is_not_worked_out_for_a_page_that_does_not_ask(db, monkeypatch):
    def fail(*args):
        raise AssertionError("worked out")

    monkeypatch.setattr(snapshot, "get_built", fail)

    assert "furniture" in site_chrome.context_processor(RequestFactory().get("/admin/"))


def test_a_new_site_shows_help_lines_before_its_first_edition(db, monkeypatch):
    monkeypatch.setattr(snapshot, "get_built", lambda name: None)

    given = site_chrome.site_chrome()

    assert given["brand"]["name"] == "Heard"
    assert given["exit_url"] == "https://www.bbc.co.uk/weather"
    assert line_called("Samaritans", given["help_lines"])["open_now"]


def test_a_page_about_a_broken_database_still_shows_help_lines(db, monkeypatch):
    def broken(name):
        raise DatabaseError

    monkeypatch.setattr(snapshot, "get_built", broken)

    assert line_called("Samaritans", site_chrome.site_chrome()["help_lines"])


def test_open_or_not_is_worked_out_at_the_request(laid):
    line = "Revenge Porn Helpline"

    assert line_called(line, now_read(at=NOON)["help_lines"])["open_now"]
    assert not line_called(line, now_read(at=NIGHT)["help_lines"])["open_now"]


def test_what_is_open_has_a_name_that_changes_when_a_line_shuts(laid):
    snapshot.forget_snapshot()

    assert site_chrome.open_lines(NOON) != site_chrome.open_lines(NIGHT)
    assert site_chrome.open_lines(NOON) == site_chrome.open_lines(NOON.replace(minute=30))


def test_a_line_says_in_words_for_whom_it_is(laid):
    lines = now_read()["help_lines"]

    assert line_called("StopNCII.org", lines)["audience"] == "For adults"
    assert line_called("Childline", lines)["audience"] == "For under 18s"
    assert line_called("Samaritans", lines)["audience"] == ""


def test_what_an_editor_sets_is_what_is_given(laid):
    words = {"strapline": "A letter somebody read", "hashtag": "#Told", "run_by": "the Lantern Trust"}
    Brand.objects.create(name="Told", palette="slate", reads_welsh=True, **words)
    Exit.objects.create(target=quick_exit.ALLOWED_SITES[1][0])

    given = now_read()

    said = {"name": "Told", "reads_welsh": True, **words}
    assert given["brand"] == {**said, "palette": "slate", "colours": None, "logo": None}
    assert given["exit_url"] == "https://www.bbc.co.uk/news"


def test_pages_that_others_lead_to_are_named_while_they_are_public(laid):
    before = now_read()
    for slug in ("about", "images-online"):
        ContentPage.objects.filter(slug=slug).update(live=False)
    snapshot.start_over()

    after = now_read()

    assert (before["about_url"], before["images_url"]) == ("/about/", "/images-online/")
    assert (after["about_url"], after["images_url"]) == ("", "")
    assert "/about/" not in [link["url"] for link in after["footer"]]


def test_who_we_are_stands_in_the_footer_once(laid):
    footer = [link["url"] for link in now_read()["footer"]]

    assert footer.count("/about/") == 1


def test_on_welsh_pages_lines_that_answer_in_welsh_come_first_after_the_emergency(laid):
    with translation.override("cy"):
        lines = now_read()["help_lines"]

    assert [line["phone"] for line in lines[:3]] == ["999", "0800 1111", "0808 80 10 800"]
    assert {line["answers_in_welsh"] for line in lines[3:]} == {False}


def test_a_page_that_is_not_live_leaves_the_menu(laid):
    page_at("news").unpublish()

    assert "News" not in [link["title"] for link in now_read()["menu"]]


def test_a_part_that_a_release_took_away_leaves_the_menu(laid):
    menu = Menu.objects.get()
    menu.header = json.dumps([{"type": "part", "value": {"part": part}} for part in ("/letters/", "/stories/")])
    menu.save()

    assert [link["url"] for link in now_read()["menu"]] == ["/stories/"]


def test_lines_laid_from_the_file_and_lines_before_the_first_edition_are_the_same(laid):
    assert [line.for_furniture() for line in HelpLine.objects.all()] == initial_content.help_lines()


def test_making_it_writes_no_row(db):
    snapshots.build_furniture()

    assert not Brand.objects.exists()
    assert not Exit.objects.exists()


def test_every_page_carries_the_exit_and_the_menu(laid, reader):
    words = reader.get("/privacy/", secure=True).content.decode()

    assert 'data-exit-to="https://www.bbc.co.uk/weather"' in words
    assert '<a class="menu__link" href="/get-help/">Get help now</a>' in words
