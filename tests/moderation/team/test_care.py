"""Care for the reader: enough for a day, a pause, and no figure of anybody."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from moderation import claims, conflict_of_interest, reading
from moderation.models import ReadingDay, ReadyWords
from moderation.team import wellbeing
from stories.core import lifecycle
from stories.intake.labels import Labels
from stories.models import Event, Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

HARD, OTHER = Labels(is_hard=True), Labels()
ENOUGH, PAUSE = "what you set yourself for today", "a lot of hard reading in a row"


def _read(person, *all_labels):
    for labels in all_labels:
        found = factories.submission_at("received")
        wellbeing.count_reading(person, labels)
        lifecycle.record_event(found, "open", by=person)


def test_stopping_is_suggested_at_ones_budget_and_a_day_begins_at_nothing(alice, bob, monkeypatch):
    _read(alice, *[OTHER] * 7, HARD)
    assert wellbeing.break_suggestion(alice) is None
    _read(alice, OTHER)
    assert ENOUGH in wellbeing.break_suggestion(alice)
    assert wellbeing.break_suggestion(bob) is None
    # A budget that makes no sense changes nothing.
    for accounts, status, kept in (("0", 200, 10), ("9999", 200, 10), ("many", 200, 10), ("2", 302, 2)):
        answer = room.press(factories.client_of(bob), "room_care_budget", accounts=accounts)
        assert (answer.status_code, wellbeing.preference_of(bob).daily_budget) == (status, kept), accounts
    _read(bob, OTHER, OTHER)
    assert ENOUGH in wellbeing.break_suggestion(bob)

    tomorrow = lifecycle.today() + timedelta(days=1)
    monkeypatch.setattr(lifecycle, "today", lambda: tomorrow)

    assert wellbeing.break_suggestion(alice) is None
    _read(alice, HARD, HARD, OTHER, HARD)
    assert (ReadingDay.objects.get(person=alice).points, ReadingDay.objects.get(person=alice).hard_in_a_row) == (7, 1)
    wellbeing.set_preference(alice, daily_budget=50)
    _read(alice, HARD)
    assert wellbeing.break_suggestion(alice) is None
    _read(alice, HARD)
    assert PAUSE in wellbeing.break_suggestion(alice)


def test_account_counts_once_a_day_however_often_it_is_opened(alice):
    submission = factories.submission_at("received")

    def points(times):
        for _each in range(times):
            reading.read_account(submission, vault=factories.open_vault(alice))
        return ReadingDay.objects.get().points

    once = points(3)
    Event.objects.filter(deed="open").update(day=lifecycle.today() - timedelta(days=1))

    assert points(1) == 2 * once > 0


def test_opening_counts_by_its_sealed_labels_and_suggests_but_never_blocks(alice):
    wellbeing.set_preference(alice, daily_budget=3)
    hard, urgent, other = (factories.submission_at(kinds=kinds) for kinds in (["taken"], [], []))
    Submission.objects.filter(pk=urgent.pk).update(is_urgent=True)
    browser = factories.client_of(alice)
    for _each in range(2):
        room.see(browser, "room_read", hard.pk)
    assert ReadingDay.objects.get().points == 2

    room.see(browser, "room_read", other.pk)
    page = room.text_of(room.see(browser, "room_read", urgent.pk))
    taken = room.text_of(room.press(browser, "room_claim", urgent.pk))

    start, following = (room.text_of(room.see(browser, name)) for name in ("wagtailadmin_home", "room_next"))
    assert [ENOUGH in shown for shown in (page, start, following, taken)] == [True, True, True, False]
    assert factories.ACCOUNT["account"] in page
    assert claims.claims_of(alice).get().submission == urgent


def test_pause_that_was_had_is_not_suggested_again(alice):
    wellbeing.set_preference(alice, daily_budget=50)
    _read(alice, HARD, HARD, HARD)
    browser = factories.client_of(alice)

    for is_suggested in (True, False):
        assert (PAUSE in room.text_of(room.see(browser, "room_care"))) is is_suggested
        room.press(browser, "room_care_paused")


def test_page_says_first_whom_to_call_and_names_the_coordinators_until_they_wrote_it(alice, carol):
    wellbeing.set_preference(alice, daily_budget=1)
    _read(alice, OTHER)
    browser = factories.client_of(alice, unlocked=False)
    page = room.text_of(room.see(browser, "room_care"))
    asked = [page.index(words) for words in ("Your coordinators: carol", "116 123", ENOUGH, 'name="accounts"')]
    assert asked == sorted(asked)
    ReadyWords.objects.create(purpose="care", title="Evenings", text="Ring Sam on 01632 960000 until ten.")

    page = room.text_of(room.see(browser, "room_care"))

    for words in ("Ring Sam on 01632 960000 until ten.", "116 123", "mind.org.uk", "Hand on"):
        assert words in page


def test_text_read_on_another_day_of_the_last_seven_says_so_on_every_page_of_it(alice, bob, monkeypatch):
    begun = date(2026, 11, 24)
    monkeypatch.setattr(lifecycle, "today", lambda: begun)
    submission = factories.submission_at("received")
    browser, said = factories.client_of(alice), "You read this on Tuesday, 24 November."
    for later, is_said in ((0, False), (1, True), (7, True)):
        monkeypatch.setattr(lifecycle, "today", lambda later=later: begun + timedelta(days=later))
        if later == 7:
            Event.objects.filter(deed="open", day__gt=begun).delete()
        assert (said in room.text_of(room.see(browser, "room_read", submission.pk))) is is_said, later

    assert said not in room.text_of(room.see(factories.client_of(bob), "room_read", submission.pk))
    monkeypatch.setattr(lifecycle, "today", lambda: begun + timedelta(days=15))
    assert "You read this" not in room.text_of(room.see(browser, "room_read", submission.pk))
    factories.put_forward(submission, by=bob)
    room.unfold(browser, submission)
    monkeypatch.setattr(lifecycle, "today", lambda: begun + timedelta(days=16))
    assert "You read this on Wednesday, 9 December." in room.text_of(room.second(browser, submission))


def test_no_screen_changes_when_the_work_was_done_by_somebody_else(alice, bob, carol):
    """Whatever counted or timed what a person does would say something else."""
    for _each in range(3):
        factories.submission_at("declined")
    factories.submission_at("agreed")
    _read(alice, HARD, OTHER)
    pages = ("wagtailadmin_home", "room_people", "room_care", "room_ready_words:index", "room_how_it_goes")
    carols = factories.client_of(carol, unlocked=False)
    before = [_plain(carols.get(reverse(name))) for name in pages]

    Event.objects.filter(by=alice).update(by=bob)
    # Who read a text second has a day of their own already.
    ReadingDay.objects.filter(person=bob).delete()
    ReadingDay.objects.update(person=bob, points=200)

    assert [_plain(carols.get(reverse(name))) for name in pages] == before


def test_what_i_read_and_put_aside_is_on_no_page_of_anybody_else(alice, bob):
    submission = factories.submission_at("received")
    wellbeing.set_preference(alice, daily_budget=37)
    conflict_of_interest.skip_account(submission, by=alice)

    page = room.text_of(room.see(factories.client_of(bob), "room_care"))

    assert "37" not in page.partition("How much is enough")[2].partition("</form>")[0]
    assert submission.short_name not in page


def _plain(response):
    page = re.sub(r"(?s)<script.*?</script>|<input[^>]*>|csrf[^ ]*", "", room.text_of(response))
    return re.sub(r"(?s)<[^>]+>|\s+", "", page)
