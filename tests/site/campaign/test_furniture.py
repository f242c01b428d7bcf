import json
from datetime import datetime
from unittest.mock import Mock
from zoneinfo import ZoneInfo

from django.db import DatabaseError
from django.test import Client, RequestFactory

from campaign import site_chrome, snapshots
from campaign.models import Brand, Exit, HelpLine, Menu
from campaign.models.settings import ALLOWED_SITES
from stories.core import snapshot

UK = ZoneInfo("Europe/London")
NOON, NIGHT = datetime(2026, 11, 25, 12, 0, tzinfo=UK), datetime(2026, 11, 25, 3, 0, tzinfo=UK)


def now_read(**options):
    snapshot.forget_snapshot()
    return site_chrome.site_chrome(**options)


def line_called(name, lines):
    return next(line for line in lines if line["name"] == name)


def test_menu_is_six_beside_a_button_and_the_way_back_stays_without_any(laid):
    before, reader, menu = now_read(), Client(), Menu.objects.get()
    menu.header = json.dumps([{"type": "part", "value": {"part": part}} for part in ("/letters/", "/stories/")])
    menu.save()
    without_a_part = now_read()
    Menu(pk=menu.pk).save()

    after = now_read()

    titles = ["Stories", "What we found", "What must change", "Help and rights", "For police", "About"]
    assert [link["title"] for link in before["menu"]] == titles
    for link in before["menu"]:
        assert f">{link['title']}</h1>" in reader.get(link["url"], secure=True).content.decode(), link
    # A release took one of the two away.
    assert [link["url"] for link in without_a_part["menu"]] == ["/stories/"]
    assert after["menu"] == []
    way_back = [("/return/", "Come back with your code"), ("/about/", "About")]
    assert [(link["url"], link["title"]) for link in after["footer"]] == way_back
    assert '<a class="button header__tell" href="/tell/">' in reader.get("/stories/", secure=True).content.decode()


def test_furniture_costs_no_query_once_the_edition_is_read(laid, django_assert_num_queries):
    snapshot.forget_snapshot()
    snapshot.snapshot_number()

    with django_assert_num_queries(0):
        for _ in range(3):
            given = site_chrome.context_processor(RequestFactory().get("/"))["furniture"]
            assert given["menu"]
            assert given["help_lines"]


def test_help_lines_are_shown_before_the_first_edition_and_without_a_database(db, monkeypatch):
    for broken in ({"return_value": None}, {"side_effect": DatabaseError}):
        monkeypatch.setattr(snapshot, "get_built", Mock(**broken))

        given = site_chrome.site_chrome()

        assert given["brand"]["name"] == "Heard"
        assert given["exit_url"] == "https://www.bbc.co.uk/weather"
        assert line_called("Samaritans", given["help_lines"])["open_now"]


def test_open_or_not_is_worked_out_at_the_request_and_named_for_what_is_kept(laid):
    line = "Revenge Porn Helpline"

    assert line_called(line, now_read(at=NOON)["help_lines"])["open_now"]
    assert not line_called(line, now_read(at=NIGHT)["help_lines"])["open_now"]
    assert site_chrome.open_lines(NOON) != site_chrome.open_lines(NIGHT)
    assert site_chrome.open_lines(NOON) == site_chrome.open_lines(NOON.replace(minute=30))


def test_what_an_editor_sets_is_what_is_given(laid):
    words = {"strapline": "A letter somebody read", "hashtag": "#Told", "run_by": "the Lantern Trust"}
    Brand.objects.create(name="Told", palette="slate", reads_welsh=True, **words)
    Exit.objects.create(target=ALLOWED_SITES[1][0])

    given = now_read()

    said = {"name": "Told", "reads_welsh": True, **words}
    assert given["brand"] == {**said, "palette": "slate", "logo": None}
    assert given["exit_url"] == "https://www.bbc.co.uk/news"


def test_lines_laid_are_those_before_the_first_edition_and_making_it_writes_no_row(laid):
    assert [line.for_furniture() for line in HelpLine.objects.all()] == site_chrome._before_the_first()["help_lines"]

    snapshots.build_furniture()

    for model in (Brand, Exit):
        assert not model.objects.exists(), model
