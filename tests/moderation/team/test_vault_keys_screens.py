"""The Keys screen and what hangs on it, through their real addresses."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from moderation.models import KeyShare
from moderation.team import keys, rotation, vault
from moderation.team.permissions import COORDINATORS, EDITORS, MODERATORS
from stories.models import Submission
from tests import factories
from tests.moderation.team.screens import is_open, key_of, said, text_of

pytestmark = pytest.mark.django_db


def test_keys_screen_tells_who_may_read_and_agree_since_when_and_by_whom(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    factories.moderator("dora", admitted_days_ago=None)
    factories.person("frank", MODERATORS)
    keys.admit_key(key_of(bob), by=factories.open_vault(alice), fingerprint=vault.key_fingerprint(key_of(bob).public))

    page = text_of(factories.client_of(alice).get(reverse("vault_keys")))

    assert re.search(r"alice Opens the vault .* with the paper Yes", page)
    assert re.search(r"bob Opens the vault .* by alice From \w+day", page)
    assert "dora Waits to be admitted" in page
    assert "frank No key yet" in page
    assert vault.key_fingerprint(factories.queue_pair().public) in page


def test_keys_screen_costs_the_same_for_many_moderators(alice, django_assert_max_num_queries):
    for number in range(8):
        factories.moderator(f"m{number}")
    client = factories.client_of(alice)
    client.get(reverse("vault_keys"))

    with django_assert_max_num_queries(30):
        client.get(reverse("vault_keys"))


def test_coordinator_sees_the_keys_and_stops_one_but_admits_and_unlocks_none(alice, bob):
    charlie = factories.person("charlie", COORDINATORS)
    client = factories.client_of(charlie, unlocked=False)

    assert client.get(reverse("vault_keys")).status_code == 200
    for name, args in (("vault_unlock", []), ("vault_make_key", []), ("vault_admit", [key_of(bob).pk])):
        assert client.get(reverse(name, args=args)).status_code == 403
    client.post(reverse("vault_stop", args=[key_of(bob).pk]))
    assert not keys.is_admitted(key_of(bob))


def test_editor_sees_no_keys():
    client = factories.client_of(factories.person("erin", EDITORS), unlocked=False)

    assert client.get(reverse("vault_keys")).status_code == 403


@pytest.mark.slow
def test_new_key_shows_its_six_words_once_and_is_kept_nowhere(queue_key):
    client = factories.client_of(alice := factories.person("alice", MODERATORS), unlocked=False)

    response = client.post(reverse("vault_make_key"), {"replaces": ""})

    words = response.context["words"]
    assert len(words) == 6
    assert all(f"<code>{word}</code>" in response.content.decode() for word in words)
    assert vault.key_fingerprint(key_of(alice).public) in text_of(response)
    assert "no-store" in response["Cache-Control"]
    for page in (reverse("vault_keys"), reverse("vault_make_key"), reverse("vault_unlock"), "/admin/"):
        assert " ".join(words) not in text_of(client.get(page))
        assert f"<code>{words[0]}</code>" not in client.get(page).content.decode()


@pytest.mark.slow
def test_page_that_is_sent_twice_does_not_end_the_key_that_was_just_written_down(queue_key):
    client = factories.client_of(alice := factories.person("alice", MODERATORS), unlocked=False)
    client.post(reverse("vault_make_key"), {"replaces": ""})
    made = key_of(alice)

    response = client.post(reverse("vault_make_key"), {"replaces": ""}, follow=True)

    assert key_of(alice) == made
    assert "still good" in said(response)


@pytest.mark.slow
def test_new_words_are_typed_back_once_and_open_nothing(queue_key):
    client = factories.client_of(factories.person("alice", MODERATORS), unlocked=False)
    shown = client.post(reverse("vault_make_key"), {"replaces": ""})
    address = reverse("vault_words_back")
    assert f'href="{address}"' in shown.content.decode()
    words = shown.context["words"]

    wrong = client.post(address, {"words": " ".join(words[::-1])})
    right = client.post(address, {"words": " ".join(words)}, follow=True)

    assert wrong.context["form"].errors
    assert "Your paper is right" in said(right)
    assert not is_open(client)


def test_making_a_key_warns_whoever_holds_the_last_one(alice):
    page = factories.client_of(alice).get(reverse("vault_make_key"))

    assert "only the recovery paper opens the vault" in text_of(page)
    assert f'name="replaces" value="{key_of(alice).pk}"' in page.content.decode()


def test_moderator_admits_a_key_whose_fingerprint_was_read_out(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    client = factories.client_of(alice)
    read_out = vault.key_fingerprint(key_of(bob).public).upper().replace("-", " ")

    response = client.post(reverse("vault_admit", args=[key_of(bob).pk]), {"fingerprint": read_out}, follow=True)

    assert KeyShare.objects.get(key=key_of(bob)).shared_by == alice
    assert "agree to texts in 48 hours" in said(response)


def test_admit_screen_never_shows_the_fingerprint_that_should_be_asked_for(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    client = factories.client_of(alice)
    address = reverse("vault_admit", args=[key_of(bob).pk])

    asked, wrong = client.get(address), client.post(address, {"fingerprint": "0000-0000-0000-0000"})

    assert "isn’t the fingerprint" in text_of(wrong)
    assert not keys.is_admitted(key_of(bob))
    for page in (asked, wrong):
        assert vault.key_fingerprint(key_of(bob).public) not in page.content.decode()


def test_admitting_needs_an_open_vault(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    form = {"fingerprint": vault.key_fingerprint(key_of(bob).public)}

    response = factories.client_of(alice, unlocked=False).post(reverse("vault_admit", args=[key_of(bob).pk]), form)

    assert response.status_code == 403
    assert not keys.is_admitted(key_of(bob))


def test_stop_screen_asks_first_and_says_when_it_is_the_last_key(alice):
    page = factories.client_of(alice).get(reverse("vault_stop", args=[key_of(alice).pk]))

    assert "This is the only key that opens the vault" in text_of(page)
    assert keys.is_admitted(key_of(alice))


# Notices


def test_every_moderator_sees_on_the_home_page_that_a_key_was_admitted(alice, bob):
    dora = factories.moderator("dora", admitted_days_ago=None)
    keys.admit_key(key_of(dora), by=factories.open_vault(alice), fingerprint=vault.key_fingerprint(key_of(dora).public))

    assert "alice admitted the key of dora" in text_of(factories.client_of(bob).get("/admin/"))
    KeyShare.objects.update(admitted_at=timezone.now() - timedelta(hours=49))
    assert "admitted the key of dora" not in text_of(factories.client_of(bob).get("/admin/"))


def test_coordinator_and_editor_see_no_notice_of_keys(alice):
    factories.moderator("dora", admitted_days_ago=0)

    for role in (COORDINATORS, EDITORS):
        client = factories.client_of(factories.person(role.lower(), role), unlocked=False)
        assert "key of dora" not in text_of(client.get("/admin/"))


def test_leaver_deactivated_in_bulk_loses_their_key_and_a_notice_asks_to_rotate(alice, bob):
    root = factories.client_of(User.objects.create_superuser("root", "", factories.PASSWORD), unlocked=False)
    address = reverse("wagtail_bulk_action", args=("auth", "user", "set_active_state"))

    root.post(f"{address}?id={bob.pk}", {"mark_as_active": "False"})

    assert not User.objects.get(pk=bob.pk).is_active
    assert not keys.is_admitted(key_of(bob))
    assert "change the team’s key soon" in text_of(factories.client_of(alice).get("/admin/"))


# Rotating


def test_rotation_from_the_screen_goes_on_in_batches_until_nothing_is_left(alice, bob, monkeypatch):
    monkeypatch.setattr(rotation, "AT_ONCE", 2)
    submissions = [factories.submission_at("received") for _ in range(3)]
    client, theirs = factories.client_of(alice), factories.client_of(bob)

    first = client.post(reverse("vault_rotate"), follow=True)
    assert "1 account still stands on the old key" in said(first)
    assert "Go on" in text_of(first)
    assert not is_open(theirs)
    last = client.post(reverse("vault_rotate"), follow=True)

    assert "the team’s key is changed" in text_of(last)
    assert not Submission.objects.filter(pk__in=[row.pk for row in submissions]).exclude(queue_epoch=2).exists()
    assert is_open(client)


def test_rotation_says_that_the_server_has_to_be_told_the_new_key(alice, settings):
    settings.QUEUE_KEY_FINGERPRINT = vault.key_fingerprint(factories.queue_pair().public)

    response = factories.client_of(alice).post(reverse("vault_rotate"), follow=True)

    assert "set QUEUE_KEY_FINGERPRINT to this one" in text_of(response)
    assert vault.key_fingerprint(vault.current_queue_key().public) in text_of(response)
