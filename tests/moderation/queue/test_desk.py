"""The coordinator's desk: numbers and days of what waits and for whom; and the figures that are due, by a button."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from moderation import claims, decisions
from moderation.models import Claim, PutBack
from moderation.queue import desk
from moderation.team.permissions import COORDINATORS, MODERATORS
from stories.core import lifecycle, takedown
from stories.figures import releases
from stories.models import CountedAnswers, ReleasedAnswers, Submission
from stories.reading import ask_progress
from stories.reading.ask_progress import PublicAsk
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db
NOW = "I have the tablets here and I will end it tonight."


def said(label):
    return [each.words for line in desk.desk_lines() if line.label == label for each in line.said]


def test_urgent_and_late_are_ticks_and_weeks_and_tell_nothing_that_is_sealed(alice, carol):
    factories.submission_at(account=NOW)
    ticked, late, in_a_flood = (factories.submission_at() for _ in range(3))
    Submission.objects.filter(pk=ticked.pk).update(is_urgent=True)
    Submission.objects.filter(pk=in_a_flood.pk).update(is_urgent=True, is_flood=True)
    Submission.objects.filter(pk=late.pk).update(week=lifecycle.this_week() - timedelta(weeks=20))

    panel = room.panel_of(carol, "desk", unlocked=False)

    assert said("Urgent")[0] == "1 account is marked"
    assert said("Late")[0] == "1 of 3 have waited longer than 3 weeks"
    assert panel.count("room-desk__alarm") == 2
    assert "what an account says of danger is sealed" in panel
    assert not any(row.short_name in panel for row in Submission.objects.all())


def test_in_hand_says_how_many_now_and_nothing_of_what_was_done(alice, bob):
    for by in (alice, alice, bob):
        claims.take_claim(factories.submission_at("received"), by=by)
    factories.submission_at("received")
    over = Claim.objects.filter(holder=bob)
    assert said("In hand") == ["nobody 1", "alice 2", "bob 1"]

    over.update(expires_at=timezone.now() - timedelta(minutes=1))
    Submission.objects.filter(pk__in=over.values("submission")).update(meant_for=alice)

    assert said("In hand") == ["nobody 1", "alice 3"]


def test_held_says_why_and_until_when_and_warns_before_it_is_erased(alice):
    held, day = factories.submission_at("received"), lifecycle.today() + timedelta(days=40)
    claims.take_claim(held, by=alice)
    decisions.hold_account(held, look_again_on=day, by=alice, reason="legal")
    assert said("Held") == [f"{held.short_name}: a legal reason, look again on {day.day} {day:%B}"]

    Submission.objects.update(erase_on=lifecycle.today() + timedelta(days=14))

    assert "erased on" in said("Held")[0]


def test_second_yes_is_counted_and_forces_and_promises_lead_to_their_pages(alice, bob, carol, monkeypatch):
    factories.submission_at("prepared")
    takedown.hide_story(story := factories.live_story())
    PutBack.objects.create(story=story, asked_by=alice, asked_on=lifecycle.today())
    assert said("A second yes") == ["1 text", "1 story, to put it back"]

    entry = factories.an_entry(by=carol)
    factories.a_letter("essex", month=date(2025, 6, 1))
    ask = {"sentence": "Train every officer.", "whom": "All forces", "whom_kind": "forces", "state": "promised"}
    late, due = (
        PublicAsk(each, force="", since=date(2026, 1, 1), due=day, updates=(), what_it_took="", **ask)
        for each, day in (("late", date(2026, 6, 1)), ("due", lifecycle.today() + timedelta(days=1)))
    )
    monkeypatch.setattr(ask_progress, "get_asks", lambda: [late, due])

    panel = room.panel_of(carol, "desk", unlocked=False)

    assert f'{reverse("room_answers:inspect", args=[entry.pk])}">Kent Police: its answer waits for a moderator' in panel
    assert "1 letter without an answer, asked in June 2025" in panel
    assert said("Promises overdue") == ["Train every officer (All forces, 1 June)"]


def test_start_page_asks_the_database_as_often_for_fifteen_as_for_five(alice, bob, carol):
    browsers, asked = [factories.client_of(alice), factories.client_of(carol, unlocked=False)], []

    for more in (5, 10):
        for _ in range(more):
            factories.submission_at("agreed")
            factories.submission_at("held")
            claims.take_claim(factories.submission_at("received"), by=alice)
        asked.append([len(room.queries_of(room.see, browser, "wagtailadmin_home")) for browser in browsers])

    for few, many in zip(*asked, strict=True):
        assert many <= few, asked


def test_who_reads_too_has_both_panels_and_a_moderator_no_desk(alice):
    both = factories.person("both", COORDINATORS, MODERATORS)

    for person, has_desk in ((both, True), (alice, False)):
        page = room.text_of(room.see(factories.client_of(person, unlocked=False), "wagtailadmin_home"))
        assert ('id="desk-section"' in page, 'id="urgent-section"' in page) == (has_desk, True)


@pytest.fixture
def counted(monkeypatch):
    monkeypatch.setattr(lifecycle, "today", lambda: date(2027, 4, 1))
    totals = {"believed": 120, "believed.yes": 52, "believed.by-some": 25, "believed.no": 43}
    return CountedAnswers.objects.create(quarter="2027-Q1", people=120, totals=totals)


def test_figures_are_seen_as_the_public_would_and_released_by_one_press(alice, coordinator, counted):
    assert said("Figures") == ["2027-Q1 is over: look, and release it"]
    page = room.text_of(room.see(coordinator, "room_figures"))
    shown = releases.preview_release("2027-Q1").tables["numbers"]["believed"]
    assert "<dt>No</dt><dd>45 (" in page
    assert "43" not in page
    # Only a coordinator releases, and only the quarter on the screen.
    room.press(coordinator, "room_figures", quarter="2026-Q4")
    assert room.press(factories.client_of(alice), "room_figures", quarter="2027-Q1").status_code == 403
    assert not ReleasedAnswers.objects.exists()

    room.press(coordinator, "room_figures", quarter="2027-Q1")

    assert ReleasedAnswers.objects.get().tables["numbers"]["believed"] == shown
    assert ModelLogEntry.objects.get(action="heard.release_the_figures").user.username == "carol"
    assert said("Figures") == []
    assert "None are due" in room.text_of(room.see(coordinator, "room_figures"))


def test_a_quarter_of_few_is_never_due(counted):
    for people, due in ((9, ""), (10, "2027-Q1")):
        CountedAnswers.objects.update(people=people)
        assert releases.due_quarter() == due, people
