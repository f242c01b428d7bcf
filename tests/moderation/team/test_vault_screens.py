"""The vault's screens through their real addresses."""

import re

import nacl.exceptions
import nacl.pwhash
import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import reverse

from moderation.models import LogEntry
from moderation.team import vault, vault_session
from moderation.team.permissions import MODERATORS
from stories.crypto import sealing
from stories.models import QueueKey
from tests import factories
from tests.moderation.team.screens import is_open, key_of, text_of, unlock

pytestmark = pytest.mark.django_db


# Unlocking


@pytest.mark.slow
def test_six_words_unlock_the_vault_and_lead_back_to_where_it_was_needed(alice):
    client = factories.client_of(alice, unlocked=False)
    back = reverse("vault_rotate")

    response = unlock(client, next=back)

    assert (response.status_code, response.url) == (302, back)
    assert is_open(client)


@pytest.mark.slow
def test_unlocking_leaves_a_trace(alice):
    unlock(factories.client_of(alice, unlocked=False))

    assert LogEntry.objects.get(deed="vault.unlock").by == alice


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


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/admin/",
        "//elsewhere.example/admin/",
        "/admin/../tell/",
        "/admin/%2e%2e/tell/",
        "/stories/",
        "javascript:alert(1)",
        "\\\\elsewhere.example/admin/",
        "",
    ],
)
def test_next_leads_nowhere_but_into_our_own_admin(alice, target, monkeypatch):
    monkeypatch.setattr(vault, "unlock_vault", lambda moderator, words: factories.open_vault(moderator))

    assert unlock(factories.client_of(alice, unlocked=False), next=target).url == "/admin/"


def test_moderator_without_a_key_is_led_to_the_keys(queue_key):
    client = factories.client_of(factories.person("alice", MODERATORS), unlocked=False)

    response = client.get(reverse("vault_unlock"))

    assert "You have no key yet." in text_of(response)
    assert f'href="{reverse("vault_keys")}"' in response.content.decode()


def test_moderator_whose_key_waits_is_told_whom_to_ask(queue_key):
    client = factories.client_of(factories.moderator("alice", admitted_days_ago=None), unlocked=False)

    assert "Ask another moderator to admit it" in text_of(client.get(reverse("vault_unlock")))


def test_vault_that_has_not_begun_says_who_begins_it():
    client = factories.client_of(factories.person("alice", MODERATORS), unlocked=False)

    assert "vault init" in text_of(client.get(reverse("vault_unlock")))
    assert "vault init" in text_of(client.get(reverse("vault_keys")))


@pytest.mark.slow
def test_swapped_key_stops_everybody_in_plain_words(alice):
    QueueKey.objects.update(public=sealing.new_pair().public)

    assert "Stop, and tell every moderator" in text_of(unlock(factories.client_of(alice, unlocked=False)))


def test_lack_of_memory_is_told_as_what_it_is(alice, monkeypatch):
    def kdf(*args, **limits):
        raise nacl.exceptions.RuntimeError("failed")

    monkeypatch.setattr(nacl.pwhash.argon2id, "kdf", kdf)

    assert "short of memory" in text_of(unlock(factories.client_of(alice, unlocked=False)))


def test_demos_vault_is_refused_by_a_real_site(alice):
    QueueKey.objects.update(made_for_demo=True)

    assert "The demo made this vault" in text_of(
        factories.client_of(alice, unlocked=False).get(reverse("vault_unlock"))
    )


@pytest.fixture
def never_right(monkeypatch):
    def refuse(moderator, words):
        raise vault.WrongPassphrase

    monkeypatch.setattr(vault, "unlock_vault", refuse)


def test_eleventh_try_is_told_when_to_come_back_and_the_account_stays(alice, bob, never_right):
    client = factories.client_of(alice, unlocked=False)

    answers = [unlock(client).status_code for _ in range(11)]

    assert answers == [200] * 10 + [429]
    assert re.search(r"try again at \d\d:\d\d", text_of(unlock(client)))
    assert User.objects.get(pk=alice.pk).is_active
    assert unlock(factories.client_of(bob, unlocked=False)).status_code == 200


def test_right_words_are_not_even_tried_before_the_wait_is_over(alice, never_right, monkeypatch):
    client = factories.client_of(alice, unlocked=False)
    for _ in range(10):
        unlock(client)
    monkeypatch.setattr(vault, "unlock_vault", lambda moderator, words: factories.open_vault(moderator))

    assert unlock(client).status_code == 429
    cache.clear()
    assert unlock(client).status_code == 302


def test_unlock_screen_says_so_when_it_is_open_already(alice):
    response = factories.client_of(alice).get(reverse("vault_unlock"))

    assert "The vault is open in this browser" in text_of(response)
    assert "Lock it" in text_of(response)


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


def test_changing_ones_own_password_opens_no_vault(alice):
    client = factories.client_of(alice, unlocked=False)
    form = {"name_email-first_name": "A", "name_email-last_name": "M", "name_email-email": "alice@heard.example"}
    form |= {
        "password-old_password": factories.PASSWORD,
        "locale-preferred_language": "",
        "locale-current_time_zone": "",
    }
    form |= {"password-new_password1": "a new horse battery", "password-new_password2": "a new horse battery"}
    form |= {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}

    client.post(reverse("wagtailadmin_account"), form | {"theme-keyboard_shortcuts": "on"})

    assert User.objects.get(pk=alice.pk).check_password("a new horse battery")
    assert not is_open(client)


def test_superuser_in_no_group_reaches_no_screen_of_the_vault(alice):
    client = factories.client_of(User.objects.create_superuser("root", "", factories.PASSWORD), unlocked=False)

    for name, args in DOORS:
        response = client.get(reverse(name, args=[key_of(alice).pk] if args else []))
        assert response.status_code == 403, name


DOORS = [
    ("vault_unlock", False),
    ("vault_keys", False),
    ("vault_make_key", False),
    ("vault_words_back", False),
    ("vault_admit", True),
    ("vault_stop", True),
    ("vault_rotate", False),
]


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


def test_locked_screen_of_somebody_without_a_key_leads_to_the_keys(queue_key):
    client = factories.client_of(factories.person("alice", MODERATORS), unlocked=False)

    response = client.get(reverse("vault_rotate"))

    assert response.status_code == 403
    assert "You have no key yet." in text_of(response)
    assert "Go to Keys" in text_of(response)
