"""All that can happen to people and keys, each with the browsers of two people, and the page that says what to do."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse

from moderation import claims
from moderation.team import keys, second_factor, vault, vault_session
from moderation.team.permissions import COORDINATORS, MODERATORS, roles_that_may
from stories.models import Submission
from tests import factories, vaults
from tests.moderation import room
from tests.moderation.team import second_step
from tests.moderation.team.changing import said
from tests.moderation.team.newcomers import flat
from tests.moderation.team.second_step import new_browser, reaches
from tests.record_of_room import logged

pytestmark = pytest.mark.django_db

SEALED = "vault_rotate"


def change_teams_key(browser):
    return browser.post(reverse(SEALED), follow=True)


def test_leaver_is_out_at_the_next_click_and_brought_back_without_a_key(alice, bob, coordinator):
    submission, back = factories.submission_at("received"), reverse("room_bring_back", args=[bob.pk])
    alices, bobs = factories.client_of(alice), factories.client_of(bob)
    assert reaches(bobs, SEALED)

    gone = coordinator.post(reverse("room_leave", args=[bob.pk]), follow=True)

    assert "bob can’t log in any more" in said(gone)
    assert bobs.get(reverse(SEALED)).url.startswith(reverse("wagtailadmin_login"))
    assert not keys.is_admitted(vaults.key_of(bob))
    assert "change the team’s key soon" in flat(alices.get("/admin/"))
    assert back in room.text_of(room.see(coordinator, "room_person", bob.pk))
    assert alices.post(back).status_code == 403

    done = coordinator.post(back, follow=True)

    assert "bob can log in again" in said(done)
    bob.refresh_from_db()
    assert bob.is_active
    assert not keys.is_admitted(vaults.key_of(bob))
    for name in ("room_people", "vault_keys"):
        assert "Stopped; waits to be admitted again" in flat(room.see(coordinator, name))
    assert logged("bring back", "bob")
    assert not roles_that_may(bob)
    factories.two_days_pass()
    assert roles_that_may(User.objects.get(pk=bob.pk)) == {MODERATORS}
    assert "They can log in already." in said(coordinator.post(back, follow=True))

    assert "the team’s key is changed" in flat(change_teams_key(alices))
    submission.refresh_from_db()
    assert submission.queue_epoch_id == 2
    assert not keys.should_rotate()


def test_nobody_ends_their_own_part_or_second_step_nor_an_administrators(carol, coordinator):
    root = factories.person("root", COORDINATORS, is_superuser=True)
    factories.log_in(new_browser(), root)

    for user in (carol, root):
        coordinator.post(reverse("room_leave", args=[user.pk]))
        refused = coordinator.post(reverse("room_reset_second_factor", args=[user.pk]), follow=True)
        assert "second step away" in said(refused) or "for an administrator" in said(refused)
        user.refresh_from_db()
        assert user.is_active
        assert second_factor.phone_of(user) is not None
    assert "Take their second step away" not in room.text_of(room.see(coordinator, "room_person", carol.pk))


def test_press_that_hurts_asks_first_and_says_how_much_is_in_hand(alice, bob, coordinator):
    second_step.set_up(bob)
    claims.take_claim(factories.submission_at("received"), by=bob)

    for name in ("room_leave", "room_reset_second_factor", "room_end_sessions", "vault_stop"):
        key = vaults.key_of(bob).pk if name == "vault_stop" else bob.pk
        page = room.see(coordinator, name, key)
        assert "They have 1 account in hand." in flat(page), name
    bob.refresh_from_db()
    assert bob.is_active
    assert second_factor.phone_of(bob) is not None
    assert keys.is_admitted(vaults.key_of(bob))
    # Wrong codes after a right password are told on the person's page.
    for _ in range(7):
        second_factor.is_right_code(bob, second_step.wrong_code(bob))
    assert "7 wrong codes in a row" in flat(room.see(factories.client_of(alice), "room_person", bob.pk))


def test_only_coordinators_lost_second_step_is_taken_away_on_the_server(carol, coordinator):
    said_so = StringIO()
    call_command("second_step", "reset", "carol", stdout=said_so)

    assert "carol sets up another second step" in said_so.getvalue()
    assert second_factor.phone_of(carol) is None
    assert not reaches(coordinator)
    entry = logged("reset a second factor")[0]
    assert (entry.item, entry.who) == ("carol", None)
    status = StringIO()
    call_command("second_step", "status", stdout=status)
    assert "carol: not yet" in status.getvalue()
    with pytest.raises(CommandError):
        call_command("second_step", "reset", "nobody")


def test_suspected_break_in_ends_the_intruders_session_and_key(alice, bob):
    alices, intruder = factories.client_of(alice), factories.client_of(bob)
    assert reaches(intruder, SEALED)

    alices.post(reverse("vault_stop", args=[vaults.key_of(bob).pk]))
    assert not reaches(intruder, SEALED)
    alices.post(reverse("room_end_sessions", args=[bob.pk]))

    assert intruder.get("/admin/").url.startswith(reverse("wagtailadmin_login"))
    assert "the team’s key is changed" in flat(change_teams_key(alices))
    assert not keys.is_admitted(vaults.key_of(bob))
    assert logged("end sessions", "bob")[0].who == "alice"


def test_teams_key_is_changed_in_batches_and_sessions_then_hold_the_new_one_alone(alice, bob, monkeypatch, settings):
    monkeypatch.setattr("moderation.team.rotation.AT_ONCE", 1)
    submissions = [factories.submission_at("received").pk for _ in range(2)]
    alices, bobs = factories.client_of(alice), factories.client_of(bob)
    first = change_teams_key(alices)
    assert "1 account still stands on the old key" in said(first)
    assert "Go on" in flat(first)
    assert not reaches(bobs, SEALED)
    factories.unlock(bobs, bob, vaults.opened_by(bob))
    assert held_in(bobs) == held_in(alices) == {1, 2}

    last = change_teams_key(bobs)
    assert reaches(alices, SEALED)

    assert "the team’s key is changed" in flat(last)
    assert held_in(bobs) == held_in(alices) == {2}
    assert Submission.objects.filter(pk__in=submissions, queue_epoch=2).count() == 2
    settings.QUEUE_KEY_FINGERPRINT = vault.key_fingerprint(factories.queue_pair().public)
    assert "set QUEUE_KEY_FINGERPRINT to this one" in flat(alices.get(reverse(SEALED)))


def held_in(browser):
    """The epochs whose private half the session of this browser still holds."""
    held = vault_session._unsealed(browser.session["vault_box"], browser.cookies[vault_session.COOKIE].value)
    return {int(epoch) for epoch in held["keys"]}
