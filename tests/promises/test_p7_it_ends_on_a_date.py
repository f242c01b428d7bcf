"""P7 It ends on a date: 30 days after the decision, 90 days undecided, a held one on its own date."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from moderation import publishing
from stories import lifecycle
from stories.models import Event, SealedText, Story, Submission, TakeDownRequest
from stories.public import edition
from stories.telling import coming_back, drafts, receipts, retention, withdrawal
from tests import factories
from tests.promises.test_p2_seize_the_server import _every_stored_value
from tests.stories.telling import changes
from tests.stories.telling.visiting import Visitor

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent


def test_undecided_account_is_erased_after_90_days_and_not_a_day_before(queue_key):
    submission = factories.submission_at("received")
    due = submission.week + timedelta(days=90)

    retention.run(today=due - timedelta(days=1))
    assert SealedText.objects.filter(submission=submission).exists()

    retention.run(today=due)
    assert not SealedText.objects.filter(submission=submission).exists()


@pytest.mark.parametrize("status", ["declined", "counted", "agreed", "published"])
def test_decided_account_is_erased_30_days_after_the_decision(status, alice, bob):
    submission = factories.submission_at(status)
    due = lifecycle.today() + timedelta(days=30)

    retention.run(today=due - timedelta(days=1))
    assert SealedText.objects.filter(submission=submission).exists()

    retention.run(today=due)
    assert not SealedText.objects.filter(submission=submission).exists()


def test_erasing_leaves_no_key_and_no_working_copy_or_agreement(alice, bob):
    submission = factories.submission_at("published")

    retention.run(today=lifecycle.today() + timedelta(days=31))

    submission.refresh_from_db()
    assert not any(bytes(key) for key in (submission.public_key, submission.key_under_code, submission.key_for_queue))
    assert not submission.working_copies.exists()


def test_published_story_stays_after_the_account_is_erased(alice, bob):
    story = factories.live_story()

    retention.run(today=lifecycle.today() + timedelta(days=31))

    assert Story.live.get().text == story.text


def test_code_still_takes_the_story_down_after_erasure(alice, bob):
    submission = factories.submission_at("published")
    retention.run(today=lifecycle.today() + timedelta(days=31))

    withdrawal.withdraw(coming_back.find(submission.code))

    assert not Story.live.exists()
    assert Story.objects.get().text == ""


def test_held_account_lives_until_its_own_date(alice):
    submission = factories.submission_at("held")
    later = submission.week + timedelta(days=200)
    Submission.objects.filter(pk=submission.pk).update(erase_on=later)

    retention.run(today=submission.week + timedelta(days=120))
    assert SealedText.objects.filter(submission=submission).exists()

    retention.run(today=later)
    assert not SealedText.objects.filter(submission=submission).exists()


def test_account_that_nobody_decided_says_so_in_its_events(queue_key):
    submission = factories.submission_at("received")

    retention.run(today=submission.week + timedelta(days=90))

    assert list(Event.objects.filter(submission=submission).values_list("deed", flat=True)) == [
        "receive",
        "lapse",
        "erase",
    ]


def test_running_twice_erases_once(queue_key):
    submission = factories.submission_at("received")
    day = submission.week + timedelta(days=91)

    assert [retention.run(today=day), retention.run(today=day)] == [1, 0]


def test_silence_of_the_clock_is_noticed_after_26_hours(db, client, monkeypatch):
    assert retention.is_late()

    call_command("retention")
    assert not retention.is_late()

    monkeypatch.setattr(retention, "LATE_AFTER", timedelta(0))
    assert retention.is_late()


def test_withdrawal_keeps_the_week_and_no_day(queue_key):
    submission = factories.submission_at("received")

    withdrawal.withdraw(coming_back.find(submission.code))

    submission.refresh_from_db()
    assert submission.erased_on == lifecycle.this_week()


@pytest.mark.parametrize("answer", ["", "Thank you. It stays down."])
def test_words_of_a_request_go_with_its_answer_and_code_on_the_date_that_its_page_told(answer, alice, bob):
    visitor, slug = Visitor(), factories.live_story().slug
    visitor.get(f"/take-down/?story={slug}")
    visitor.post("/take-down/", ground="legal", words="He is my neighbour.")
    code = visitor.code()
    if answer:
        publishing.settle(TakeDownRequest.objects.get(), by=alice, answer=answer)
        assert answer in visitor.come_back(code)
    told = last_date_on(visitor)
    row = TakeDownRequest.objects.values("box", "answer", "key_under_code", "look_up_id").get()
    sealed = {bytes(value) for value in row.values() if value}

    retention.run(today=told - timedelta(days=1))
    assert sealed <= _every_stored_value()
    assert "opens nothing here" not in visitor.come_back(code)

    retention.run(today=told)
    assert not sealed & _every_stored_value()
    assert "opens nothing here" in visitor.come_back(code)


def last_date_on(visitor):
    found = re.findall(r"\d{1,2} [A-Z][a-z]+ \d{4}", visitor.text())
    return max(datetime.strptime(day, "%d %B %Y").date() for day in found)


# --- What a copy of the disk holds the day after ---------------------------------------------


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_was_erased_is_in_no_file_of_the_database():
    """Neither what lay in the main file for a day, nor what is still in the log, which is copied with it."""
    factories.queue_key()
    for_a_day = factories.submission_at("received")
    retention.run()
    of_today = factories.submission_at("received")
    sealed = {row: sealed_values(row) for row in (for_a_day, of_today)}
    assert connection.vendor != "sqlite" or all(is_in_files(value) for values in sealed.values() for value in values)

    withdrawal.withdraw(coming_back.find(of_today.code))
    assert connection.vendor != "sqlite" or not any(map(is_in_files, sealed[of_today]))

    retention.run(today=for_a_day.erase_on)
    assert connection.vendor != "sqlite" or not any(map(is_in_files, sealed[for_a_day]))
    assert all(row.is_erased for row in Submission.objects.all())


def sealed_values(submission):
    """How each sealed text begins, of which a long one is parted in the file, and the key under the code."""
    return [bytes(text.box)[:32] for text in submission.texts.all()] + [bytes(submission.key_under_code)]


def is_in_files(value):
    path = Path(connection.settings_dict["NAME"])
    return any(value in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


# --- After a restore -------------------------------------------------------------------------


def test_restored_backup_is_erased_again_by_the_next_run(queue_key):
    submission = factories.submission_at("received")
    rows = list(SealedText.objects.filter(submission=submission))
    day = submission.week + timedelta(days=91)
    retention.run(today=day)

    Submission.objects.filter(pk=submission.pk).update(erased_on=None)
    SealedText.objects.bulk_create(rows)
    retention.run(today=day)

    assert not SealedText.objects.exists()


@pytest.fixture
def restore(tmp_path, monkeypatch):
    """Go back to a backup, a savepoint, and do what the runbook says with what the old database still tells."""
    runbook = (ROOT / "docs" / "runbook.md").read_text()
    lists = re.findall(r'sqlite3 old\.sqlite3 "(.+)" > (\S+)', runbook)
    assert lists

    def go_back(backup):
        for query, name in lists:
            (tmp_path / name).write_text("\n".join(first_column(query)))
        transaction.savepoint_rollback(backup)
        edition.forget()
        monkeypatch.chdir(tmp_path)
        retention.run()
        for _twice in range(2):
            exec((ROOT / "deploy" / "do_again.py").read_text(), {})

    return go_back


def first_column(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [str(value) for value, *_ in cursor.fetchall()]


def nothing_is_left(submission):
    opened = coming_back.find(submission.code)
    row = Submission.objects.get(pk=submission.pk)
    return row.is_erased and not opened.private and not row.key_for_queue and not row.texts.exists()


@pytest.mark.parametrize("status", ["received", "declined", "agreed", "published"])
def test_restore_erases_again_what_somebody_took_back_since(status, alice, bob, client, restore):
    submission = factories.submission_at(status)
    backup = transaction.savepoint()
    withdrawal.withdraw(coming_back.find(submission.code))

    restore(backup)

    assert nothing_is_left(submission)
    assert Submission.objects.get().status == "withdrawn"
    assert not any(each.text or each.title or each.agreed for each in Story.objects.all())
    assert factories.FIELDS["title"] not in client.get("/stories/", secure=True).content.decode()


def test_restore_erases_a_draft_again(queue_key, restore):
    code = receipts.new_code()
    draft = drafts.keep(factories.sent(), code=code).draft
    draft.code = code
    backup = transaction.savepoint()
    withdrawal.withdraw(coming_back.find(code))

    restore(backup)

    assert nothing_is_left(draft)


def test_restore_removes_a_story_again_whose_contributor_said_no_after_the_erasing(alice, bob, client, restore):
    submission = factories.submission_at("published", consent_quote=True)
    changes.erase(submission)
    story, backup = Story.objects.get(), transaction.savepoint()
    changes.choose(Visitor(), submission, "quote")
    assert Story.objects.get().status == "removed"

    restore(backup)

    row = Story.objects.get()
    assert (row.status, row.title, row.text, row.agreed) == ("removed", "", "", "")
    # Its title is a sentence of its text as well.
    assert not any(story.title.encode() in value for value in _every_stored_value())
    assert story.title not in client.get(story.get_absolute_url(), secure=True).content.decode()


def test_restore_takes_down_again_what_one_of_us_took_down_since(alice, bob, restore):
    story, stays = factories.live_story(), factories.live_story()
    backup = transaction.savepoint()
    publishing.take_down(story, by=alice)

    restore(backup)

    assert list(Story.live.all()) == [stays]
    assert Story.objects.get(pk=story.pk).status == "hidden"
