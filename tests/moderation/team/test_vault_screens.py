"""The vault's screens through their real addresses."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from moderation.models import KeyShare, LogEntry
from moderation.team import keys, rotation, vault, vault_session
from moderation.team.permissions import MODERATORS
from stories.models import Submission
from tests import factories
from tests.moderation.team.changing import is_open, said, text_of, unlock
from tests.vaults import key_of

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_six_words_unlock_the_vault_lead_back_to_where_it_was_needed_and_leave_a_trace(alice):
    client = factories.client_of(alice, unlocked=False)
    back = reverse("vault_rotate")

    response = unlock(client, next=back)

    assert (response.status_code, response.url) == (302, back)
    assert is_open(client)
    assert LogEntry.objects.get(deed="vault.unlock").by == alice
    assert "The vault is open in this browser" in text_of(client.get(reverse("vault_unlock")))


@pytest.mark.slow
def test_wrong_words_open_nothing_and_never_come_back_in_the_page(alice):
    client = factories.client_of(alice, unlocked=False)

    response = unlock(client, "zebra abdomen abdominal abide abiding abilitie")

    assert "Look at word 6" in text_of(response)
    assert "abilitie" not in response.content.decode()
    assert "abiding" not in response.content.decode()
    assert vault_session.COOKIE not in client.cookies
    assert not is_open(client)


def test_next_leads_nowhere_but_into_our_own_admin(alice, monkeypatch):
    monkeypatch.setattr(vault, "unlock_vault", lambda moderator, words: factories.open_vault(moderator))
    elsewhere = ("https://elsewhere.example/admin/", "//elsewhere.example/admin/", "\\\\elsewhere.example/admin/")
    client = factories.client_of(alice, unlocked=False)

    for target in (*elsewhere, "/admin/../tell/", "/admin/%2e%2e/tell/", "/stories/", "javascript:alert(1)", ""):
        assert unlock(client, next=target).url == "/admin/", target


def test_moderator_without_a_key_is_led_to_the_keys(queue_key):
    client = factories.client_of(factories.person("alice", MODERATORS), unlocked=False)

    for name in ("vault_unlock", "vault_rotate"):
        response = client.get(reverse(name))
        assert "You have no key yet." in text_of(response), name
        assert f'href="{reverse("vault_keys")}"' in response.content.decode(), name


def test_eleventh_try_is_told_when_to_come_back_though_its_words_are_right(alice, bob, monkeypatch):
    def refuse(moderator, words):
        raise vault.WrongPassphrase

    monkeypatch.setattr(vault, "unlock_vault", refuse)
    client = factories.client_of(alice, unlocked=False)
    assert [unlock(client).status_code for _ in range(11)] == [200] * 10 + [429]
    monkeypatch.setattr(vault, "unlock_vault", lambda moderator, words: factories.open_vault(moderator))

    late = unlock(client)

    assert late.status_code == 429
    assert re.search(r"try again at \d\d:\d\d", text_of(late))
    assert unlock(factories.client_of(bob, unlocked=False)).status_code == 302
    cache.clear()
    assert unlock(client).status_code == 302


def test_locked_screen_says_what_to_do_and_leads_back(alice):
    response = factories.client_of(alice, unlocked=False).get(reverse("vault_rotate") + "?from=mail")

    assert response.status_code == 403
    assert "Unlock the vault with your six words" in text_of(response)
    assert f"{reverse('vault_unlock')}?next=%2Fadmin%2Fvault%2Frotate%2F%3Ffrom%3Dmail" in response.content.decode()


def test_words_that_met_a_lock_are_shown_again_and_can_be_sent_again(alice, bob):
    client = factories.client_of(alice, unlocked=False)
    typed = {"note": "A line.\nAnother <b>line</b> of it.", "digest": "f" * 64, "step": "save", "title": "Nobody"}

    response = client.post(reverse("vault_admit", args=[key_of(bob).pk]), typed)

    page = response.content.decode()
    assert response.status_code == 403
    assert "\nA line.\nAnother &lt;b&gt;line&lt;/b&gt; of it.</textarea>" in page
    assert "Nobody</textarea>" in page
    assert f'<input type="hidden" name="digest" value="{"f" * 64}">' in page
    assert '<input type="hidden" name="step" value="save">' in page
    assert response["Cache-Control"].startswith("no-store")


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
