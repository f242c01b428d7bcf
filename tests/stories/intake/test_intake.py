"""Receiving: sealed to the pinned key, stored once, and only then acknowledged; sent again; and a flood's tray."""

import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, OperationalError, connection
from django.test.utils import CaptureQueriesContext

from moderation.team import vault
from stories.core import lifecycle, sealed_store
from stories.crypto import receipts, sealing
from stories.crypto.sealing import DoesNotOpen
from stories.intake import coming_back, drafts, flood_tray, messages, questions, receive, retention, status_page
from stories.intake.views import telling
from stories.models import Event, QueueKey, SealedText, Submission
from tests import factories
from tests.stories.intake.visiting import ACCOUNT, TOLD, day, messages_of, raising, sent

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def test_what_is_stored_opens_with_code_and_with_queue_key_and_with_nothing_else(queue_key):
    submission, other = factories.submission_at("received"), factories.submission_at("received")
    text = SealedText.objects.get(submission=submission, kind="account")
    by_code, place = coming_back.open_code(submission.code).private, sealed_store.queue_place(submission.pk, 1)
    private = factories.queue_pair().private

    assert sealing.open_key(bytes(submission.key_for_queue), private=private, place=place) == by_code
    assert sealed_store.open_sealed_text(text, private=by_code)["account"] == factories.ACCOUNT["account"]
    for wrong in (bytes(submission.public_key), bytes(submission.look_up_id), private):
        with pytest.raises(DoesNotOpen):
            sealed_store.open_sealed_text(text, private=wrong)
    # Nor does a key that was moved to another row.
    with pytest.raises(DoesNotOpen):
        sealing.open_key(bytes(other.key_for_queue), private=private, place=place)


def test_half_a_submission_is_never_kept_and_none_under_a_code_that_was_withdrawn(queue_key, monkeypatch):
    submission = factories.submission_at("received")
    retention.withdraw_submission(coming_back.open_code(submission.code))
    with pytest.raises(receive.TakenBack):
        receive.receive_account(factories.sent(), receive.Arrival(submission.code))

    monkeypatch.setattr(lifecycle, "event_of", raising(DatabaseError))
    with pytest.raises(DatabaseError):
        receive.receive_account(factories.sent(), receive.Arrival(receipts.new_code()))
    assert Submission.objects.get() == submission


# Two real connections have to meet, which they cannot inside one test's transaction.
@pytest.mark.django_db(transaction=True)
def test_two_sends_at_once_store_once_and_both_are_acknowledged():
    factories.queue_key()
    code, stored, start = receipts.new_code(), [], threading.Barrier(4)

    def send():
        start.wait()
        try:
            stored.append(receive.receive_account(factories.sent(), receive.Arrival(code)).pk)
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert (len(stored), len(set(stored))) == (4, 1)
    assert (Submission.objects.count(), SealedText.objects.count()) == (1, 2)


# Only where commits are real can one fail.
@pytest.mark.django_db(transaction=True)
def test_commit_that_fails_shows_no_code_and_gives_the_words_back(visitor, monkeypatch):
    factories.queue_key()
    visitor.check()
    with monkeypatch.context() as broken:
        broken.setattr(connection, "_commit", raising(OperationalError("disk I/O error")))
        visitor.post("/tell/form/", step="send", **TOLD)

    assert visitor.response.status_code == 503
    assert not visitor.code()
    assert visitor.box("account") == ACCOUNT
    assert not Submission.objects.exists()


def test_unseen_characters_are_never_sealed_whoever_calls(queue_key):
    submission = factories.submission_at("received", account="Nobody\u202e rang\x07\u200b.\r\nEver.")

    stored = coming_back.what_i_sent(coming_back.open_code(submission.code))

    assert stored.account["account"] == "Nobody rang.\nEver."


@pytest.mark.parametrize("was_used", [False, True])
def test_nothing_is_sealed_to_a_key_that_is_not_the_pinned_one(was_used, queue_key, settings):
    if was_used:
        receive.receive_account(factories.sent(), receive.Arrival(receipts.new_code()))
    settings.QUEUE_KEY_FINGERPRINT = vault.key_fingerprint(queue_key.public)
    assert receive.is_open()
    settings.QUEUE_KEY_FINGERPRINT = "0000-0000-0000-0000"

    assert not receive.is_open()
    with pytest.raises(receive.NotOpenYet):
        receive.receive_account(factories.sent(), receive.Arrival(receipts.new_code()))
    assert Submission.objects.count() == was_used


