"""Coordinators say how it goes at the moment, and contributors read it at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from moderation.team.permissions import COORDINATORS
from stories.core import lifecycle
from stories.models import UsualWait
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(queue_key):
    return factories.client_of(factories.person("carol", COORDINATORS), unlocked=False)


def test_coordinator_sets_it_and_contributors_read_it_at_once(browser):
    back_on = lifecycle.today() + timedelta(days=10)

    room.press(browser, "room_usual_wait", pace="away", back_on=back_on.isoformat())

    assert f"We are away until {back_on.day} {back_on:%B %Y}" in room.text_of(room.reader().get("/tell/", secure=True))
    assert "We are away until" in room.text_of(room.see(browser, "room_usual_wait"))


def test_day_of_return_that_has_passed_is_asked_for_again(browser):
    response = room.press(browser, "room_usual_wait", pace="away", back_on=lifecycle.today().isoformat())

    assert "Choose a day after today" in room.text_of(response)
    assert not UsualWait.objects.exists()


def test_day_of_return_goes_with_away_alone(browser):
    later = lifecycle.today() + timedelta(days=10)

    room.press(browser, "room_usual_wait", pace="slow", back_on=later.isoformat())

    assert UsualWait.objects.values_list("pace", "back_on").get() == ("slow", None)


@pytest.mark.parametrize("pace", ["", "soon", "<b>"])
def test_no_other_words_can_be_set(pace, browser):
    room.press(browser, "room_usual_wait", pace=pace)

    assert not UsualWait.objects.exists()
    with pytest.raises(IntegrityError):
        UsualWait.objects.create(pk=1, pace="soon")


def test_only_a_coordinator_sets_it(alice):
    response = factories.client_of(alice).post("/admin/usual-wait/", {"pace": "slow"})

    assert response.status_code == 403
    assert not UsualWait.objects.exists()
