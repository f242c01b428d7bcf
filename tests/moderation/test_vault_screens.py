"""The vault's screens through their real addresses."""

import html
import re
from datetime import timedelta

import nacl.exceptions
import nacl.pwhash
import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from moderation import keys, policies, rotation, vault, vault_door, vault_log
from moderation.models import KeyShare, ModeratorKey
from stories.models import QueueKey, Submission
from stories.telling import sealing
from tests import factories

pytestmark = pytest.mark.django_db


def key_of(user):
    return ModeratorKey.objects.get(moderator=user, is_current=True)


def text_of(response):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def unlock(client, words=factories.WORDS, **form):
    return client.post(reverse("vault_unlock"), {"words": words, **form})


def is_open(client):
    return client.get(reverse("vault_rotate")).status_code == 200


def said(response):
    return html.unescape(" ".join(str(message) for message in response.context["messages"]))


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

    assert ModelLogEntry.objects.get(action=vault_log.UNLOCK).user == alice


@pytest.mark.slow
def test_wrong_words_open_nothing_and_never_come_back_in_the_page(alice):
    client = factories.client_of(alice, unlocked=False)

    response = unlock(client, "zebra abdomen abdominal abide abiding abilitie")

    assert "Look at word 6" in text_of(response)
    assert "abilitie" not in response.content.decode()
    assert "abiding" not in response.content.decode()
    assert vault_door.COOKIE not in client.cookies
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
    monkeypatch.setattr(vault, "unlock", lambda moderator, words: factories.open_vault(moderator))

    assert unlock(factories.client_of(alice, unlocked=False), next=target).url == "/admin/"


def test_moderator_without_a_key_is_led_to_the_keys(queue_key):
    client = factories.client_of(factories.person("alice", policies.MODERATORS), unlocked=False)

    response = client.get(reverse("vault_unlock"))

    assert "You have no key yet." in text_of(response)
    assert f'href="{reverse("vault_keys")}"' in response.content.decode()


def test_moderator_whose_key_waits_is_told_whom_to_ask(queue_key):
    client = factories.client_of(factories.moderator("alice", admitted_days_ago=None), unlocked=False)

    assert "Ask another moderator to admit it" in text_of(client.get(reverse("vault_unlock")))


def test_vault_that_has_not_begun_says_who_begins_it():
    client = factories.client_of(factories.person("alice", policies.MODERATORS), unlocked=False)

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

    monkeypatch.setattr(vault, "unlock", refuse)


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
    monkeypatch.setattr(vault, "unlock", lambda moderator, words: factories.open_vault(moderator))

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
    assert not is_open(client)
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
        assert (response.status_code, response.url) == (302, "/admin/"), name


