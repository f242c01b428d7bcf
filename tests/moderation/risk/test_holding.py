"""What is held: two days that its contributor is told, two people to let it go, and a warning before it ends."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from moderation import claims, decisions
from moderation.models import ReleaseWish
from moderation.queue import floods, lanes
from moderation.team.permissions import Refused
from stories.core import lifecycle
from stories.core.retention_days import LONGEST_KEPT
from stories.intake import coming_back, status_page
from stories.models import Event, Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


def in_days(days):
    return lifecycle.today() + timedelta(days=days)


@pytest.fixture
def submission(alice, bob, charlie):
    found = factories.submission_at("received", case="court")
    claims.take_claim(found, by=alice)
    decisions.hold_account(found, look_again_on=in_days(60), keep_until=in_days(200), reason="legal", by=alice)
    return found


def letting_go(user, submission):
    return room.decide(factories.client_of(user), user, submission, "release")


def test_both_days_are_chosen_on_the_page_told_to_the_contributor_and_it_comes_back(alice):
    found = factories.submission_at("received")
    claims.take_claim(found, by=alice)
    days = {"look_again_on": in_days(9).isoformat(), "keep_until": in_days(100).isoformat()}

    room.decide(factories.client_of(alice), alice, found, "hold", reason="legal", **days)

    code = found.code
    found.refresh_from_db()
    assert (found.status, found.look_again_on, found.erase_on) == ("held", in_days(9), in_days(100))
    said = status_page.standing_of(coming_back.open_code(code)).comes_next
    assert f"again on {status_page._day(in_days(9))}" in said
    assert f"keep it until {status_page._day(in_days(100))} at the longest" in said
    assert "Held until now: look again" not in home_of(alice)
    Submission.objects.update(look_again_on=lifecycle.today())
    assert re.search(f"Held until now: look again.*{found.short_name}", home_of(alice), re.DOTALL)


def test_one_person_holds_it_longer_and_it_ends_no_sooner_than_told_within_3_years(submission, alice):
    claims.take_claim(submission, by=alice)
    days = {"look_again_on": in_days(90).isoformat(), "keep_until": in_days(120).isoformat()}

    response = room.decide(factories.client_of(alice), alice, submission, "hold-longer", reason="legal", **days)

    submission.refresh_from_db()
    assert response.status_code == 302
    assert (submission.status, submission.look_again_on) == ("held", in_days(90))
    assert submission.erase_on == in_days(200)
    assert Event.objects.filter(submission=submission, deed="hold again").exists()
    claims.take_claim(submission, by=alice)
    latest = submission.week + LONGEST_KEPT
    for keep_until, says in ((in_days(89), "at least 30 days"), (latest + timedelta(days=1), "more than three years")):
        with pytest.raises(Refused, match=says):
            decisions.hold_account(submission, look_again_on=in_days(60), keep_until=keep_until, by=alice)
    decisions.hold_account(submission, look_again_on=in_days(60), keep_until=latest, by=alice)
    assert submission.erase_on == latest


def test_first_one_asks_and_a_second_who_reads_that_lets_it_go(submission, alice, bob, charlie):
    # A wish ends where somebody holds it for longer.
    decisions.release_hold(submission, by=charlie)
    claims.take_claim(submission, by=alice)
    decisions.hold_account(submission, look_again_on=in_days(90), by=alice)
    letting_go(bob, submission)
    again = room.text_of(letting_go(bob, submission))
    assert "A second person lets it go" in again
    assert Submission.objects.get().status == "held"
    assert ReleaseWish.objects.get().asked_by == bob
    page = room.text_of(room.see(factories.client_of(charlie), "room_decide", submission.pk, "release"))
    assert "bob has asked to let it go" in page

    letting_go(charlie, submission)

    submission.refresh_from_db()
    assert (submission.status, submission.look_again_on) == ("received", None)
    assert not ReleaseWish.objects.exists()
    deeds = Event.objects.filter(deed__in=("ask to release", "release")).values_list("deed", "by__username")
    assert list(deeds) == [("ask to release", "charlie"), ("ask to release", "bob"), ("release", "charlie")]


def home_of(user, **options):
    return room.text_of(factories.client_of(user, **options).get(reverse("wagtailadmin_home")))


def test_team_is_warned_fourteen_days_before_erasing_and_moderators_are_led_to_it(submission, bob, carol):
    address = reverse("room_read", args=[submission.pk])

    for days, person, is_led in ((14, carol, False), (14, bob, True), (1, bob, True), (15, bob, True)):
        Submission.objects.update(erase_on=in_days(days))
        is_warned = days <= 14
        page = home_of(person, unlocked=is_led)
        warning = "Held, and erased within 14 days" if is_led else "unless a moderator holds it for longer"
        assert (warning in page) == is_warned
        assert (submission.short_name in page) == (is_warned or not is_led)
        assert (address in page) == (is_warned and is_led)

    Submission.objects.update(status="received", look_again_on=None)
    assert submission not in lanes.ending_soon()


def test_decline_as_flood_is_no_way_past_the_second_person(submission, alice, browser):
    Submission.objects.filter(pk=submission.pk).update(is_flood=True)
    claims.take_claim(submission, by=alice)
    room.write_to(browser, alice, submission, "decline", reason="flood")
    factories.ten_minutes_pass()

    page = room.text_of(room.decide(browser, alice, submission, "back-in-tray"))
    floods.put_all_back(click=Event.objects.filter(deed="decline").latest("pk").pk, by=alice)

    assert "It was held when it was declined" in page
    assert Submission.objects.get().status == "declined"
