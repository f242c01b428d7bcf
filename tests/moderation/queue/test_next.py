"""What comes next: shown without a word of it, another one instead, or enough for today."""

import pytest
from django.urls import reverse

from moderation import claims
from moderation.models import Claim
from stories.models import Event
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


def test_next_one_is_shown_and_not_opened_and_a_second_reading_unfolded_from_there(alice, bob, browser):
    submission = factories.submission_at("received", account="A telling account")

    page = room.text_of(room.see(browser, "room_next"))

    assert (submission.short_name in page, "A telling account" in page) == (True, False)
    assert not Event.objects.filter(deed="open").exists()
    assert not Claim.objects.exists()
    factories.put_forward(submission, by=alice)
    assert reverse("room_unfold", args=[submission.pk]) in room.text_of(room.see(factories.client_of(bob), "room_next"))


def test_another_is_another_one_until_none_is_left(browser):
    factories.submission_at("received"), factories.submission_at("received")
    seen, address = [], reverse("room_next")
    for _ in range(2):
        response = browser.get(address)
        seen.append(response.context["row"].pk)
        address = f"{reverse('room_next')}?skip={response.context['skip']}"

    assert len(set(seen)) == 2
    assert "Nothing else waits for you" in room.text_of(browser.get(address))
    assert browser.get(f"{reverse('room_next')}?skip=no,{'0' * 40},").status_code == 200


@pytest.mark.store
def test_next_asks_the_database_twenty_times_at_most_however_many_wait(browser):
    room.see(browser, "room_next")
    for _ in range(200):
        factories.submission_at("received")

    assert len(room.queries_of(room.see, browser, "room_next")) <= 20


def test_enough_for_today_hands_on_what_is_open_and_keeps_an_exercise(alice, bob, browser):
    mine, colleagues = (factories.submission_at("received") for _ in range(2))
    claims.take_claim(mine, by=alice)
    claims.take_claim(colleagues, by=bob)

    response = room.press(browser, "room_enough")

    assert "Thank you." in room.text_of(browser.get(response.url))
    assert [claim.holder for claim in Claim.objects.all()] == [bob]
