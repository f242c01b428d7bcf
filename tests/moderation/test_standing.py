"""A first yes, or a first wish, counts only while whoever gave it works here, holds a key and knows nobody in it."""

from datetime import timedelta

import pytest

from moderation import agreements, conflict_of_interest, decisions, publishing
from moderation.models import ModeratorKey, PutBack
from moderation.team import keys, rights
from moderation.team.permissions import COORDINATORS, Refused
from stories.core import lifecycle
from stories.models import Story, Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


def know_somebody(submission, alice, bob):
    conflict_of_interest.declare_conflict(submission, by=alice)


def leave(submission, alice, bob):
    rights.change_colleague(rights.LEAVE, alice, by=factories.person("carol", COORDINATORS))


def lose_the_key(submission, alice, bob):
    keys.stop_key(ModeratorKey.objects.get(moderator=alice), by=bob)


happened = pytest.mark.parametrize("happens", [know_somebody, leave, lose_the_key])


@happened
def test_nobody_agrees_after_a_first_yes_that_nobody_stands_by(alice, bob, happens):
    submission = factories.submission_at("prepared")
    happens(submission, alice, bob)

    with pytest.raises(Refused, match="stand by it"):
        factories.agree(submission, by=bob)

    assert not Story.objects.exists()
    assert "stand by it" in room.text_of(room.see(factories.client_of(bob), "room_second", submission.pk))


def test_colleague_puts_it_forward_anew(alice, bob, charlie):
    submission = factories.submission_at("prepared")
    leave(submission, alice, bob)

    agreements.send_back(submission, "Alice has left us.", by=bob)
    factories.put_forward(submission, by=charlie)

    assert factories.agree(submission, by=bob).first_reader == charlie


@happened
def test_wish_to_put_a_story_back_counts_no_longer(alice, bob, happens):
    story = factories.live_story()
    publishing.take_down(story, by=alice)
    publishing.put_back(story, vault=factories.open_vault(alice))
    happens(story.submission, alice, bob)

    assert not publishing.put_back(story, vault=factories.open_vault(bob))

    assert PutBack.objects.get().asked_by == bob
    assert Story.objects.get().status == "hidden"


@happened
def test_wish_to_let_a_held_one_go_counts_no_longer(alice, bob, happens):
    submission = factories.submission_at("received")
    factories.claim(submission, by=alice)
    later = lifecycle.today() + timedelta(days=30)
    decisions.hold_account(submission, look_again_on=later, by=alice, reason="legal")
    decisions.release_hold(submission, by=alice)
    happens(submission, alice, bob)

    assert not decisions.release_hold(submission, by=bob)

    assert Submission.objects.get().status == "held"
