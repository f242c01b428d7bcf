"""Invitations: the link, who can stop it, and the mail."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from moderation.models import Invitation
from stories.intake import retention
from tests import factories
from tests.moderation import room
from tests.moderation.team.newcomers import STEP, begun, choose, flat, invite, link_in, make_words, set_up, type_back
from tests.moderation.team.second_step import new_browser
from tests.record_of_room import logged

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("how", ["stopped", "old"])
def test_link_that_was_stopped_or_is_old_opens_nothing_even_halfway(alice, link, how):
    newcomer, browser = begun(link), factories.client_of(alice)
    assert "carol invited dora" in flat(browser.get("/admin/"))
    if how == "stopped":
        room.press(browser, "room_stop_invitation", Invitation.objects.get().pk)
        assert logged("stop an invitation")[0].who == "alice"
    else:
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert new_browser().get(link).status_code == 404
    assert choose(newcomer).status_code == 404
    assert not User.objects.filter(username="dora").exists()


def test_database_holds_nothing_that_makes_the_link(link):
    token = link.split("/")[-2]

    assert all(token not in str(value) for row in Invitation.objects.values() for value in row.values())
    assert all(token not in str(value) for row in ModelLogEntry.objects.values() for value in row.values())


def test_steps_name_no_link_in_their_address_and_stay_in_no_cache(link):
    newcomer = new_browser()
    response = newcomer.post(link)

    assert response.url == reverse(STEP)
    for page in (newcomer.get(link), newcomer.get(reverse(STEP))):
        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "same-origin"


def test_guessing_links_is_slowed_down(link):
    guesser = new_browser()
    guesser.defaults["REMOTE_ADDR"] = "203.0.113.9"

    answers = [guesser.get(reverse("room_welcome", args=["x" * 43])).status_code for _ in range(41)]

    assert answers == [404] * 40 + [429]
    assert new_browser().get(link).status_code == 200


def test_link_is_for_nobody_who_is_logged_in(coordinator, link, alice):
    page = room.text_of(coordinator.get(link))

    assert "carol is logged in here" in page.replace("\n", " ")
    coordinator.post(link)
    assert choose(coordinator).status_code == 404
    newcomer = begun(link)
    factories.log_in(newcomer, alice)
    assert choose(newcomer).status_code == 404


def test_mail_says_that_an_invitation_waits_and_no_more(coordinator, settings):
    settings.MAIL_IS_ON = True

    response = invite(coordinator, email="dora@example.org")

    [sent] = mail.outbox
    assert response.status_code == 302
    assert sent.to == ["dora@example.org"]
    assert re.search(r"https://testserver/admin/welcome/[\w-]{43}/", sent.body)
    for word in ("Heard", "moderator", "account", "police", "dora\n"):
        assert word.lower() not in (sent.subject + sent.body).lower()


def test_mail_that_does_not_go_out_leaves_the_link_to_hand_over(coordinator, settings, monkeypatch):
    settings.MAIL_IS_ON = True

    def fail(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(mail.EmailMessage, "send", fail)

    assert link_in(invite(coordinator, email="dora@example.org"))


@pytest.mark.slow
def test_address_is_forgotten_with_the_link_and_when_the_newcomer_is_in(coordinator, settings):
    assert 'name="email"' not in room.text_of(coordinator.get(reverse("room_invite")))
    settings.MAIL_IS_ON = True
    for name in ("dora", "erin", "frank", "gwen"):
        invite(coordinator, name, email=f"{name}@example.org")
    links = [re.search(r"https://testserver(\S+)", sent.body)[1] for sent in mail.outbox]
    choose(begun(links[0]))
    newcomer = begun(links[1])
    choose(newcomer)
    set_up(newcomer)
    type_back(newcomer, make_words(newcomer))
    invite(coordinator, "frank")
    Invitation.objects.filter(username="dora").update(expires_at=timezone.now() - timedelta(seconds=1))
    assert set(Invitation.objects.exclude(email="").values_list("username", flat=True)) == {"dora", "gwen"}

    retention.run_retention()

    assert list(Invitation.objects.exclude(email="").values_list("email", flat=True)) == ["gwen@example.org"]
    assert User.objects.get(username="dora").email == ""
