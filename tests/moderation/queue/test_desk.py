"""Panels of the start page: the coordinator's desk in numbers and days, and what waits for a second person."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from moderation import claims, decisions, first_look, publishing
from moderation.models import Claim, PutBack
from moderation.policies.danger import CASE, LIFE, UNDER_18
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


@pytest.fixture
def eve(queue_key):
    return factories.moderator("eve")


def _panel(user, **options):
    return room.panel_of(user, "second-yes", **options)


def _look(submission, user, **answers):
    """As somebody answers it on its page, with nobody else at work on it."""
    claims.end_claim(submission)
    first_look.take_first_look(submission, factories.NO_RISK | answers, vault=factories.open_vault(user))


@pytest.mark.parametrize("unlocked", [True, False])
def test_letting_go_waits_visibly_for_everybody_but_who_asked(alice, bob, eve, unlocked):
    held = factories.submission_at("held")
    decisions.release_hold(held, by=alice)

    for colleague in (bob, eve):
        panel = _panel(colleague, unlocked=unlocked)
        assert "alice asked to let it go" in panel
        assert reverse("room_read", args=[held.pk]) in panel
    for other in (alice, factories.person("carol", COORDINATORS)):
        assert _panel(other, unlocked=unlocked and other == alice) == ""
    for person, is_told in ((bob, True), (alice, False)):
        listed = room.text_of(room.see(factories.client_of(person), "room_lane", "held"))
        assert ("waits for your second yes" in listed) is is_told, person

    # Nobody hears of a wish about what they put aside, or that nobody stands by.
    room.press(factories.client_of(eve), "room_put_aside", held.pk)
    assert (_panel(eve), bool(_panel(bob))) == ("", True)
    alice.is_active = False
    alice.save()
    assert _panel(bob) == ""


def test_putting_a_story_back_waits_visibly_in_the_panel_and_the_lists(alice, bob, eve):
    story = factories.live_story()
    publishing.take_down(story, by=alice)
    assert "asked back" not in room.text_of(factories.client_of(bob).get(reverse("room_stories:index")))

    publishing.put_back(story, vault=factories.open_vault(alice))

    for person, is_told in ((bob, True), (eve, True), (alice, False)):
        browser, panel = factories.client_of(person), _panel(person)
        assert ("alice asked to put the story back" in panel) == is_told
        assert (reverse("room_stories:inspect", args=[story.pk]) in panel) == is_told
        assert ("waits for your second yes" in room.text_of(room.see(browser, "room_lane", "published"))) == is_told
    assert "taken down, asked back" in room.text_of(browser.get(reverse("room_stories:index")))


def test_second_no_to_what_the_scanner_said_waits_visibly_until_two_have_said_it(alice, bob):
    account, browser = factories.submission_at(account=NOW), factories.client_of(alice)
    assert _panel(bob) == ""

    _look(account, alice)

    assert reverse("room_first_look", args=[account.pk]) in _panel(bob)
    assert _panel(alice) == ""
    for person, unlocked, is_told in ((bob, True, True), (bob, False, False), (alice, True, False)):
        rows = factories.client_of(person, unlocked=unlocked).get(reverse("room_lane", args=["urgent"]))
        assert ("waits for your second no" in room.text_of(rows)) == is_told
    assert _lanes_of(account, browser) == ["urgent"]

    _look(account, bob)

    assert _lanes_of(account, browser) == ["new"]


@pytest.mark.parametrize(
    ("slug", "words"),
    [(LIFE, "nobody is in danger now"), (UNDER_18, "nobody is in danger now"), (CASE, "no case is active now")],
)
def test_second_no_to_a_first_look_waits_visibly_once_the_vault_is_open(alice, bob, eve, slug, words):
    account = factories.submission_at()
    _look(account, alice, **{slug: "yes"})
    assert _panel(bob) == ""

    _look(account, alice)

    assert f"one person said that {words}" in _panel(bob)
    assert _panel(alice) == ""
    assert _panel(bob, unlocked=False) == ""

    _look(account, bob)
    assert _panel(eve) == ""


def test_what_a_first_look_found_in_a_published_one_is_urgent_until_it_is_answered(alice, bob, browser):
    account = factories.submission_at("published")
    _look(account, alice, **{LIFE: "yes"})
    assert _lanes_of(account, browser) == ["urgent"]

    for person in (alice, bob):
        _look(account, person)

    assert Submission.objects.get().status == "published"
    assert _lanes_of(account, browser) == []


def _lanes_of(account, browser):
    lanes = ("urgent", "new")
    return [lane for lane in lanes if account.short_name in room.text_of(room.see(browser, "room_lane", lane))]
