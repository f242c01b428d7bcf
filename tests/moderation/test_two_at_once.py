"""Two people at once: threads and real commits, which a test inside one transaction never makes."""

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections, transaction

from moderation import agreements, claims, decisions, publishing, reading, working_copies
from moderation.models import Agreement, Claim, ReleaseWish, WorkingCopy
from moderation.queue import floods
from moderation.team import permissions
from moderation.team.permissions import Refused, roles_that_may
from stories import apps
from stories.core import lifecycle
from stories.intake import changes as intake_changes, coming_back, final_text, messages
from stories.intake.final_text import ask_for_a_change
from stories.models import Event, Story, Submission
from tests import factories, servers
from tests.moderation import room

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]


@pytest.fixture(autouse=True)
def _lay_what_an_emptied_database_lacks():
    apps.create_defaults()
    permissions.create_groups()


def _at_once(*deeds):
    """Run each deed in a thread of its own, all let go together; returns what each gave or raised."""
    gate, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        gate.wait()
        try:
            results[place] = deed()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def _says_yes(copy, vault):
    check, danger = factories.CLEAR, factories.NO_DANGER
    return lambda: agreements.agree_to_text(copy, copy.digest, vault=vault, check=check, danger=danger)


def test_two_second_readers_at_once_make_one_story(alice, bob, charlie):
    submission = factories.submission_at("received")
    copy = factories.put_forward(submission, by=alice)
    vaults = [factories.open_vault(bob), factories.open_vault(charlie)]
    for reader in (bob, charlie):
        factories.unfold(submission, by=reader)

    results = _at_once(*(_says_yes(copy, vault) for vault in vaults))

    assert sorted(type(result).__name__ for result in results) == ["Refused", "Story"]
    assert Story.objects.count() == 1
    assert Agreement.objects.filter(place="second").count() == 1


def test_yes_and_a_new_version_at_once_never_publish_the_new_one(alice, bob):
    submission = factories.submission_at("received")
    copy = factories.put_forward(submission, by=alice)
    factories.claim(submission, by=alice)
    vault = factories.open_vault(bob)
    factories.unfold(submission, by=bob)

    written = factories.FIELDS | {"text": room.EVIL}
    results = _at_once(_says_yes(copy, vault), lambda: working_copies.save_version(submission, written, by=alice))

    assert sum(isinstance(result, Exception) for result in results) == 1
    agreed, newer = Story.objects.filter(text=factories.FIELDS["text"]), WorkingCopy.objects.filter(number=2)
    assert agreed.count() + newer.count() == 1


def test_of_two_clicks_at_once_one_claims_and_the_other_is_told(alice, bob):
    for person in (alice, bob):
        roles_that_may(person)
    submission = factories.submission_at("received")

    results = _at_once(*(lambda p=p: claims.take_claim(submission, by=p) for p in (alice, bob)))

    winner = Claim.objects.get().holder
    [refused] = [result for result in results if isinstance(result, Refused)]
    assert refused.reason == f"{winner.username} has this in hand at the moment."


def test_of_two_at_once_who_let_a_held_one_go_it_takes_two_people(alice, bob):
    for person in (alice, bob):
        roles_that_may(person)
    submission = factories.submission_at("held")

    same = _at_once(*(lambda: decisions.release_hold(submission, by=alice) for _ in range(2)))
    assert sorted(type(result).__name__ for result in same) == ["Refused", "bool"]
    assert Submission.objects.get().status == "held"
    ReleaseWish.objects.all().delete()

    both = _at_once(*(lambda p=p: decisions.release_hold(submission, by=p) for p in (alice, bob)))
    assert sorted(both) == [False, True]
    assert Submission.objects.get().status == "received"


def _vault_and_page(**changes):
    """A text put forward, its second reader's vault, and what its contributor's page holds."""
    bob = factories.moderator("bob")
    submission = factories.submission_at("prepared", **changes)
    copy = working_copies.newest_copy(factories.unfold(submission, by=bob))
    return copy, factories.open_vault(bob), coming_back.open_code(submission.code)


def test_second_yes_and_a_no_to_publishing_at_once_leave_nothing_up():
    copy, vault, opened = _vault_and_page()
    began = intake_changes.choices_version(opened)

    _at_once(_says_yes(copy, vault), lambda: intake_changes.keep_choices(opened, {}, began=began))

    copy.submission.refresh_from_db()
    assert not Story.objects.filter(status__in=("agreed", "live")).exists()
    assert copy.submission.status == "received" or not Story.objects.get().may_publish


def test_second_yes_and_a_wish_for_a_change_at_once_leave_nothing_up():
    copy, vault, opened = _vault_and_page(consent_ask_again=True)
    final_text.say_yes(opened, copy.digest)

    _at_once(_says_yes(copy, vault), lambda: ask_for_a_change(opened, copy.digest, "Another title, please."))

    copy.submission.refresh_from_db()
    assert copy.submission.status == "received" or Story.objects.get().status == "hidden"


def test_batch_and_a_message_of_danger_at_once_publish_nothing_that_came_after_it(monkeypatch):
    monkeypatch.setattr(publishing, "SMALLEST_BATCH", 1)
    submission = factories.submission_at("agreed")
    opened = coming_back.open_code(submission.code)

    _at_once(publishing.publish_batch, lambda: messages.write_message(opened, "I have the tablets here."))

    deeds = list(Event.objects.filter(deed__in=("publish", "write")).order_by("number").values_list("deed", flat=True))
    assert deeds in (["publish", "write"], ["write"])
    assert Story.objects.filter(status="live").count() == deeds.count("publish")


def test_batch_and_an_opening_at_once_wait_for_each_other_and_never_for_ever(monkeypatch):
    monkeypatch.setattr(publishing, "SMALLEST_BATCH", 1)
    submission = factories.submission_at("agreed")
    messages.write_message(coming_back.open_code(submission.code), "I have the tablets here.")
    vault = factories.open_vault(User.objects.get(username="alice"))

    results = _at_once(publishing.publish_batch, lambda: reading.read_account(submission, vault=vault))

    assert not any(isinstance(result, Exception) for result in results)
    assert not Story.objects.filter(status="live").exists()
    assert Submission.objects.get().status == "received"


def test_events_of_one_submission_at_once_have_numbers_of_their_own(alice):
    submission = factories.submission_at("received")

    results = _at_once(*(lambda: lifecycle.record_event(submission, "open", by=alice) for _ in range(6)))

    assert not any(isinstance(result, Exception) for result in results)
    assert list(submission.events.values_list("number", flat=True)) == list(range(1, 8))


def test_account_that_somebody_claims_at_this_moment_is_not_declined_with_its_flood(alice, bob):
    rows, is_claimed = [factories.submission_at() for _ in range(3)], threading.Event()
    Submission.objects.update(is_flood=True)

    def claim():
        with transaction.atomic():
            claims.take_claim(rows[1], by=bob)
            is_claimed.set()
            # SQLite lets the other not even begin.
            if connection.vendor == "postgresql":
                servers.until(_somebody_waits_for_this)

    def decline():
        is_claimed.wait(60)
        return floods.decline_all([row.pk for row in rows], by=alice)

    assert _at_once(claim, decline) == [None, 2]
    assert Submission.objects.get(status="received").pk == Claim.objects.get().submission_id == rows[1].pk


def _somebody_waits_for_this():
    waits = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
    with connection.cursor() as cursor:
        cursor.execute(waits)
        return cursor.fetchone()[0]