@pytest.mark.parametrize("is_draft", [False, True])
def test_key_that_is_rotated_while_somebody_sends_is_not_sealed_to(is_draft, queue_key, monkeypatch):
    code = receipts.new_code()
    if is_draft:
        drafts.keep_draft(factories.sent(), receive.Arrival(code))
    stale = QueueKey.objects.get()
    QueueKey.objects.update(is_current=False)
    fresh = QueueKey.objects.create(epoch=2, public=sealing.new_pair().public)
    # With a draft each try asks twice: for a new row, which the draft is in the way of, and for the draft.
    seen = iter([stale, stale, fresh, fresh] if is_draft else [stale, fresh])
    monkeypatch.setattr(receive, "queue_key", lambda: next(seen))

    receive.receive_account(factories.sent(), receive.Arrival(code))

    assert Submission.objects.get().queue_epoch == fresh
    assert Event.objects.filter(deed="send" if is_draft else "receive").count() == 1


def test_code_page_tells_the_dates_and_the_check_page_no_code_in_the_clear(queue_key, visitor, clock):
    check_page = visitor.check()
    clock.shift(4)
    visitor.post("/tell/form/", step="send", **TOLD)

    submission = Submission.objects.get()
    for date in (status_page.read_by(submission), submission.erase_on):
        assert day(date) in visitor.text()
    assert visitor.code() not in check_page
    assert visitor.code().replace("-", "") not in check_page
    # The seconds are counted from the first page.
    assert submission.is_flood is False


def test_same_send_twice_stores_once_and_other_words_are_kept_as_a_message(queue_key, visitor):
    code, first = visitor.tell(), visitor.tell()
    assert code != first
    texts = SealedText.objects.count()

    visitor.press_send_again(first)
    assert visitor.code() == first
    assert (Submission.objects.count(), SealedText.objects.count()) == (2, texts)

    for _ in range(2):
        visitor.press_send_again(code, account="I remembered one more thing.")
        assert visitor.code() == code
    assert messages_of(code) == ["I remembered one more thing."]
    assert sent(code).account["account"] == ACCOUNT
    assert Submission.objects.count() == 2


@pytest.mark.parametrize("how", ["was taken back", "gave way"])
def test_code_of_what_is_gone_says_so_and_its_form_goes_under_another(how, queue_key, unhurried, visitor, monkeypatch):
    code = visitor.tell(leave_empty="https://spam.example")
    if how == "gave way":
        with monkeypatch.context() as full:
            full.setattr(flood_tray, "MOST_KEPT", 0)
            flood_tray.make_room_for(Submission(is_flood=True))
        assert flood_tray.gave_way(receive.sent_before(code))
        visitor.come_back(code)
        for words in ("We could not keep this", "in the middle of a flood", "Please tell us again"):
            assert words in visitor.text()
    else:
        visitor.press(code, "withdraw")
        visitor.post("/return/", step="withdraw-now")

    visitor.press_send_again(code)
    assert ("took it back" in visitor.text()) is (how == "was taken back")
    assert visitor.box("account") == ACCOUNT
    visitor.post("/tell/form/", step="send", **TOLD)

    assert visitor.code() not in ("", code)
    assert sent(visitor.code()).account["account"] == ACCOUNT


def test_without_a_code_a_second_press_stores_once_keeps_other_words_and_shows_none(queue_key, visitor, monkeypatch):
    code = receipts.new_code()
    for _ in range(2):
        visitor.press_send_again(code, no_code="on")
        submission = Submission.objects.get()
        assert not visitor.code()
        assert "no code, as you wished" in visitor.text()
        assert bytes(submission.key_under_code) == b""
        assert bytes(submission.key_for_queue)
        assert SealedText.objects.filter(kind="message").count() == 0

    with monkeypatch.context() as broken:
        broken.setattr(messages, "take_message", raising(OperationalError))
        visitor.press_send_again(code, no_code="on", account="And this.")
        assert visitor.response.status_code == 503
    for _ in range(2):
        visitor.press_send_again(code, no_code="on", account="And this.")
        assert Submission.objects.count() == 1
        assert SealedText.objects.filter(kind="message").count() == 1

    # A code that is wished for now would open nothing.
    visitor.press_send_again(code)
    assert not visitor.code()
    assert coming_back.open_code(code) is None
    visitor.come_back(code)
    assert "opens nothing here" in visitor.page


ROOT = Path(telling.__file__).resolve().parents[3]
OURS = tuple(f"{ROOT / top}/" for top in ("stories", "moderation", "site"))
MOST = 12
# Asides: middleware and what it calls, the apps, and the scanner of danger: a library, texts in and a verdict out.
ASIDE = ("site/heard/middleware/", "stories/danger/", "stories/pii/", "/apps.py", "/__init__.py")


