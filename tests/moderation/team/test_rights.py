"""What changes somebody's part, key or log-in, by whichever screen: it is written down, waits, or is refused."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import LogContext

from moderation import claims
from moderation.models import KeyShare, ModeratorKey, RightGiven
from moderation.team import keys, permissions, second_factor, vault, vault_session
from moderation.team.permissions import COORDINATORS, EDITORS, MODERATORS, roles_that_may
from stories.intake import retention
from stories.models import QueueKey, Submission
from tests import factories, vaults
from tests.moderation import room
from tests.moderation.team import second_step
from tests.moderation.team.changing import bulk, change, groups_of, ids, recorded, said
from tests.moderation.team.newcomers import flat
from tests.moderation.team.second_step import new_browser, reaches
from tests.record_of_room import logged
from tests.vaults import key_of, opened_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def erin(alice):
    return factories.person("erin", EDITORS)


def now_is(name):
    """Somebody as the next request finds them."""
    return User.objects.get(username=name)


def roles(name):
    return set(permissions.roles_that_may(now_is(name)))


def test_no_page_of_ones_own_nor_the_list_changes_a_group_of_whoever_asks(coordinator, carol, root, erin):
    for name in ("carol", "root"):
        browser, before = factories.client_of(now_is(name), unlocked=False), groups_of(name)
        answer = browser.post(bulk("assign_role", name, "erin"), {"role": ids("Moderators")[0]}, follow=True)
        assert "nobody gives themself a right" in flat(answer)
        for groups in (("Moderators", "Coordinators", "Editors"), ()):
            assert change(browser, now_is(name), groups=groups).status_code == 302
        assert (groups_of(name), recorded(name)) == (before, [])
    assert groups_of("erin") == {"Editors"}

    form = {"name_email-email": "c@heard.example", "groups": ids("Moderators"), "name_email-groups": ids("Moderators")}
    form |= {"locale-preferred_language": "", "locale-current_time_zone": ""}
    form |= {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    assert coordinator.post(reverse("wagtailadmin_account"), form).status_code == 302
    assert now_is("carol").email == "c@heard.example"
    # Nor does a coordinator make a group.
    for name, args in (("edit", ids("Coordinators")), ("add", [])):
        address = reverse(f"wagtailusers_groups:{name}", args=args)
        assert coordinator.post(address, {"name": "Moderators 2", "user_set": [carol.pk]}).url == "/admin/"
    assert groups_of("carol") == {"Coordinators"}
    assert not Group.objects.filter(name="Moderators 2").exists()


def test_no_code_that_acts_for_somebody_changes_their_own_groups(carol):
    moderators, coordinators = (Group.objects.get(name=name) for name in ("Moderators", "Coordinators"))
    ways = (
        lambda: carol.groups.add(moderators),
        lambda: moderators.user_set.add(carol),
        lambda: carol.groups.remove(coordinators),
        lambda: carol.groups.clear(),
        lambda: carol.groups.set([moderators]),
    )

    for way in ways:
        with LogContext(user=carol), pytest.raises(PermissionDenied), transaction.atomic():
            way()
        assert groups_of("carol") == {"Coordinators"}


def test_record_has_each_change_with_who_did_it(coordinator, alice, erin):
    change(coordinator, erin, groups=("Moderators",), password1=factories.WORDS, password2=factories.WORDS)
    coordinator.post(bulk("assign_role", "erin", "alice"), {"role": ids("Editors")[0]})
    coordinator.post(bulk("set_active_state", "erin"), {"mark_as_active": "False"})
    coordinator.post(bulk("set_active_state", "erin"), {"mark_as_active": "True"})
    change(coordinator, alice, groups=("Moderators", "Editors"), is_active="")

    assert sorted(recorded("erin")) == [
        ("bring back", "carol"),
        ("put in Editors", "carol"),
        ("put in Moderators", "carol"),
        ("set a password", "carol"),
        ("take out of Editors", "carol"),
        ("write down a leaver", "carol"),
    ]
    assert {("put in Editors", "carol"), ("write down a leaver", "carol")} <= {*recorded("alice")}


def test_own_password_a_log_in_and_an_unchanged_form_write_nothing_down(coordinator, alice, settings):
    change(coordinator, alice, groups=("Moderators",), first_name="Alice")
    with LogContext(user=alice):
        alice.set_password(factories.WORDS)
        alice.save()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", *settings.PASSWORD_HASHERS]
    before = now_is("alice").password
    factories.client_of(alice).post(reverse("wagtailadmin_login"), {"username": "alice", "password": factories.WORDS})

    assert now_is("alice").check_password(factories.WORDS)
    assert now_is("alice").password != before
    assert recorded("alice") == []
    assert not RightGiven.objects.exists()


def test_key_of_somebody_whose_log_in_a_colleague_changed_is_not_admitted(coordinator, alice):
    zed = factories.moderator("zed", admitted_days_ago=None)
    change(coordinator, zed, groups=("Moderators",), password1=factories.WORDS, password2=factories.WORDS)
    key = ModeratorKey.objects.get(moderator=zed)

    answer = room.press(factories.client_of(alice), "vault_admit", key.pk, fingerprint="0000")

    assert "zed can do this from" in flat(answer)
    assert not KeyShare.objects.filter(key=key).exists()
    with pytest.raises(CommandError, match="second_step trust zed"):
        call_command("vault", "admit", "zed", by="alice", fingerprint="0000")


def test_whoever_waits_reads_on_their_start_screen_from_when_they_are_in(coordinator, alice, bob):
    room.press(coordinator, "room_reset_second_factor", alice.pk)
    browser = factories.client_of(now_is("alice"))

    for address in ("/admin/", reverse("room_queue")):
        assert "alice can do this from" in flat(browser.get(address))
    panels = browser.get("/admin/").context["panels"]
    assert [panel.permission for panel in panels if hasattr(panel, "says")] == [""]


def test_first_team_does_not_wait(carol):
    QueueKey.objects.all().delete()
    browser = factories.client_of(carol, unlocked=False)
    # Alice came by an invitation, and has made her key; the vault begins later.
    alice = factories.moderator("alice", admitted_days_ago=None)
    change(browser, factories.person("bob"), groups=("Moderators",))
    assert roles("alice") == roles("bob") == {"Moderators"}

    # Nor does the first moderator wait, where the vault began before anybody came.
    factories.queue_key()
    ModeratorKey.objects.filter(moderator=alice).delete()
    change(browser, factories.person("dora"), groups=("Moderators",))
    assert roles("dora") == {"Moderators"}


def test_what_waited_is_forgotten_once_it_counts_and_not_stopped_any_more(coordinator, erin, alice):
    change(coordinator, erin, groups=("Moderators",))
    retention.run_retention()
    right = RightGiven.objects.get()

    factories.two_days_pass()

    assert roles("erin") == {"Moderators"}
    assert room.press(factories.client_of(alice), "room_stop_right", right.pk).status_code == 404
    assert not logged("stop a right")
    retention.run_retention()
    assert not RightGiven.objects.exists()


def test_machine_gives_at_once_or_ends_a_wait_which_is_written_down_and_told(coordinator, alice, erin):
    erin.groups.add(Group.objects.get(name="Moderators"))
    erin.set_password(factories.WORDS)
    erin.save()
    assert roles("erin") == {"Editors", "Moderators"}
    assert sorted(recorded("erin")) == [("put in Moderators", None), ("set a password", None)]
    assert "On the server: made them a moderator" in flat(factories.client_of(alice).get("/admin/"))

    room.press(coordinator, "room_reset_second_factor", alice.pk)
    assert roles("alice") == set()
    call_command("second_step", "trust", "alice")
    assert roles("alice") == {"Moderators"}
    assert sorted(recorded("alice")) == [("reset a second factor", "carol"), ("trust", None)]
    with pytest.raises(CommandError):
        call_command("second_step", "trust", "nobody")

    # With a password of the machine's she is herself again.
    change(coordinator, alice, groups=("Moderators",), password1=factories.WORDS, password2=factories.WORDS)
    assert roles("alice") == set()
    hers = now_is("alice")
    hers.set_password("another long battery staple")
    hers.save()
    assert roles("alice") == {"Moderators"}


def test_stopping_is_asked_first_and_nobody_stops_what_they_were_given(coordinator, alice):
    dora = factories.person("dora", COORDINATORS)
    change(coordinator, dora, groups=("Coordinators", "Moderators"))
    # Being put into a group leaves what somebody was before.
    assert roles("dora") == {"Coordinators"}
    right = RightGiven.objects.get(person=dora)
    doras = factories.client_of(now_is("dora"), unlocked=False)

    assert "Stop what was done for dora?" in flat(room.see(factories.client_of(alice), "room_stop_right", right.pk))
    assert "A colleague stops this for you" in flat(room.see(doras, "room_stop_right", right.pk).client.get("/admin/"))
    room.press(doras, "room_stop_right", right.pk)
    assert groups_of("dora") == {"Coordinators", "Moderators"}
    page = flat(room.see(coordinator, "room_person", dora.pk))
    assert "because of what carol did: made them a moderator" in page


def _set_active(user, is_active):
    user.is_active = is_active
    user.save()


LEAVING = {
    "deactivated": lambda user: _set_active(user, False),
    "removed from the group": lambda user: user.groups.remove(Group.objects.get(name=MODERATORS)),
    "given other groups": lambda user: user.groups.set(Group.objects.filter(name=EDITORS)),
    "taken out of all groups": lambda user: user.groups.clear(),
    "removed by the group": lambda user: Group.objects.get(name=MODERATORS).user_set.remove(user),
    "deactivated with others": lambda user: factories.client_of(now_is("root"), unlocked=False).post(
        bulk("set_active_state", user.username), {"mark_as_active": "False"}
    ),
}


@pytest.mark.parametrize("way", LEAVING)
def test_leaver_loses_share_and_claims_and_a_notice_asks_to_rotate(alice, bob, root, way):
    his, hers = (factories.submission_at("received") for _ in range(2))
    claims.take_claim(his, by=bob)
    claims.take_claim(hers, by=alice)
    # Joining another group costs a moderator nothing.
    alice.groups.add(Group.objects.get(name=COORDINATORS))
    alice.save()
    assert not keys.should_rotate()

    LEAVING[way](bob)

    assert (keys.is_admitted(key_of(bob)), keys.is_admitted(key_of(alice))) == (False, True)
    assert keys.should_rotate()
    claims.take_claim(his, by=alice)
    assert {claim.submission for claim in claims.claims_of(alice)} == {his, hers}
    # Whoever comes back is admitted again before they read.
    _set_active(bob := now_is("bob"), True)
    bob.groups.add(Group.objects.get(name=MODERATORS))
    with pytest.raises(vault.NotShared):
        opened_by(bob)


def _form(name, **more):
    return {"username": name, "email": f"{name}@heard.example", "first_name": name.title(), "is_active": "on"} | more


def test_coordinator_changes_and_adds_people_and_makes_or_ends_no_administrator(coordinator, root):
    erin, other = factories.person("erin"), factories.person("other", is_superuser=True, is_staff=True)
    add, passwords = reverse("wagtailusers_users:add"), dict.fromkeys(("password1", "password2"), "one of their own")
    assert coordinator.get(add).status_code == 200

    coordinator.post(_edit(erin), _form("erin", is_superuser="on", groups=ids(EDITORS)))
    coordinator.post(add, _form("new", is_superuser="on", **passwords))
    coordinator.post(_edit(root), _form("root", **passwords))
    coordinator.post(f"/admin/users/copy/{root.pk}/", _form("root", **passwords))
    coordinator.post(bulk("set_active_state", "root"), {"mark_as_active": "False"})
    factories.client_of(root, unlocked=False).post(_edit(other), _form("other"))

    now = now_is("root")
    assert now.check_password(factories.PASSWORD)
    assert (now.first_name, now.is_active) == (root.first_name, True)
    assert set(User.objects.filter(is_superuser=True)) == {root, other}
    # An administrator still changes another.
    assert [now_is(name).first_name for name in ("erin", "new", "other")] == ["Erin", "New", "Other"]


def _edit(user):
    return reverse("wagtailusers_users:edit", args=[user.pk])


def test_superuser_deletes_nobody_nor_a_group_that_code_asks_for_nor_renames_one(root):
    plain, browser = factories.person("plain"), factories.client_of(root, unlocked=False)
    ours, other = Group.objects.get(name=MODERATORS), Group.objects.create(name="Trustees")

    for group in (ours, other):
        browser.post(reverse("wagtailusers_groups:delete", args=[group.pk]))
    pages = {f"page_permissions-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    renamed = browser.post(reverse("wagtailusers_groups:edit", args=[ours.pk]), {"name": "Readers"} | pages)
    deleted = browser.post(reverse("wagtailusers_users:delete", args=[plain.pk]), follow=True)
    browser.post(bulk("delete", "plain"))

    assert Group.objects.filter(name=MODERATORS).exists()
    assert not Group.objects.filter(name="Trustees").exists()
    assert "stays, and is called so" in room.text_of(renamed)
    assert User.objects.filter(pk=plain.pk).exists()
    assert "Make plain inactive instead" in room.text_of(deleted)


def test_list_says_how_each_key_and_second_step_stands_and_counts_nobodys_work(alice, carol, erin, root):
    factories.moderator("eve", admitted_days_ago=1)
    factories.moderator("zed", admitted_days_ago=None)

    people = room.see(factories.client_of(alice), "room_people").context["people"]

    assert {person["user"].username: (person["key"], person["has_factor"]) for person in people} == {
        "alice": ("Reads and agrees", True),
        "eve": ("Reads; agrees once 48 hours have passed", False),
        "zed": ("Waits to be admitted", False),
        **dict.fromkeys(("carol", "erin", "root"), ("No key", False)),
    }


def test_when_somebody_last_logged_in_is_for_the_administrator_alone(alice, carol, root):
    User.objects.filter(pk=alice.pk).update(last_login="2020-02-03T04:05:00Z")
    index, everybody = reverse("wagtailusers_users:index"), ["alice", "carol", "root"]
    early = {"last_login_to": "2021-01-01"}

    def listed(person, asked):
        page = factories.client_of(person, unlocked=False).get(index, asked)
        return "Last login" in page.content.decode(), [row.username for row in page.context["object_list"]]

    assert listed(root, {}) == (True, everybody)
    assert listed(root, early) == (True, ["alice"])
    # Nor does a filter or an order tell it.
    for asked in ({}, early, {"ordering": "-last_login"}, {"ordering": "last_login"}):
        assert listed(carol, asked) == (False, everybody), asked


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
