"""The vault: what it refuses to open, its screens at their real addresses, and the open one between two requests."""

import re

import nacl.exceptions
import nacl.pwhash
import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.base import UpdateError
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import Page

from moderation.models import KeyShare, LogEntry, ModeratorKey
from moderation.team import keys, rotation, vault, vault_session
from moderation.team.permissions import MODERATORS, Refused
from stories.crypto import sealing
from stories.models import QueueKey
from tests import factories
from tests.moderation import room
from tests.moderation.team.changing import is_open, said, unlock
from tests.moderation.team.newcomers import flat
from tests.moderation.team.second_step import new_browser
from tests.stories.intake.visiting import raising
from tests.vaults import key_of, opened_by

pytestmark = pytest.mark.django_db


def test_six_words_unlock_the_vault_and_lead_back_and_wrong_ones_never_come_back(alice):
    client, back = factories.client_of(alice, unlocked=False), reverse("vault_rotate")

    wrong = unlock(client, "zebra abdomen abdominal abide abiding abilitie")

    assert "Look at word 6" in flat(wrong)
    for word in ("abilitie", "abiding"):
        assert word not in room.text_of(wrong)
    assert vault_session.COOKIE not in client.cookies
    assert not is_open(client)

    response = unlock(client, next=back)

    assert (response.status_code, response.url) == (302, back)
    assert is_open(client)
    assert LogEntry.objects.get(deed="vault.unlock").by == alice
    assert "The vault is open in this browser" in flat(client.get(reverse("vault_unlock")))
    cookie = client.cookies[vault_session.COOKIE]
    # Out of reach of scripts, other sites and public pages.
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Strict")
    assert (cookie["path"], cookie["max-age"], cookie["expires"]) == ("/admin/", "", "")


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
        assert "You have no key yet." in flat(response), name
        assert f'href="{reverse("vault_keys")}"' in response.content.decode(), name


def test_eleventh_try_is_told_when_to_come_back_though_its_words_are_right(alice, bob, monkeypatch):
    monkeypatch.setattr(vault, "unlock_vault", raising(vault.WrongPassphrase()))
    client = factories.client_of(alice, unlocked=False)
    assert [unlock(client).status_code for _ in range(11)] == [200] * 10 + [429]
    monkeypatch.setattr(vault, "unlock_vault", lambda moderator, words: factories.open_vault(moderator))

    assert re.search(r"try again at \d\d:\d\d", flat(unlock(client)))
    assert unlock(factories.client_of(bob, unlocked=False)).status_code == 302
    cache.clear()
    assert unlock(client).status_code == 302


def test_locked_screen_leads_back_and_gives_words_that_met_it_back_to_be_sent_again(alice, bob):
    client = factories.client_of(alice, unlocked=False)
    typed = {"note": "A line.\nAnother <b>line</b> of it.", "digest": "f" * 64, "step": "save", "title": "Nobody"}

    asked = client.get(reverse("vault_rotate") + "?from=mail")
    posted = client.post(reverse("vault_admit", args=[key_of(bob).pk]), typed)

    assert (asked.status_code, posted.status_code) == (403, 403)
    assert "Unlock the vault with your six words" in flat(asked)
    assert f"{reverse('vault_unlock')}?next=%2Fadmin%2Fvault%2Frotate%2F%3Ffrom%3Dmail" in room.text_of(asked)
    for words in (
        "\nA line.\nAnother &lt;b&gt;line&lt;/b&gt; of it.</textarea>",
        "Nobody</textarea>",
        f'<input type="hidden" name="digest" value="{"f" * 64}">',
        '<input type="hidden" name="step" value="save">',
    ):
        assert words in room.text_of(posted), words
    assert posted["Cache-Control"].startswith("no-store")