class Walk:
    """Notes each file of ours in which a function runs, from the view's first line to the row's INSERT."""

    def __init__(self):
        self.files, self.is_on = {}, False

    def __call__(self, frame, event, _arg):
        name = frame.f_code.co_filename
        if event != "call" or not name.startswith(OURS):
            return
        path = name.removeprefix(f"{ROOT}/")
        if path == "stories/intake/views/telling.py" and frame.f_code.co_name == "form":
            self.is_on = True
        if self.is_on and "/middleware/" not in frame.f_back.f_code.co_filename:
            self.files.setdefault(path, set()).add(frame.f_code.co_name)

    def until_the_row(self, execute, sql, *args):
        answer = execute(sql, *args)
        if sql.startswith('INSERT INTO "stories_submission"'):
            self.is_on = False
        return answer


def test_twelve_files_stand_between_the_post_and_the_sealed_row(queue_key, visitor, unhurried):
    fields = TOLD | {"force": "kent", "year": "2024", "consent_publish": "on", "kinds": ["shared"]}
    visitor.check(**fields)
    walk = Walk()
    with connection.execute_wrapper(walk.until_the_row):
        sys.setprofile(walk)
        try:
            visitor.post("/tell/form/", step="send", **fields)
        finally:
            sys.setprofile(None)

    passed = sorted(path for path in walk.files if not any(aside in f"/{path}" for aside in ASIDE))
    assert visitor.code()
    assert len(passed) <= MOST, {path: sorted(walk.files[path]) for path in passed}


SMALL = 5


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(flood_tray, "MOST_KEPT", SMALL)


def flood(count, *, weeks_ago=0):
    """Send that many over the limit; returns each id with its code."""
    came = {}
    for _ in range(count):
        code = receipts.new_code()
        came[receive.receive_account(factories.sent(), receive.Arrival(code, is_flood=True)).pk] = code
    if weeks_ago:
        week = lifecycle.this_week() - timedelta(weeks=weeks_ago)
        Submission.objects.filter(pk__in=came).update(week=week)
    return came


def give_way(monkeypatch, count):
    """Have that many give way to others."""
    monkeypatch.setattr(flood_tray, "MOST_KEPT", flood_tray.flood_with_words().count() - count)
    flood_tray.make_room_for(Submission(is_flood=True))


def test_oldest_give_way_without_a_word_or_key_and_never_what_came_within_the_limits(queue_key, small):
    within = [factories.submission_at("received") for _ in range(2 * SMALL)]
    old = flood(SMALL, weeks_ago=1)

    came = flood(3)

    kept = set(flood_tray.flood_with_words().values_list("pk", flat=True))
    assert set(came) < kept
    assert len(kept & set(old)) == SMALL - 3
    assert SealedText.objects.count() == 2 * (SMALL + len(within))
    gone = Submission.objects.filter(pk__in=set(old) - kept)
    assert len(gone) == 3
    for row in gone:
        assert flood_tray.gave_way(row)
        assert not any((row.texts.exists(), row.public_key, row.key_under_code, row.key_for_queue, row.queue_epoch))
        assert row.erased_on.weekday() == 0
    flood(2 * SMALL)
    assert all(sent(each.code).account for each in within)


@pytest.mark.parametrize("is_declined", [False, True])
def test_what_a_moderator_has_opened_does_not_give_way(alice, small, is_declined):
    """Declined as under 18, say, its page tells who can help, and has to go on telling it until its date."""
    opened = [*flood(SMALL)]
    for row in Submission.objects.filter(pk__in=opened):
        lifecycle.record_event(row, "open", by=alice)
        if is_declined:
            lifecycle.advance(row, "decline", by=alice, reason="under-18")

    flood(3 * SMALL)

    assert flood_tray.flood_with_words().filter(pk__in=opened).count() == SMALL


@pytest.mark.parametrize("is_declined", [False, True])
def test_what_was_declined_as_spam_gives_way_first_and_what_they_came_back_to_last(alice, small, is_declined):
    """We told them that we have their message."""
    came = flood(SMALL - 2, weeks_ago=1)
    for code in came.values():
        messages.write_message(coming_back.open_code(code), "I am real.")
    older, declined = flood(1, weeks_ago=1), flood(1)
    spam = Submission.objects.filter(pk__in=came | declined if is_declined else declined)
    lifecycle.advance_all(spam, "decline", by=alice, reason="flood")

    newest = flood(1)
    assert set(flood_tray.flood_with_words().values_list("pk", flat=True)) == set(came | older | newest)

    flood(3 * SMALL)
    assert set(came) < set(flood_tray.flood_with_words().values_list("pk", flat=True))


