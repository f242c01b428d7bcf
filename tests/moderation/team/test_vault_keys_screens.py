"""The Keys screen and what hangs on it, through their real addresses."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from moderation.models import KeyShare
from moderation.team import keys, rotation, vault
from moderation.team.permissions import MODERATORS
from stories.models import Submission
from tests import factories
from tests.moderation.team.screens import is_open, said, text_of
from tests.vaults import key_of

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


def test_coordinator_sees_the_keys_and_stops_one_but_admits_and_unlocks_none(alice, bob, carol):
    client = factories.client_of(carol, unlocked=False)

    assert client.get(reverse("vault_keys")).status_code == 200
    for name, args in (("vault_unlock", []), ("vault_make_key", []), ("vault_admit", [key_of(bob).pk])):
        assert client.get(reverse(name, args=args)).status_code == 403
    client.post(reverse("vault_stop", args=[key_of(bob).pk]))
    assert not keys.is_admitted(key_of(bob))


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
def test_new_words_are_typed_back_once_and_open_nothing_and_a_page_sent_twice_ends_no_key(queue_key):
    client = factories.client_of(alice := factories.person("alice", MODERATORS), unlocked=False)
    shown = client.post(reverse("vault_make_key"), {"replaces": ""})
    made, words, address = key_of(alice), shown.context["words"], reverse("vault_words_back")
    assert f'href="{address}"' in shown.content.decode()

    twice = client.post(reverse("vault_make_key"), {"replaces": ""}, follow=True)
    wrong = client.post(address, {"words": " ".join(words[::-1])})
    right = client.post(address, {"words": " ".join(words)}, follow=True)

    assert "still good" in said(twice)
    assert key_of(alice) == made
    assert wrong.context["form"].errors
    assert "Your paper is right" in said(right)
    assert not is_open(client)


def test_whoever_holds_the_last_key_is_warned_before_they_make_another_or_it_is_stopped(alice):
    client = factories.client_of(alice)
    page, asked = client.get(reverse("vault_make_key")), client.get(reverse("vault_stop", args=[key_of(alice).pk]))

    assert "only the recovery paper opens the vault" in text_of(page)
    assert f'name="replaces" value="{key_of(alice).pk}"' in page.content.decode()
    assert "This is the only key that opens the vault" in text_of(asked)
    assert keys.is_admitted(key_of(alice))


def test_moderator_admits_a_key_whose_fingerprint_was_read_out_and_never_shown(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    client, address = factories.client_of(alice), reverse("vault_admit", args=[key_of(bob).pk])
    fingerprint = vault.key_fingerprint(key_of(bob).public)

    asked, wrong = client.get(address), client.post(address, {"fingerprint": "0000-0000-0000-0000"})

    assert "isn’t the fingerprint" in text_of(wrong)
    assert not keys.is_admitted(key_of(bob))
    for page in (asked, wrong):
        assert fingerprint not in page.content.decode()
    right = client.post(address, {"fingerprint": fingerprint.upper().replace("-", " ")}, follow=True)
    assert KeyShare.objects.get(key=key_of(bob)).shared_by == alice
    assert "agree to texts in 48 hours" in said(right)


# Notices


def test_every_moderator_sees_on_the_home_page_that_a_key_was_admitted_and_nobody_else(alice, bob, carol):
    dora = factories.moderator("dora", admitted_days_ago=None)
    keys.admit_key(key_of(dora), by=factories.open_vault(alice), fingerprint=vault.key_fingerprint(key_of(dora).public))

    assert "alice admitted the key of dora" in text_of(factories.client_of(bob).get("/admin/"))
    assert "key of dora" not in text_of(factories.client_of(carol, unlocked=False).get("/admin/"))
    KeyShare.objects.update(admitted_at=timezone.now() - timedelta(hours=49))
    assert "admitted the key of dora" not in text_of(factories.client_of(bob).get("/admin/"))


def test_leaver_deactivated_in_bulk_loses_their_key_and_a_notice_asks_to_rotate(alice, bob):
    root = factories.client_of(User.objects.create_superuser("root", "", factories.PASSWORD), unlocked=False)
    address = reverse("wagtail_bulk_action", args=("auth", "user", "set_active_state"))

    root.post(f"{address}?id={bob.pk}", {"mark_as_active": "False"})

    assert not User.objects.get(pk=bob.pk).is_active
    assert not keys.is_admitted(key_of(bob))
    assert "change the team’s key soon" in text_of(factories.client_of(alice).get("/admin/"))


# Rotating


def test_rotation_from_the_screen_goes_on_in_batches_until_nothing_is_left(alice, bob, settings, monkeypatch):
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
    settings.QUEUE_KEY_FINGERPRINT = vault.key_fingerprint(factories.queue_pair().public)
    assert "set QUEUE_KEY_FINGERPRINT to this one" in text_of(client.get(reverse("vault_rotate")))
