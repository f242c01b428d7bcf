"""A flood fills a tray of one size: the oldest give way, and their codes say what happened."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stories.core import lifecycle, sealed_store
from stories.crypto import receipts
from stories.intake import coming_back, drafts, flood_tray, messages, questions, receive, retention
from stories.models import SealedText, Submission
from tests import factories
from tests.stories.intake.visiting import ACCOUNT, TOLD, sent

pytestmark = [pytest.mark.django_db, pytest.mark.store]
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
        assert not row.texts.exists()
        assert not any((row.public_key, row.key_under_code, row.key_for_queue))
        assert row.queue_epoch is None
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


def test_code_of_what_gave_way_says_so_and_its_form_is_taken_under_another(queue_key, unhurried, visitor, monkeypatch):
    code = visitor.tell(leave_empty="https://spam.example")
    with monkeypatch.context() as full:
        full.setattr(flood_tray, "MOST_KEPT", 1)
        flood(1)
    assert flood_tray.gave_way(receive.sent_before(code))

    visitor.come_back(code)
    for words in ("We could not keep this", "in the middle of a flood", "Please tell us again"):
        assert words in visitor.text()

    visitor.press_send_again(code)
    assert visitor.box("account") == ACCOUNT
    visitor.post("/tell/form/", step="send", **TOLD)

    assert visitor.code() not in ("", code)
    assert sent(visitor.code()).account["account"] == ACCOUNT


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
