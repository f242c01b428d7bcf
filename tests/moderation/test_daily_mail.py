"""The daily mail: that something waits, once a day, the same words for everybody, and nothing else."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from moderation.models import RoomPreference
from moderation.team import wellbeing
from moderation.team.permissions import EDITORS
from stories.models import Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch, settings):
    """Set the hour of a Tuesday in winter, or of another day of that month."""
    settings.MAIL_IS_ON = True

    def set_clock(hour, *, day=10):
        now = datetime(2026, 11, day, hour, 20, tzinfo=ZoneInfo("Europe/London"))
        monkeypatch.setattr(timezone, "now", lambda: now)

    return set_clock


@pytest.fixture
def readers(alice, bob):
    """Two who asked for it."""
    for person in (alice, bob):
        wellbeing.set_preference(person, wants_mail=True)
    return alice, bob


def _send():
    call_command("send_daily_mail")
    return sorted(address for sent in mail.outbox for address in sent.to)


def test_it_says_that_something_waits_and_nothing_else(at, readers, settings):
    submission = factories.submission_at()
    Submission.objects.update(is_urgent=True)
    at(9)

    assert _send() == ["alice@heard.example", "bob@heard.example"]

    first, second = mail.outbox
    assert (first.subject, first.body) == (second.subject, second.body)
    assert f"{settings.BASE_URL}{reverse('wagtailadmin_home')}" in first.body
    said = (first.subject + first.body).replace(settings.BASE_URL, "").lower()
    assert "something waits in the moderators’ room" in said
    for word in ("urgent", "new", "alice", "police", submission.short_name):
        assert word not in said
    assert not any(letter.isdigit() for letter in said)


def test_it_goes_once_a_day_after_its_hour_if_something_waits_then(at, readers):
    at(9)
    assert not _send()
    factories.an_entry()

    for day, hour, sent in ((10, 10, 0), (11, 8, 0), (11, 10, 2), (11, 23, 2), (12, 9, 4)):
        at(hour, day=day)
        assert len(_send()) == sent, (day, hour)


def test_nobody_gets_it_unasked_inactive_without_an_address_or_without_a_role(at, readers):
    alice, bob = readers
    factories.submission_at()
    carol, erin = factories.moderator("carol"), factories.person("erin", EDITORS)
    wellbeing.set_preference(carol, wants_mail=False)
    wellbeing.set_preference(erin, wants_mail=True)
    bob.is_active = False
    bob.save()
    alice.email = ""
    alice.save()
    at(9)

    assert not _send()


def test_without_mail_nothing_goes_and_nothing_is_offered(at, readers, alice, settings):
    factories.submission_at()
    at(9)
    browser = factories.client_of(alice)
    assert 'name="wants_mail" checked' in room.text_of(room.see(browser, "room_care"))
    room.press(browser, "room_mail")
    assert not RoomPreference.objects.get(person=alice).wants_mail
    room.press(browser, "room_mail", wants_mail="on")
    assert RoomPreference.objects.get(person=alice).wants_mail

    settings.MAIL_IS_ON = False

    assert not _send()
    assert reverse("room_mail") not in room.text_of(room.see(browser, "room_care"))


def test_one_that_fails_keeps_no_other_from_going_and_leaves_no_address_in_the_log(at, readers, monkeypatch, caplog):
    factories.submission_at()
    send = EmailMessage.send

    def fail_for_alice(self, *args, **kwargs):
        if "alice" in self.to[0]:
            raise ConnectionRefusedError("550 alice@heard.example")
        return send(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", fail_for_alice)
    at(9)

    assert _send() == ["bob@heard.example"]
    assert "ConnectionRefusedError" in caplog.text
    assert "alice" not in caplog.text
