"""The vault's screens through their real addresses."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import reverse

from moderation.models import LogEntry
from moderation.team import vault, vault_session
from moderation.team.permissions import MODERATORS
from tests import factories
from tests.moderation.team.screens import is_open, text_of, unlock
from tests.vaults import key_of

pytestmark = pytest.mark.django_db


# Unlocking


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


def test_nothing_typed_is_told_kindly(alice):
    assert "Type your six words." in text_of(unlock(factories.client_of(alice, unlocked=False), ""))


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


# Passwords open nothing


@pytest.mark.slow
def test_password_set_by_a_superuser_opens_no_vault(alice):
    root = User.objects.create_superuser("root", "root@heard.example", factories.PASSWORD)
    admin = factories.client_of(root, unlocked=False)
    form = {"username": "alice", "email": "alice@heard.example", "first_name": "A", "last_name": "M", "is_active": "on"}
    form |= {"password1": "a new horse battery", "password2": "a new horse battery"}
    form |= {"groups": [str(group.pk) for group in alice.groups.all()]}

    saved = admin.post(reverse("wagtailusers_users:edit", args=(alice.pk,)), form)
    client = factories.client_of(root, unlocked=False)
    client.post(reverse("wagtailadmin_logout"))
    logged_in = client.post(reverse("wagtailadmin_login"), {"username": "alice", "password": "a new horse battery"})

    assert (saved.status_code, logged_in.status_code) == (302, 302)
    assert client.session["_auth_user_id"] == str(alice.pk)
    factories.log_in(client, User.objects.get(pk=alice.pk))
    assert not is_open(client)
    factories.two_days_pass()
    for words in ("a new horse battery", factories.PASSWORD):
        unlock(client, words)
    assert not is_open(client)
    assert is_open(factories.client_of(User.objects.get(pk=alice.pk)))


def test_superuser_in_no_group_reaches_no_screen_of_the_vault(alice):
    client = factories.client_of(User.objects.create_superuser("root", "", factories.PASSWORD), unlocked=False)

    for name in ("unlock", "keys", "make_key", "words_back", "rotate"):
        assert client.get(reverse(f"vault_{name}")).status_code == 403, name
    for name in ("admit", "stop"):
        assert client.get(reverse(f"vault_{name}", args=[key_of(alice).pk])).status_code == 403, name


# The locked screen


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
