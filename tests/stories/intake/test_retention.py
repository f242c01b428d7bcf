"""The clock that erases what is due; and taking it back: one page, one button, and then nothing is left."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moderation.models import Agreement, WorkingCopy
from stories.core import lifecycle, takedown
from stories.crypto import tokens
from stories.intake import clock as machine_clock, coming_back, messages, public_form, retention
from stories.models import LastRun, SealedText, Story, Submission
from tests import factories
from tests.stories.intake.visiting import raising

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def test_command_erases_what_is_due_and_says_how_much_in_one_line(queue_key, monkeypatch):
    factories.submission_at("received")
    later = lifecycle.today() + timedelta(days=97)
    monkeypatch.setattr(lifecycle, "today", lambda: later)

    said = StringIO()
    call_command("retention", stdout=said)

    assert said.getvalue() == "Erased 1 account whose date had come.\n"
    assert not SealedText.objects.exists()


def test_one_that_cannot_be_erased_stops_no_other_and_the_run_counts_as_late(queue_key, monkeypatch):
    stuck, other = factories.submission_at("received"), factories.submission_at("received")
    real = retention.erase_submission

    def erase(submission, *, on):
        if submission.pk == stuck.pk:
            raise OSError
        real(submission, on=on)

    monkeypatch.setattr(retention, "erase_submission", erase)
    with pytest.raises(retention.NotAllErased):
        retention.run_retention(today=lifecycle.today() + timedelta(days=97))

    assert {row.pk: row.is_erased for row in Submission.objects.all()} == {other.pk: True, stuck.pk: False}
    assert not LastRun.objects.filter(name=retention.NAME).exists()


def test_fault_beside_the_erasing_keeps_no_account_and_the_run_counts_as_late(queue_key, monkeypatch):
    submission, scrubbed, fail = factories.submission_at("received"), [], raising(OSError)
    monkeypatch.setattr(retention, "scrub_database", lambda **how: scrubbed.append(True))
    retention.ran.connect(fail)
    try:
        with pytest.raises(retention.NotAllErased):
            retention.run_retention(today=lifecycle.today() + timedelta(days=97))
    finally:
        retention.ran.disconnect(fail)

    assert Submission.objects.get(pk=submission.pk).is_erased
    assert scrubbed
    assert not LastRun.objects.filter(name=retention.NAME).exists()


def test_token_keys_that_are_no_longer_good_are_destroyed_even_on_a_quiet_site(db, settings, tmp_path, clock):
    settings.RUN_DIR = tmp_path
    tokens.current_key()
    old = next(tmp_path.glob("token-*.key"))
    clock.shift(2 * tokens.HOUR)

    retention.run_retention()

    assert not old.exists()


def test_one_whose_date_moves_while_others_are_erased_is_kept(alice, monkeypatch):
    first, held = factories.submission_at("received"), factories.submission_at("received")
    Submission.objects.update(erase_on=lifecycle.today())
    Submission.objects.filter(pk=first.pk).update(erase_on=lifecycle.today() - timedelta(days=1))
    erase_one = retention.erase_when_due

    def somebody_holds_the_other_one(pk, today):
        if pk == first.pk:
            lifecycle.advance(held, "hold", by=alice)
            Submission.objects.filter(pk=held.pk).update(erase_on=lifecycle.today() + timedelta(days=50))
        return erase_one(pk, today)

    monkeypatch.setattr(retention, "erase_when_due", somebody_holds_the_other_one)
    retention.run_retention()

    assert {row.pk: row.is_erased for row in Submission.objects.all()} == {first.pk: True, held.pk: False}
    assert Submission.objects.get(pk=held.pk).status == "held"


def test_story_that_never_went_out_goes_with_the_account_that_it_was_made_of(alice, bob, monkeypatch):
    waits, live = factories.submission_at("agreed"), factories.live_story()
    later = lifecycle.today() + timedelta(days=31)
    monkeypatch.setattr(lifecycle, "today", lambda: later)

    retention.run_retention()

    assert Story.objects.get(submission=waits).status == "removed"
    assert Story.objects.get(pk=live.pk).status == "live"


DAY = timedelta(days=1)
# How far the clock has jumped, whether a time server sets it, and whether something is erased.
JUMPS = [(91 * DAY, False, False), (-91 * DAY, True, False), (4 * DAY, False, False), (4 * DAY, True, True)]
JUMPS += [(2 * DAY, False, True), (timedelta(minutes=-10), False, True)]


@pytest.mark.parametrize(("jump", "is_set", "is_erased"), JUMPS)
def test_clock_in_doubt_erases_nothing_until_somebody_says_it_is_right(jump, is_set, is_erased, queue_key, monkeypatch):
    factories.submission_at("received")
    LastRun.objects.create(name=retention.NAME, at=timezone.now() - jump)
    monkeypatch.setattr(machine_clock, "is_synchronised", lambda: is_set)
    Submission.objects.update(erase_on=lifecycle.today())

    if not is_erased:
        with pytest.raises(CommandError, match=r"^Nothing was erased: [^\n]+`manage.py retention --clock-is-right`\.$"):
            call_command("retention")
        assert not Submission.objects.get().is_erased
        call_command("retention", "--clock-is-right", stdout=StringIO())
    call_command("retention", stdout=StringIO())

    assert Submission.objects.get().is_erased


def test_rows_of_a_time_to_come_stop_the_erasing_once(queue_key, monkeypatch):
    monkeypatch.setattr(machine_clock, "is_synchronised", lambda: True)
    retention.run_retention()
    told = factories.submission_at("received")
    ahead = {Submission.objects.filter(pk=told.pk): {"week": lifecycle.this_week() + 7 * DAY}}
    ahead |= {LastRun.objects.filter(name="hide by request 1"): {"at": timezone.now() + DAY}}
    LastRun.objects.create(name="hide by request 1", at=timezone.now())
    for rows, values in ahead.items():
        rows.update(**values)
        with pytest.raises(retention.ClockInDoubt):
            retention.run_retention()

        retention.run_retention(clock_is_right=True)
        retention.run_retention()
    assert Submission.objects.get(pk=told.pk).erase_on == told.erase_on


def withdraw(visitor, code):
    visitor.press(code, "withdraw")
    return visitor.post("/return/", step="withdraw-now")


@pytest.mark.parametrize(
    "status", ["received", "waiting", "held", "prepared", "agreed", "published", "counted", "declined"]
)
def test_withdrawing_erases_everything_in_every_state(status, alice, bob, visitor):
    submission = factories.submission_at(status)
    messages.write_message(coming_back.open_code(submission.code), "A message.")

    withdraw(visitor, submission.code)

    submission = Submission.objects.get()
    assert submission.status == "withdrawn"
    assert not any(map(bytes, (submission.public_key, submission.key_under_code, submission.key_for_queue)))
    for model in (SealedText, WorkingCopy, Agreement):
        assert not model.objects.exists()
    assert not Story.objects.exclude(status="removed", title="", text="", agreed="").exists()


def test_database_forgets_a_story_whose_account_went_before(alice, monkeypatch, django_capture_on_commit_callbacks):
    story, scrubbed = factories.live_story(), []
    retention.erase_submission(story.submission, on=story.agreed_week)
    monkeypatch.setattr(retention, "scrub_database", lambda: scrubbed.append(True))

    with django_capture_on_commit_callbacks(execute=True):
        retention.withdraw_submission(coming_back.Opened(story.submission, b""))

    assert scrubbed == [True]


def test_only_the_page_that_says_what_will_happen_leads_to_it_and_twice_is_once(queue_key, visitor):
    mine, other = factories.submission_at("received"), factories.submission_at("received")
    visitor.press(mine.code, "withdraw-now")
    assert "Take it back?" in visitor.text()
    visitor.page = ""
    visitor.post("/return/", step="withdraw-now", code=mine.code)
    assert "Take it back?" in visitor.text()
    assert set(Submission.objects.values_list("status", flat=True)) == {"received"}

    page = visitor.page
    for _ in range(2):
        visitor.post_from(page, "/return/", step="withdraw-now")
        assert "You took it back" in visitor.text()

    # Nor does a token for one withdraw another.
    visitor.page, token = "", public_form.issue_token("withdraw", code=mine.code)
    visitor.post("/return/", step="withdraw-now", code=other.code, token=token)
    assert Submission.objects.get(pk=other.pk).status == "received"


def test_all_of_it_happens_or_none(alice, bob, visitor, monkeypatch):
    submission = factories.submission_at("published")
    monkeypatch.setattr(takedown, "remove_story", raising(DatabaseError))
    withdraw(visitor, submission.code)

    assert visitor.response.status_code == 503
    assert Submission.objects.get().status == "published"
    assert SealedText.objects.filter(submission=submission).exists()
    assert Story.live.exists()


def test_story_is_taken_before_its_submission_as_every_other_deed_does(alice, bob):
    """Two that take the same rows in two orders wait for each other, and PostgreSQL then throws one of them out."""
    submission = factories.submission_at("published")
    opened = coming_back.open_code(submission.code)

    with CaptureQueriesContext(connection) as asked:
        retention.withdraw_submission(opened)

    taken = ["stories_story", "stories_submission"]
    assert [table for query in asked for table in taken if f'FROM "{table}"' in query["sql"]][:2] == taken


def test_page_that_was_opened_before_a_yes_still_takes_everything_back(waits_for_yes, visitor):
    page = visitor.press(waits_for_yes.code, "withdraw")
    visitor.press(waits_for_yes.code, "yes")

    visitor.post_from(page, "/return/", step="withdraw-now")

    assert Submission.objects.get().status == "withdrawn"
    assert not SealedText.objects.exists()