def test_keys_screen_tells_who_may_read_and_agree_since_when_and_by_whom(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    factories.moderator("dora", admitted_days_ago=None)
    factories.person("frank", MODERATORS)
    keys.admit_key(key_of(bob), by=factories.open_vault(alice), fingerprint=vault.key_fingerprint(key_of(bob).public))

    page = flat(factories.client_of(alice).get(reverse("vault_keys")))

    assert re.search(r"alice Opens the vault .* with the paper Yes", page)
    assert re.search(r"bob Opens the vault .* by alice From \w+day", page)
    assert "dora Waits to be admitted" in page
    assert "frank No key yet" in page
    assert vault.key_fingerprint(factories.queue_pair().public) in page


def test_new_keys_six_words_are_shown_once_typed_back_and_a_page_twice_ends_no_key(queue_key):
    client = factories.client_of(alice := factories.person("alice", MODERATORS), unlocked=False)

    shown = client.post(reverse("vault_make_key"), {"replaces": ""})

    made, words, address = key_of(alice), shown.context["words"], reverse("vault_words_back")
    assert len(words) == 6
    assert all(f"<code>{word}</code>" in room.text_of(shown) for word in words)
    assert vault.key_fingerprint(made.public) in flat(shown)
    assert "no-store" in shown["Cache-Control"]
    for page in (reverse("vault_keys"), reverse("vault_make_key"), reverse("vault_unlock"), "/admin/"):
        assert " ".join(words) not in flat(client.get(page))
        assert f"<code>{words[0]}</code>" not in room.text_of(client.get(page))
    assert f'href="{address}"' in room.text_of(shown)

    twice = client.post(reverse("vault_make_key"), {"replaces": ""}, follow=True)
    wrong, right = (client.post(address, {"words": " ".join(typed)}, follow=True) for typed in (words[::-1], words))

    assert "still good" in said(twice)
    assert key_of(alice) == made
    assert wrong.context["form"].errors
    assert "Your paper is right" in said(right)
    assert not is_open(client)


def test_holder_of_the_last_key_is_warned_before_making_another_or_stopping_it(alice):
    client = factories.client_of(alice)
    page, asked = client.get(reverse("vault_make_key")), client.get(reverse("vault_stop", args=[key_of(alice).pk]))

    assert "only the recovery paper opens the vault" in flat(page)
    assert f'name="replaces" value="{key_of(alice).pk}"' in page.content.decode()
    assert "This is the only key that opens the vault" in flat(asked)
    assert keys.is_admitted(key_of(alice))


def test_moderator_admits_a_key_whose_fingerprint_was_read_out_and_never_shown(alice):
    bob = factories.moderator("bob", admitted_days_ago=None)
    client, address = factories.client_of(alice), reverse("vault_admit", args=[key_of(bob).pk])
    fingerprint = vault.key_fingerprint(key_of(bob).public)

    asked, wrong = client.get(address), client.post(address, {"fingerprint": "0000-0000-0000-0000"})

    assert "isn’t the fingerprint" in flat(wrong)
    assert not keys.is_admitted(key_of(bob))
    assert not [page for page in (asked, wrong) if fingerprint in room.text_of(page)]
    right = client.post(address, {"fingerprint": fingerprint.upper().replace("-", " ")}, follow=True)
    assert "alice admitted the key of bob" in flat(client.get("/admin/"))
    assert KeyShare.objects.get(key=key_of(bob)).shared_by == alice
    assert "agree to texts in 48 hours" in said(right)


SEALED_SCREEN = "/admin/vault/rotate/"


def with_cookies_of(client, *names):
    """Another browser that has some of this one's cookies."""
    other = new_browser()
    for name in names:
        other.cookies[name] = client.cookies[name].value
    return other


def test_work_keeps_the_vault_open_which_locks_after_30_idle_minutes(alice, clock):
    client = factories.client_of(alice)
    is_open(client)
    # The session is written once a minute of work, and not at every page.
    for later, is_written in ((0, False), (60, True), (29 * 60, True), (29 * 60, True)):
        clock.shift(later)
        asked = room.queries_of(is_open, client)
        assert any(query.startswith('UPDATE "django_session"') for query in asked) is is_written, later
        assert is_open(client), later

    for later in (30.1 * 60, -30.1 * 60):
        clock.shift(later)
        assert not is_open(client), later


def test_requests_that_a_page_makes_by_itself_do_not_keep_it_open(alice, clock):
    alice.is_superuser = True
    alice.save()
    client, page = factories.client_of(alice), Page.objects.filter(depth=2).first().pk

    clock.shift(29 * 60)
    assert "Lock the vault" in room.text_of(client.get(reverse("vault_keys")))
    ping = reverse("wagtailadmin_editing_sessions:ping", args=("wagtailcore", "page", page, 1))
    assert client.post(ping).status_code == 200
    clock.shift(2 * 60)

    assert not is_open(client)


def test_box_and_cookie_of_another_person_and_any_other_cookie_open_nothing(alice, bob):
    client, theirs = factories.client_of(alice), factories.client_of(bob, unlocked=False)
    session = theirs.session
    session.update({name: client.session[name] for name in ("vault_box", "vault_seen")})
    session.save()
    theirs.cookies[vault_session.COOKIE] = client.cookies[vault_session.COOKIE].value

    assert not is_open(theirs)
    for cookie in ("", "nonsense", "A" * 44, "é", "=" * 44):
        thief = with_cookies_of(factories.client_of(alice), settings.SESSION_COOKIE_NAME)
        thief.cookies[vault_session.COOKIE] = cookie
        assert not is_open(thief), cookie


def test_stopped_or_swapped_key_or_rotation_locks_an_open_vault_at_the_next_request(alice, bob, charlie):
    real = factories.queue_pair().public
    ways = {
        bob: lambda: keys.stop_key(ModeratorKey.objects.get(moderator=bob), by=alice),
        alice: lambda: QueueKey.objects.update(public=sealing.new_pair().public),
        charlie: lambda: rotation.begin_rotation(by=factories.open_vault(alice)),
    }

    for person, happens in ways.items():
        QueueKey.objects.update(public=real)
        client = factories.client_of(person)
        assert is_open(client)
        happens()
        assert not is_open(client), person


def test_new_key_locks_the_vault_of_the_older_one_and_its_words_alone_open_it(alice, bob):
    client, share = factories.client_of(alice), KeyShare.objects.get(key__moderator=alice)

    words = keys.make_key(alice)
    # Even with the share put back, because it is the older key's.
    share.save(force_insert=True)

    assert not is_open(client)

    share.delete()
    vault.admit_holder(key_of(alice), by=factories.open_vault(bob))
    assert "don’t open your key" in flat(unlock(client, factories.WORDS))
    assert not is_open(client)
    unlock(client, words)
    assert is_open(client)


def test_moderator_who_left_the_group_has_no_vault_even_with_a_share(alice):
    client, request = factories.client_of(alice), RequestFactory().get(SEALED_SCREEN)

    Group.objects.get(name=MODERATORS).user_set.through.objects.filter(user=alice).delete()

    assert KeyShare.objects.filter(key__moderator=alice).exists()
    assert client.get(SEALED_SCREEN).status_code == 302
    request.session, request.user = client.session, User.objects.get(pk=alice.pk)
    request.COOKIES[vault_session.COOKIE] = client.cookies[vault_session.COOKIE].value
    assert vault_session.vault_of(request) is None


def test_lock_by_hand_takes_the_cookie_back_and_no_slow_request_puts_the_box_back(alice):
    client = factories.client_of(alice)
    slow, copied = client.session, with_cookies_of(client, vault_session.COOKIE)

    response = client.post(reverse("vault_lock"))

    assert response.cookies[vault_session.COOKIE].value == ""
    assert not is_open(client)
    with pytest.raises(UpdateError):
        slow.save()
    copied.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert not is_open(copied)


def test_logging_out_locks_and_takes_the_cookie_back(alice):
    client = factories.client_of(alice)
    copied = with_cookies_of(client, settings.SESSION_COOKIE_NAME, vault_session.COOKIE)

    response = client.post(reverse("wagtailadmin_logout"))

    for name in (vault_session.COOKIE, settings.SESSION_COOKIE_NAME):
        assert response.cookies[name].value == "", name
    assert copied.get(SEALED_SCREEN).status_code == 302
    factories.log_in(client, alice)
    client.cookies[vault_session.COOKIE] = copied.cookies[vault_session.COOKIE].value
    assert not is_open(client)


def test_each_vault_that_cannot_be_opened_says_what_to_do_instead(settings, monkeypatch):
    def refused(why):
        with pytest.raises(Refused, match=why):
            vault.unlock_vault(alice, factories.WORDS)

    alice = factories.person("alice", MODERATORS)
    refused("vault init")
    factories.queue_key()
    refused("Make one under")
    for made_for_demo, runs_as_demo in ((True, False), (False, True)):
        QueueKey.objects.update(made_for_demo=made_for_demo)
        settings.DEMO = runs_as_demo
        refused("made this vault")
    # Lack of memory is never called a wrong passphrase.
    settings.DEMO, alice = False, factories.moderator("another")
    monkeypatch.setattr(nacl.pwhash.argon2id, "kdf", raising(nacl.exceptions.RuntimeError("failed")))
    refused("may well be right")


def test_swapped_key_of_the_team_or_of_a_moderator_is_noticed_when_they_unlock(alice):
    for rows, why in ((QueueKey.objects, "isn’t the team’s"), (ModeratorKey.objects, "Your key was changed")):
        rows.update(public=sealing.new_pair().public)
        with pytest.raises(vault.SwappedKey, match=why):
            vault.unlock_vault(alice, factories.WORDS)


def test_share_changed_in_any_byte_or_put_into_another_row_or_epoch_does_not_open(alice, bob):
    hers = KeyShare.objects.get(key=key_of(alice))
    whole, his = bytes(hers.box), KeyShare.objects.get(key=key_of(bob)).box
    flipped = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in (0, 40, 111, 112, 143)]

    for box in (*flipped, his):
        KeyShare.objects.filter(pk=hers.pk).update(box=box)
        with pytest.raises(vault.SwappedKey, match="moved or altered"):
            opened_by(alice)

    hers.save()
    assert opened_by(alice)
    QueueKey.objects.update(is_current=False)
    QueueKey.objects.create(epoch=2, public=factories.queue_pair().public)
    KeyShare.objects.update(epoch_id=2)
    with pytest.raises(vault.SwappedKey, match="moved or altered"):
        opened_by(alice)