def test_neither_a_machine_that_comes_back_with_each_code_nor_drafts_fill_the_disk(queue_key, small):
    for _ in range(2 * SMALL):
        (code,) = flood(1).values()
        messages.write_message(coming_back.open_code(code), "I am a machine.")
    assert flood_tray.flood_with_words().count() == SMALL

    for _ in range(4 * SMALL):
        drafts.keep_draft(factories.sent(), receive.Arrival(receipts.new_code(), is_flood=True))
    assert flood_tray.flood_with_words().count() == SMALL


def test_oldest_that_gave_way_are_forgotten(queue_key, monkeypatch):
    monkeypatch.setattr(flood_tray, "MOST_REMEMBERED", 10)
    monkeypatch.setattr(flood_tray, "_FORGOTTEN_AT_ONCE", 4)
    flood(15)
    give_way(monkeypatch, 10)
    old = list(Submission.objects.exclude(erased_on=None).values_list("pk", flat=True)[:2])
    Submission.objects.filter(pk__in=old).update(erased_on=lifecycle.this_week() - timedelta(weeks=1))

    give_way(monkeypatch, 1)

    assert Submission.objects.count() == 15 - 4
    assert not Submission.objects.filter(pk__in=old).exists()


def test_answer_that_somebody_of_us_gave_is_never_forgotten(alice, monkeypatch):
    monkeypatch.setattr(flood_tray, "MOST_REMEMBERED", 1)
    answered = Submission.objects.get(pk=next(iter(flood(1))))
    lifecycle.record_event(answered, "open", by=alice)
    lifecycle.advance(answered, "decline", by=alice, reason="under-18")
    retention.erase_submission(answered, on=lifecycle.this_week())
    flood(3)

    give_way(monkeypatch, 2)

    assert Submission.objects.filter(erased_on__isnull=False).get() == answered


@pytest.mark.parametrize("most", [2, 40])
def test_full_tray_costs_no_more_queries_however_full_it_is(queue_key, monkeypatch, most):
    monkeypatch.setattr(flood_tray, "MOST_KEPT", most)
    flood(most + 1)
    costs = set()
    for _ in range(30):
        with CaptureQueriesContext(connection) as queries:
            flood(1)
        costs.add(len(queries))

    assert len(costs) == 1
    assert max(costs) <= 24


WIDEST = "\U0001f986"  # four bytes, and no fewer once sealed


def fullest():
    """Every text at its limit in the widest characters, every answer chosen."""
    account = {question.name: WIDEST * question.limit for question in questions.TEXTS}
    asked = [question for question in questions.ASKED if question.kind != "text"]
    answers = {question.name: [option.slug for option in question.options] for question in asked}
    return coming_back.Sent(account, {"version": questions.VERSION, **answers})


def kept_bytes(submission):
    return sum(len(text.box) for text in submission.texts.all())


def test_fullest_account_fits_under_one_code_with_room_for_more_and_longest_draft(queue_key):
    submission = receive.receive_account(fullest(), receive.Arrival(receipts.new_code()))
    assert kept_bytes(submission) <= sealed_store.MOST_UNDER_ONE_CODE / 2

    longest = coming_back.Sent({**fullest().account, "account": WIDEST * (drafts.LONGEST - 10_000)}, fullest().answers)
    kept, _both = drafts.keep_draft(longest, receive.Arrival(receipts.new_code()))
    assert sum(map(len, longest.account.values())) == drafts.LONGEST
    assert kept_bytes(kept) <= sealed_store.MOST_UNDER_ONE_CODE


def test_whole_tray_takes_what_the_documents_say():
    most = flood_tray.MOST_KEPT * sealed_store.MOST_UNDER_ONE_CODE / 1024**2

    assert most == 250
    for name in ("threat-model.md", "runbook.md"):
        assert "250 MiB" in (Path(settings.ROOT) / "docs" / name).read_text()


def test_code_that_writes_without_end_is_told_kindly_and_loses_nothing(queue_key, unhurried, visitor, monkeypatch):
    code = visitor.tell()
    opened = coming_back.open_code(code)
    monkeypatch.setattr(sealed_store, "MOST_UNDER_ONE_CODE", kept_bytes(opened.submission) + 100)
    visitor.press(code, "message", message="One thing more.")
    assert "We have your message" in visitor.text()

    visitor.press(code, "message", message="And another thing, a long one. " * 5)

    assert visitor.response.status_code == 413
    assert "This code can hold no more words" in visitor.text()
    assert "And another thing, a long one." in visitor.text()
    visitor.come_back(code)
    assert "One thing more." in visitor.text()
    assert ACCOUNT in visitor.text()
