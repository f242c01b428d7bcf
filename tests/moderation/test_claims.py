import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from moderation import claims, policies
from moderation.errors import Refused
from moderation.models import Claim
from stories.models import Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(queue_key):
    return factories.submission_at("received")


def test_who_claims_first_has_it_and_the_next_is_told(submission, alice, bob):
    claims.take(submission, by=alice)

    with pytest.raises(Refused, match="alice has this in hand"):
        claims.take(submission, by=bob)


def test_claim_ends_by_itself_after_half_an_hour(submission, alice, bob):
    claims.take(submission, by=alice)
    Claim.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    claims.take(submission, by=bob)

    assert submission.claim.holder == bob


def test_work_renews_a_claim(submission, alice):
    claims.take(submission, by=alice)
    Claim.objects.update(expires_at=timezone.now() + timedelta(minutes=1))

    room.see(factories.client_of(alice), "room_read", submission.pk)

    assert Claim.objects.get().expires_at > timezone.now() + timedelta(minutes=29)


def test_somebody_elses_look_renews_nothing(submission, alice, bob):
    claims.take(submission, by=alice)
    soon = timezone.now() + timedelta(minutes=1)
    Claim.objects.update(expires_at=soon)

    room.see(factories.client_of(bob), "room_read", submission.pk)

    assert Claim.objects.get().expires_at == soon


def test_handed_on_it_is_free_for_everybody(submission, alice, bob):
    browser = factories.client_of(alice)
    room.press(browser, "room_claim", submission.pk)

    room.press(browser, "room_hand_on", submission.pk)

    assert policies.why_not_claim(submission, bob) is None
    assert not Claim.objects.exists()


def test_nobody_hands_on_what_somebody_else_has(submission, alice, bob):
    claims.take(submission, by=alice)

    room.press(factories.client_of(bob), "room_hand_on", submission.pk)

    assert Claim.objects.get().holder == alice


def test_second_click_gets_a_friendly_notice(submission, alice, bob):
    claims.take(submission, by=alice)

    response = factories.client_of(bob).post(f"/admin/queue/{submission.pk}/claim/", follow=True, secure=True)

    assert response.status_code == 200
    assert "alice has this in hand at the moment." in room.text_of(response)


@pytest.mark.parametrize("status", ["agreed", "declined", "counted", "published"])
def test_what_is_decided_is_not_claimed(alice, bob, status):
    submission = factories.submission_at(status)

    with pytest.raises(Refused, match="nothing left to work on"):
        claims.take(submission, by=alice)


def test_draft_is_nobodys_to_claim_or_read(submission, alice):
    Submission.objects.update(status="draft")
    browser = factories.client_of(alice)

    assert room.press(browser, "room_claim", submission.pk).status_code == 404
    assert room.see(browser, "room_read", submission.pk).status_code == 404


# Threads see each other's rows only once they are committed, which no test inside one transaction does.
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_one_wins():
    alice, bob = factories.moderator("alice"), factories.moderator("bob")
    people = [alice, bob]
    for person in people:
        policies.roles(person)
        person._heard_roles = frozenset({policies.MODERATORS})
    submission = factories.submission_at("received")
    gate, results = threading.Barrier(2), []

    def click(person):
        gate.wait()
        try:
            results.append(claims.take(submission, by=person).holder)
        except Refused as refused:
            results.append(refused.reason)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    [winner] = [result for result in results if result in people]
    assert Claim.objects.get().holder == winner
    assert f"{winner.username} has this in hand at the moment." in results
