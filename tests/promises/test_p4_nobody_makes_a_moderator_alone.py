"""P4, P2: nobody alone makes or becomes the second person; for 48 hours it counts for nothing, and all can stop it."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from moderation.models import Agreement, RightGiven
from moderation.team import keys, second_factor, vault
from moderation.team.permissions import COORDINATORS, EDITORS
from tests import factories, vaults
from tests.moderation import room
from tests.moderation.team import second_step
from tests.moderation.team.changing import ROOMS, bulk, change, groups_of, ids, logged_in, opened, recorded, stop_link
from tests.moderation.team.newcomers import begun, choose, flat, invite, link_in, make_words, set_up, type_back

pytestmark = pytest.mark.django_db

MINE = "a password that carol chose"


@pytest.fixture
def coordinator(alice, bob, carol):
    return factories.client_of(carol, unlocked=False)


def test_coordinator_makes_themself_neither_moderator_nor_editor(coordinator, carol):
    change(coordinator, carol, groups=("Moderators", "Editors", "Coordinators"))

    assert groups_of("carol") == {"Coordinators"}
    assert opened(coordinator) == []
    factories.two_days_pass()
    assert opened(coordinator) == []


def test_puppet_that_a_coordinator_makes_opens_no_room_for_two_days(coordinator, alice):
    both = {"password1": MINE, "password2": MINE, "groups": ids("Moderators", "Editors")}
    coordinator.post(reverse("wagtailusers_users:add"), {"username": "puppet"} | both)
    puppet = logged_in("puppet", MINE)

    assert groups_of("puppet") == {"Moderators", "Editors"}
    assert opened(puppet) == []
    did = ("add a person", "put in Editors", "put in Moderators")
    assert sorted(recorded("puppet")) == [(deed, "carol") for deed in did]
    assert "carol: made them a moderator" in flat(factories.client_of(alice).get("/admin/"))

    factories.two_days_pass()
    assert opened(puppet) == list(ROOMS)


@pytest.fixture
def puppet_invited(coordinator):
    newcomer = begun(link_in(invite(coordinator, "puppet")))
    choose(newcomer, MINE)
    set_up(newcomer)
    type_back(newcomer, make_words(newcomer))
    return User.objects.get(username="puppet")


def test_puppet_who_comes_by_an_invitation_waits_as_long(puppet_invited):
    assert opened(logged_in("puppet", MINE)) == []
    factories.two_days_pass()
    assert opened(logged_in("puppet", MINE)) == list(ROOMS)


def test_puppet_whose_key_is_admitted_reads_nothing_and_loses_it_when_stopped(puppet_invited, alice):
    key = vaults.key_of(puppet_invited)
    keys.admit_key(key, by=factories.open_vault(alice), fingerprint=vault.key_fingerprint(key.public))
    puppet = logged_in("puppet", MINE)
    factories.unlock(puppet, key.moderator)

    assert opened(puppet) == []
    assert room.see(puppet, "room_read", factories.submission_at("prepared", first="alice").pk).status_code == 403

    factories.client_of(alice).post(stop_link(factories.client_of(alice).get("/admin/")))
    assert not keys.is_admitted(key)


def test_moderators_password_that_somebody_else_set_opens_no_account_for_two_days(coordinator, alice, bob):
    submission = factories.submission_at("prepared", first="bob")
    second_step.set_up(alice)
    change(coordinator, alice, groups=("Moderators",), password1=MINE, password2=MINE)
    assert User.objects.get(pk=alice.pk).check_password(MINE)
    # As if the second step, the six words and the vault's cookie had fallen into the same hands.
    taken = logged_in("alice", MINE)
    factories.unlock(taken, User.objects.get(pk=alice.pk))

    assert opened(taken) == []
    assert room.see(taken, "room_read", submission.pk).status_code == 403
    assert room.agree(taken, submission).status_code == 403
    assert not Agreement.objects.filter(by=alice).exists()
    assert recorded("alice") == [("set a password", "carol")]
    notice = flat(factories.client_of(bob).get("/admin/"))
    assert "alice reaches no account before" in notice
    assert "carol did: set their password" in notice

    factories.two_days_pass()
    factories.unlock(taken, User.objects.get(pk=alice.pk))
    assert opened(taken) == list(ROOMS)
    assert room.see(taken, "room_second", submission.pk).status_code == 200


def test_second_step_that_was_taken_away_opens_no_account_for_two_days(coordinator, alice, bob):
    second_step.set_up(alice)
    room.press(coordinator, "room_reset_second_factor", alice.pk)
    assert second_factor.phone_of(alice) is None
    taken = logged_in("alice", factories.PASSWORD)

    assert opened(taken) == []
    assert recorded("alice") == [("reset a second factor", "carol")]
    assert "carol did: took their second step away" in flat(factories.client_of(bob).get("/admin/"))

    factories.two_days_pass()
    assert opened(taken) == list(ROOMS)


def test_coordinator_whose_log_in_a_colleague_took_over_gives_no_rights_for_two_days(coordinator):
    dora = factories.person("dora", COORDINATORS)
    change(coordinator, dora, groups=("Coordinators",), password1=MINE, password2=MINE)
    taken = logged_in("dora", MINE)

    change(taken, User.objects.get(username="carol"), groups=("Coordinators", "Moderators"))
    taken.post(bulk("assign_role", "carol"), {"role": ids("Moderators")[0]})
    room.press(taken, "room_reset_second_factor", User.objects.get(username="alice").pk)
    taken.post(reverse("wagtailusers_users:add"), {"username": "puppet", "password1": MINE, "password2": MINE})

    assert groups_of("carol") == {"Coordinators"}
    assert not User.objects.filter(username="puppet").exists()
    assert recorded("alice") == recorded("carol") == []


@pytest.mark.parametrize("who", ["alice", "carol"])
def test_moderator_or_coordinator_stops_a_new_moderator_before_it_counts(coordinator, alice, who):
    erin = factories.person("erin", EDITORS)
    change(coordinator, erin, groups=("Moderators", "Editors"))
    link = stop_link(factories.client_of(alice).get("/admin/"))

    factories.client_of(User.objects.get(username=who), unlocked=who == "alice").post(link)

    factories.two_days_pass()
    assert groups_of("erin") == {"Editors"}
    assert opened(logged_in("erin", factories.PASSWORD)) == []
    assert {("take out of Moderators", who), ("stop a right", who)} <= {*recorded("erin")}


def test_stopped_password_opens_nothing_any_more(coordinator, alice, bob):
    change(coordinator, alice, groups=("Moderators",), password1=MINE, password2=MINE)
    taken = logged_in("alice", MINE)

    factories.client_of(bob).post(stop_link(factories.client_of(bob).get("/admin/")))

    factories.two_days_pass()
    assert "_auth_user_id" not in taken.session
    assert not User.objects.get(pk=alice.pk).has_usable_password()
    assert second_factor.phone_of(alice) is None
    assert not RightGiven.objects.exists()
    assert ("stop a right", "bob") in recorded("alice")
