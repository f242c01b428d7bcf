from datetime import date

import pytest
from django.urls import reverse

from moderation import claims, conflict_of_interest, working_copies
from moderation.queue import search
from moderation.team.permissions import EDITORS
from stories.core import lifecycle
from stories.models import Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

TITLE = "The desk with the blue lamp"


@pytest.fixture
def written(alice):
    """With a title, a force and a label, in nobody's table in the clear."""
    found = factories.submission_at("received", force="kent", kinds=["threat"], case="court")
    claims.take_claim(found, by=alice)
    working_copies.save_version(found, factories.FIELDS | {"title": TITLE, "force": "essex"}, by=alice)
    return found


def found_by(browser, words):
    """The accounts that the box finds."""
    table = room.press(browser, "room_find", q=words).context["table"]
    return [row.pk for row in table.data] if table else []


def test_account_is_found_by_its_six_letters_or_any_day_of_its_week(written, alice):
    locked, name = factories.client_of(alice, unlocked=False), written.short_name
    Submission.objects.filter(pk=written.pk).update(week=lifecycle.monday(date(2025, 11, 13)))
    factories.submission_at()

    for said in (
        *(name, name.upper(), f" {name[:2]} {name[2:4]}-{name[4:]} ", "13 November 2025", "week of 10 Nov 2025"),
        *("the week of the 16th November 2025", "13/11/2025", "2025-11-12"),
    ):
        assert found_by(locked, said) == [written.pk], said
    for said in ("17 November 2025", "9 November 2025"):
        assert found_by(locked, said) == [], said

    assert room.see(locked, "room_find").context["table"] is None
    [row] = locked.get(f"{reverse('room_find')}?q={name}").context["table"].data
    assert row.pk == written.pk


def test_day_without_a_year_is_the_last_one_that_was(monkeypatch):
    monkeypatch.setattr(lifecycle, "today", lambda: date(2026, 3, 4))

    assert search.week_named("11 November") == date(2025, 11, 10)
    assert search.week_named("4 March") == date(2026, 3, 2)
    assert search.week_named("decade") is search.week_named("31 February") is None


def test_words_are_found_in_an_open_vault_by_a_post_alone(written, alice):
    browser, locked = factories.client_of(alice), factories.client_of(alice, unlocked=False)

    for words in ("blue LAMP", "Kent Police", "essex", "a case is going on", "minute"):
        assert found_by(browser, words) == [written.pk], words
        answer = room.press(locked, "room_find", q=words)
        assert not answer.context["table"], words
        assert "The vault is locked" in room.text_of(answer), words
        asked = browser.get(reverse("room_find"), {"q": words})
        assert asked.context["table"] is None, words
        assert words not in room.text_of(asked)
    # Practice and drafts are never found.
    for changes in ({"practice_for": alice}, {"practice_for": None, "status": "draft"}):
        Submission.objects.filter(pk=written.pk).update(**changes)
        assert found_by(browser, written.short_name) == [], changes


def test_what_is_found_shows_no_word_of_it_and_leaves_no_trace(written, alice, bob):
    before = written.events.count()

    page = room.text_of(room.press(factories.client_of(bob), "room_find", q="lamp"))

    shown = (written.short_name, TITLE, factories.ACCOUNT["account"][:20])
    assert [words in page for words in shown] == [True, False, False]
    assert written.events.count() == before


@pytest.mark.parametrize("put_aside", [conflict_of_interest.skip_account, conflict_of_interest.declare_conflict])
def test_nobody_finds_what_they_put_aside_or_know_somebody_in(written, alice, bob, put_aside):
    story = factories.live_story(fields=factories.FIELDS | {"title": "Lamp of glass"})
    browser = factories.client_of(bob)
    assert found_by(browser, "lamp")
    for row in (written, story.submission):
        put_aside(row, by=bob)

    for words in (written.short_name, "lamp", "kent", f"{written.week:%d %B %Y}"):
        answer = room.press(browser, "room_find", q=words)
        assert answer.context["table"] is None, words
        assert not answer.context["stories"], words


def test_coordinator_finds_public_stories_and_no_account(written, coordinator):
    story = factories.live_story(fields=factories.FIELDS | {"title": "A lamp that stayed on"})

    answer = room.press(coordinator, "room_find", q="lamp")

    assert [*answer.context["stories"]] == [story]
    for words in (written.short_name, "lamp", f"{written.week:%d %B %Y}"):
        assert room.press(coordinator, "room_find", q=words).context["table"] is None


@pytest.mark.store
def test_box_asks_the_database_twenty_times_at_most_however_many_wait(written, alice):
    browser, asked = factories.client_of(alice), []
    for _round in range(2):
        asked.append(len(room.queries_of(found_by, browser, "minute")))
        for _number in range(30):
            factories.submission_at()

    # The first page of a log-in asks once more.
    assert asked[1] <= asked[0] <= 20


def test_each_start_page_has_the_boxes_of_what_somebody_may_find(alice, carol):
    for person, is_editor in ((alice, False), (carol, False), (factories.person("edi", EDITORS), True)):
        page = room.text_of(room.see(factories.client_of(person, unlocked=False), "wagtailadmin_home"))
        for words, is_there in (
            (f'action="{reverse("room_find")}" method="post"', not is_editor),
            # The box beside the menu.
            ('"wagtail.sidebar.SearchModule", "_args": ["/admin/find/"]', not is_editor),
            ("Search all pages", is_editor),
            ("Editor Guide", is_editor),
            *((gone, False) for gone in ("editor guide", "avatar-section", "in Wagtail 7")),
        ):
            assert (words in page) is is_there, (person, words)