def test_pinned_queue_key_opens_and_is_sealed_to(alice, settings):
    name = vault.key_fingerprint(factories.queue_pair().public)
    # The last two are pins of the first release, whose fingerprints had half as many.
    for pin in (name, name.replace("-", ""), name[:19], name.replace("-", "")[:16]):
        settings.QUEUE_KEY_FINGERPRINT = pin
        assert opened_by(alice).keys, pin
        assert factories.receive.is_open(), pin


def test_key_that_is_not_the_pinned_one_is_refused_even_with_its_private_half(alice, settings):
    name = sealing.fingerprint(factories.queue_pair().public)
    parts = [name[:digits] for digits in (4, 15, 17, 31)]
    another = vault.key_fingerprint(sealing.new_pair().public)

    for pin in (*parts, another, name[:16] + "".join(reversed(name[16:]))):
        settings.QUEUE_KEY_FINGERPRINT = pin
        assert not factories.receive.is_open(), pin
        with pytest.raises(vault.SwappedKey, match="QUEUE_KEY_FINGERPRINT"):
            opened_by(alice)


def test_open_vault_shows_no_key_when_it_is_printed(alice):
    opened = opened_by(alice)

    assert opened.keys[1].hex() not in repr(opened)
    assert repr(opened.keys[1]) not in repr(opened)
