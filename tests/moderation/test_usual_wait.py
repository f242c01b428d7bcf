"""Coordinators say how it goes at the moment, and contributors read it at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from stories.core import lifecycle
from stories.models import UsualWait
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(carol):
    return factories.client_of(carol, unlocked=False)


def test_coordinator_sets_it_and_contributors_read_it_at_once(browser):
    back_on = lifecycle.today() + timedelta(days=10)

    room.press(browser, "room_usual_wait", pace="away", back_on=back_on.isoformat())

    assert f"We are away until {back_on.day} {back_on:%B %Y}" in room.text_of(room.reader().get("/tell/", secure=True))
    assert "We are away until" in room.text_of(room.see(browser, "room_usual_wait"))


def test_day_of_return_goes_with_away_alone_and_is_yet_to_come(browser):
    past = room.press(browser, "room_usual_wait", pace="away", back_on=lifecycle.today().isoformat())
    assert "Choose a day after today" in room.text_of(past)
    assert not UsualWait.objects.exists()

    room.press(browser, "room_usual_wait", pace="slow", back_on=(lifecycle.today() + timedelta(days=10)).isoformat())

    assert UsualWait.objects.values_list("pace", "back_on").get() == ("slow", None)


def test_no_other_words_can_be_set(browser):
    for pace in ("", "soon", "<b>"):
        room.press(browser, "room_usual_wait", pace=pace)
        assert not UsualWait.objects.exists()
    with pytest.raises(IntegrityError):
        UsualWait.objects.create(pk=1, pace="soon")