DOORS = [
    ("vault_unlock", False),
    ("vault_keys", False),
    ("vault_make_key", False),
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
    client = factories.client_of(factories.person("alice", policies.MODERATORS), unlocked=False)

    response = client.get(reverse("vault_rotate"))

    assert response.status_code == 403
    assert "You have no key yet." in text_of(response)
    assert "Go to Keys" in text_of(response)


# Keys


def test_keys_screen_tells_who_may_read_and_agree_since_when_and_by_whom(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    factories.moderator("dora", admitted_days_ago=None)
    factories.person("frank", policies.MODERATORS)
    keys.admit(key_of(bob), by=factories.open_vault(alice), fingerprint=vault.fingerprint(key_of(bob).public))

    page = text_of(factories.client_of(alice).get(reverse("vault_keys")))

    assert re.search(r"alice Opens the vault .* with the paper Yes", page)
    assert re.search(r"bob Opens the vault .* by alice From \w+day", page)
    assert "dora Waits to be admitted" in page
    assert "frank No key yet" in page
    assert vault.fingerprint(factories.queue_pair().public) in page


def test_keys_screen_costs_the_same_for_many_moderators(alice, django_assert_max_num_queries):
    for number in range(8):
        factories.moderator(f"m{number}")
    client = factories.client_of(alice)
    client.get(reverse("vault_keys"))

    with django_assert_max_num_queries(30):
        client.get(reverse("vault_keys"))


def test_coordinator_sees_the_keys_and_stops_one_but_admits_and_unlocks_none(alice, bob):
    charlie = factories.person("charlie", policies.COORDINATORS)
    client = factories.client_of(charlie, unlocked=False)

    assert client.get(reverse("vault_keys")).status_code == 200
    for name, args in (("vault_unlock", []), ("vault_make_key", []), ("vault_admit", [key_of(bob).pk])):
        assert client.get(reverse(name, args=args)).status_code == 302
    client.post(reverse("vault_stop", args=[key_of(bob).pk]))
    assert not keys.is_admitted(key_of(bob))


def test_editor_sees_no_keys():
    client = factories.client_of(factories.person("erin", policies.EDITORS), unlocked=False)

    assert client.get(reverse("vault_keys")).status_code == 302


@pytest.mark.slow
def test_new_key_shows_its_six_words_once_and_is_kept_nowhere(queue_key):
    client = factories.client_of(alice := factories.person("alice", policies.MODERATORS), unlocked=False)

    response = client.post(reverse("vault_make_key"), {"replaces": ""})

    words = response.context["words"]
    assert len(words) == 6
    assert all(f"<code>{word}</code>" in response.content.decode() for word in words)
    assert vault.fingerprint(key_of(alice).public) in text_of(response)
    assert "no-store" in response["Cache-Control"]
    for page in (reverse("vault_keys"), reverse("vault_make_key"), reverse("vault_unlock"), "/admin/"):
        assert " ".join(words) not in text_of(client.get(page))
        assert f"<code>{words[0]}</code>" not in client.get(page).content.decode()


@pytest.mark.slow
def test_page_that_is_sent_twice_does_not_end_the_key_that_was_just_written_down(queue_key):
    client = factories.client_of(alice := factories.person("alice", policies.MODERATORS), unlocked=False)
    client.post(reverse("vault_make_key"), {"replaces": ""})
    made = key_of(alice)

    response = client.post(reverse("vault_make_key"), {"replaces": ""}, follow=True)

    assert key_of(alice) == made
    assert "still good" in said(response)


def test_making_a_key_warns_whoever_holds_the_last_one(alice):
    page = factories.client_of(alice).get(reverse("vault_make_key"))

    assert "only the recovery paper opens the vault" in text_of(page)
    assert f'name="replaces" value="{key_of(alice).pk}"' in page.content.decode()


def test_moderator_admits_a_key_whose_fingerprint_was_read_out(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    client = factories.client_of(alice)
    read_out = vault.fingerprint(key_of(bob).public).upper().replace("-", " ")

    response = client.post(reverse("vault_admit", args=[key_of(bob).pk]), {"fingerprint": read_out}, follow=True)

    assert KeyShare.objects.get(key=key_of(bob)).shared_by == alice
    assert "agree to texts in 48 hours" in said(response)


def test_admit_screen_never_shows_the_fingerprint_that_should_be_asked_for(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    client = factories.client_of(alice)
    address = reverse("vault_admit", args=[key_of(bob).pk])

    asked, wrong = client.get(address), client.post(address, {"fingerprint": "0000-0000-0000-0000"})

    assert "isn't the fingerprint" in text_of(wrong)
    assert not keys.is_admitted(key_of(bob))
    for page in (asked, wrong):
        assert vault.fingerprint(key_of(bob).public) not in page.content.decode()


def test_admitting_needs_an_open_vault(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    form = {"fingerprint": vault.fingerprint(key_of(bob).public)}

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
    keys.admit(key_of(dora), by=factories.open_vault(alice), fingerprint=vault.fingerprint(key_of(dora).public))

    assert "alice admitted the key of dora" in text_of(factories.client_of(bob).get("/admin/"))
    KeyShare.objects.update(admitted_at=timezone.now() - timedelta(hours=49))
    assert "admitted the key of dora" not in text_of(factories.client_of(bob).get("/admin/"))


def test_coordinator_and_editor_see_no_notice_of_keys(alice):
    factories.moderator("dora", admitted_days_ago=0)

    for role in (policies.COORDINATORS, policies.EDITORS):
        client = factories.client_of(factories.person(role.lower(), role), unlocked=False)
        assert "key of dora" not in text_of(client.get("/admin/"))


def test_leaver_deactivated_in_bulk_loses_their_key_and_a_notice_asks_to_rotate(alice, bob):
    root = factories.client_of(User.objects.create_superuser("root", "", factories.PASSWORD), unlocked=False)
    address = reverse("wagtail_bulk_action", args=("auth", "user", "set_active_state"))

    root.post(f"{address}?id={bob.pk}", {"mark_as_active": "False"})

    assert not User.objects.get(pk=bob.pk).is_active
    assert not keys.is_admitted(key_of(bob))
    assert "change the team's key soon" in text_of(factories.client_of(alice).get("/admin/"))


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

    assert "The team's key is changed" in said(last)
    assert not Submission.objects.filter(pk__in=[row.pk for row in submissions]).exclude(queue_epoch=2).exists()
    assert is_open(client)


def test_rotation_says_that_the_server_has_to_be_told_the_new_key(alice, settings):
    settings.QUEUE_KEY_FINGERPRINT = vault.fingerprint(factories.queue_pair().public)

    response = factories.client_of(alice).post(reverse("vault_rotate"), follow=True)

    assert "set QUEUE_KEY_FINGERPRINT to this one" in text_of(response)
    assert vault.fingerprint(vault.current().public) in text_of(response)
