"""After one is done, the way to the next: danger, a second reading, what somebody wrote, the oldest new one."""

import pytest
from django.urls import reverse

from moderation import claims
from moderation.queue import lanes
from stories.models import Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(alice):
    return factories.submission_at()


def _next(user, done, beside=frozenset()):
    return lanes.next_row_for(user, beside, after=done)


def test_each_comes_after_what_stands_before_it_in_the_team_s_order(alice, bob, done):
    assert _next(alice, done) is None

    new = factories.submission_at()
    assert _next(alice, done) == new

    wrote = factories.submission_at("published")
    Submission.objects.filter(pk=wrote.pk).update(unopened_since=wrote.week)
    assert _next(alice, done) == wrote

    second = factories.submission_at("prepared", first="bob")
    assert _next(alice, done) == second

    urgent = factories.submission_at()
    assert _next(alice, done, beside=frozenset([urgent.pk])) == urgent


def test_neither_what_a_colleague_has_nor_danger_that_they_opened_is_next(alice, bob, done):
    urgent, in_hand, for_bob = (factories.submission_at() for _ in range(3))
    claims.take_claim(in_hand, by=bob)
    Submission.objects.filter(pk=for_bob.pk).update(meant_for=bob)
    room.see(factories.client_of(alice), "room_read", urgent.pk)

    assert _next(alice, done, beside=frozenset([urgent.pk])) is None


def test_message_of_a_decision_leads_there(alice, done):
    browser, later = factories.client_of(alice), factories.submission_at()
    claims.take_claim(done, by=alice)

    for deed in (
        lambda: room.decide(browser, alice, done, "urgent"),
        lambda: room.write_to(browser, alice, done, "decline", reason="legal", note="Kind words"),
    ):
        deed()
        page = room.text_of(room.see(browser, "room_queue"))
        assert f"Next: {later.short_name}" in page
        assert reverse("room_read", args=[later.pk]) in page
