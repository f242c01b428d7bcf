from datetime import timedelta

import pytest
from django.utils import timezone

from moderation import claims
from moderation.facts import load_facts
from moderation.models import Claim
from moderation.policies.access import why_not_claim
from moderation.team.permissions import Refused
from stories.intake import retention
from tests import factories
from tests.moderation import room

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def submission(queue_key):
    return factories.submission_at("received")


def test_who_claims_first_has_it_until_they_hand_it_on_and_the_next_is_told(submission, alice, bob, browser):
    claims.take_claim(submission, by=alice)
    with pytest.raises(Refused, match="alice has this in hand"):
        claims.take_claim(submission, by=bob)
    of_bob = factories.client_of(bob)
    click = of_bob.post(f"/admin/queue/{submission.pk}/claim/", follow=True, secure=True)
    assert click.status_code == 200
    assert "alice has this in hand at the moment." in room.text_of(click)
    room.press(of_bob, "room_hand_on", submission.pk)
    assert Claim.objects.get().holder == alice

    room.press(browser, "room_hand_on", submission.pk)

    assert why_not_claim(load_facts(submission, bob)) is None
    assert not Claim.objects.exists()


def test_claim_that_ended_is_gone_with_the_next_work_of_anybody(
    submission, alice, bob, django_capture_on_commit_callbacks
):
    other = factories.submission_at("received")
    claims.take_claim(submission, by=alice)
    Claim.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with django_capture_on_commit_callbacks(execute=True):
        claims.take_claim(other, by=bob)

    # Its end is half an hour after alice's last work: a minute beside a submission.
    assert list(Claim.objects.values_list("submission", "holder")) == [(other.pk, bob.pk)]
    Claim.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    claims.take_claim(other, by=alice)
    assert other.claim.holder == alice, "it ended by itself"
    Claim.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    retention.run_retention()
    assert not Claim.objects.exists()


def test_work_renews_a_claim_and_a_colleagues_look_does_not(submission, alice, bob):
    claims.take_claim(submission, by=alice)
    soon = timezone.now() + timedelta(minutes=1)
    Claim.objects.update(expires_at=soon)
    room.see(factories.client_of(bob), "room_read", submission.pk)
    assert Claim.objects.get().expires_at == soon

    room.see(factories.client_of(alice), "room_read", submission.pk)

    assert Claim.objects.get().expires_at > timezone.now() + timedelta(minutes=29)
