"""P7 Nothing is left of what was erased: no word of a request, none in the database's files or after a restore."""

import io
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from moderation import publishing
from stories.core import snapshot
from stories.crypto import receipts
from stories.intake import coming_back, drafts, receive, retention
from stories.models import Story, Submission, TakeDownRequest
from tests import factories
from tests.promises.test_p2_seize_the_server import _every_stored_value
from tests.stories.intake import changes
from tests.stories.intake.visiting import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.mark.parametrize("answer", ["", "Thank you. It stays down."])
def test_words_of_a_request_go_with_its_answer_and_code_on_the_date_it_was_told(answer, alice, bob):
    visitor, slug = Visitor(), factories.live_story().slug
    visitor.get(f"/take-down/?story={slug}")
    visitor.post("/take-down/", ground="legal", words="He is my neighbour.")
    code = visitor.code()
    if answer:
        publishing.settle_request(TakeDownRequest.objects.get(), by=alice, answer=answer)
        assert answer in visitor.come_back(code)
    days = re.findall(r"\d{1,2} [A-Z][a-z]+ \d{4}", visitor.text())
    told = max(datetime.strptime(day, "%d %B %Y").date() for day in days)
    row = TakeDownRequest.objects.values("box", "answer", "key_under_code", "look_up_id").get()
    sealed = {bytes(value) for value in row.values() if value}

    retention.run_retention(today=told - timedelta(days=1))
    assert sealed <= _every_stored_value()
    assert "opens nothing here" not in visitor.come_back(code)

    retention.run_retention(today=told)
    assert not sealed & _every_stored_value()
    assert "opens nothing here" in visitor.come_back(code)


@pytest.mark.django_db(transaction=True)
def test_what_was_erased_is_in_no_file_of_the_database():
    """Neither what lay in the main file for a day, nor what is still in the log, which is copied with it."""
    factories.queue_key()
    for_a_day = factories.submission_at("received")
    retention.run_retention()
    of_today = factories.submission_at("received")
    # How each sealed text begins, of which a long one is parted in the file, and the key under the code.
    sealed = {
        row: [*(bytes(text.box)[:32] for text in row.texts.all()), bytes(row.key_under_code)]
        for row in (for_a_day, of_today)
    }
    assert connection.vendor != "sqlite" or all(is_in_files(value) for values in sealed.values() for value in values)

    retention.withdraw_submission(coming_back.open_code(of_today.code))
    assert connection.vendor != "sqlite" or not any(map(is_in_files, sealed[of_today]))

    retention.run_retention(today=for_a_day.erase_on)
    assert connection.vendor != "sqlite" or not any(map(is_in_files, sealed[for_a_day]))
    assert all(row.is_erased for row in Submission.objects.all())


def is_in_files(value):
    path = Path(connection.settings_dict["NAME"])
    return any(value in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


@pytest.fixture
def restore(settings, tmp_path, django_capture_on_commit_callbacks):
    """Go back to a backup, a savepoint, erase what is due, and replay the journal of what came after; begin with it."""
    settings.DATA_DIR = tmp_path
    recording = django_capture_on_commit_callbacks(execute=True)
    recording.__enter__()

    def go_back(backup):
        recording.__exit__(None, None, None)
        transaction.savepoint_rollback(backup)
        snapshot.forget_snapshot()
        retention.run_retention()
        for _twice in range(2):
            call_command("replay_journal", str(tmp_path / "journal"), stdout=io.StringIO())

    return go_back


def nothing_is_left(submission):
    opened = coming_back.open_code(submission.code)
    row = Submission.objects.get(pk=submission.pk)
    return row.is_erased and not opened.private and not row.key_for_queue and not row.texts.exists()


@pytest.mark.parametrize("status", ["draft", "received", "declined", "agreed", "published"])
def test_restore_erases_again_what_somebody_took_back_since(status, alice, bob, client, restore):
    if status == "draft":
        code = receipts.new_code()
        submission, _both = drafts.keep_draft(factories.sent(), receive.Arrival(code))
        submission.code = code
    else:
        submission = factories.submission_at(status)
    backup = transaction.savepoint()
    retention.withdraw_submission(coming_back.open_code(submission.code))

    restore(backup)

    assert nothing_is_left(submission)
    assert Submission.objects.get().status == "withdrawn"
    assert not any(each.text or each.title or each.agreed for each in Story.objects.all())
    assert factories.FIELDS["title"] not in client.get("/stories/", secure=True).content.decode()


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
