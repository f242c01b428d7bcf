"""The open vault between two requests, seen through a screen that needs it."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from moderation.models import KeyShare, ModeratorKey
from moderation.team import keys, rotation, vault_session
from moderation.team.permissions import MODERATORS
from stories.crypto import sealing
from stories.models import QueueKey
from tests import factories
from tests.moderation.team.changing import is_open

pytestmark = pytest.mark.django_db
SEALED_SCREEN = "/admin/vault/rotate/"


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves: `clock.minutes += 29`."""
    moved = SimpleNamespace(minutes=0)
    start = vault_session.time.time()
    monkeypatch.setattr(vault_session, "time", SimpleNamespace(time=lambda: start + moved.minutes * 60))
    return moved


def with_cookies_of(client, *names):
    """Another browser that has some of this one's cookies."""
    other = Client(headers={"origin": "https://testserver"})
    other.defaults["wsgi.url_scheme"] = "https"
    for name in names:
        other.cookies[name] = client.cookies[name].value
    return other


def test_work_keeps_the_vault_open_which_locks_after_30_idle_minutes(alice, clock):
    client = factories.client_of(alice)

    for _ in range(3):
        clock.minutes += 29
        assert is_open(client)
    clock.minutes += 30.1
    assert not is_open(client)
    clock.minutes -= 30.1
    assert not is_open(client)


def test_session_is_written_once_a_minute_of_work_and_not_at_every_page(alice, clock):
    client = factories.client_of(alice)
    is_open(client)

    with CaptureQueriesContext(connection) as asked:
        assert is_open(client)
    assert not [query for query in asked if query["sql"].startswith("UPDATE")]

    clock.minutes += 1
    with CaptureQueriesContext(connection) as asked:
        assert is_open(client)
    assert [query for query in asked if query["sql"].startswith('UPDATE "django_session"')]


def test_requests_that_a_page_makes_by_itself_do_not_keep_it_open(alice, clock):
    alice.is_superuser = True
    alice.save()
    client = factories.client_of(alice)
    page = Page.objects.filter(depth=2).first().pk

    clock.minutes += 29
    assert "Lock the vault" in client.get(reverse("vault_keys")).content.decode()
    ping = reverse("wagtailadmin_editing_sessions:ping", args=("wagtailcore", "page", page, 1))
    assert client.post(ping).status_code == 200
    clock.minutes += 2

    assert not is_open(client)


def test_box_and_cookie_of_another_person_open_nothing(alice, bob):
    client, theirs = factories.client_of(alice), factories.client_of(bob, unlocked=False)
    session = theirs.session
    for name in ("vault_box", "vault_seen"):
        session[name] = client.session[name]
    session.save()

    theirs.cookies[vault_session.COOKIE] = client.cookies[vault_session.COOKIE].value

    assert not is_open(theirs)


def test_session_with_any_other_cookie_opens_nothing(alice):
    for cookie in ("", "nonsense", "A" * 44, "é", "=" * 44):
        thief = with_cookies_of(factories.client_of(alice), settings.SESSION_COOKIE_NAME)
        thief.cookies[vault_session.COOKIE] = cookie
        assert not is_open(thief), cookie


@pytest.mark.slow
def test_cookie_is_out_of_reach_of_scripts_other_sites_and_public_pages(alice):
    client = factories.client_of(alice, unlocked=False)

    client.post(reverse("vault_unlock"), {"words": factories.WORDS})

    cookie = client.cookies[vault_session.COOKIE]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Strict")
    assert (cookie["path"], cookie["max-age"], cookie["expires"]) == ("/admin/", "", "")


def test_stopped_key_swapped_queue_key_or_rotation_locks_an_open_vault_at_the_next_request(alice, bob, charlie):
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


def test_new_key_locks_the_vault_that_the_older_one_opened(alice):
    client, share = factories.client_of(alice), KeyShare.objects.get(key__moderator=alice)

    keys.make_key(alice)
    # Even with the share put back, because it is the older key's.
    share.save(force_insert=True)

    assert not is_open(client)


def test_moderator_who_left_the_group_has_no_vault_even_with_a_share(alice):
    client = factories.client_of(alice)

    Group.objects.get(name=MODERATORS).user_set.through.objects.filter(user=alice).delete()

    assert KeyShare.objects.filter(key__moderator=alice).exists()
    assert client.get(SEALED_SCREEN).status_code == 302
    request = RequestFactory().get(SEALED_SCREEN)
    request.session, request.user = client.session, User.objects.get(pk=alice.pk)
    request.COOKIES[vault_session.COOKIE] = client.cookies[vault_session.COOKIE].value
    assert vault_session.vault_of(request) is None


def test_lock_by_hand_takes_the_cookie_back_and_no_slow_request_puts_the_box_back(alice):
    client = factories.client_of(alice)
    slow = client.session
    cookies = with_cookies_of(client, vault_session.COOKIE)

    response = client.post(reverse("vault_lock"))

    assert response.cookies[vault_session.COOKIE].value == ""
    assert not is_open(client)
    with pytest.raises(UpdateError):
        slow.save()
    cookies.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert not is_open(cookies)


def test_logging_out_locks_and_takes_the_cookie_back(alice):
    client = factories.client_of(alice)
    copied = with_cookies_of(client, settings.SESSION_COOKIE_NAME, vault_session.COOKIE)

    response = client.post(reverse("wagtailadmin_logout"))

    assert response.cookies[vault_session.COOKIE].value == ""
    assert response.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert copied.get(SEALED_SCREEN).status_code == 302
    factories.log_in(client, alice)
    client.cookies[vault_session.COOKIE] = copied.cookies[vault_session.COOKIE].value
    assert not is_open(client)
