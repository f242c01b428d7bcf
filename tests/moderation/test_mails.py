"""The mails: at nine and at six the empty one, if something urgent came since; once a day that something waits.

The daily one says the same words to everybody, and nothing else.
"""

import uuid
from pathlib import Path

import pytest
from django.core import mail
from django.core.checks import run_checks
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.urls import reverse

from moderation.models import RoomPreference
from moderation.team import wellbeing
from moderation.team.permissions import EDITORS
from stories.crypto import receipts
from stories.intake import coming_back, labels, messages, receive, take_down_requests
from stories.models import Submission
from tests import factories
from tests.moderation import room
from tests.stories.intake.visiting import raising

pytestmark = pytest.mark.django_db
NOW = "I have the tablets here and I will end it tonight."
ON_DUTY = ["first@duty.example", "second@duty.example"]


@pytest.fixture(autouse=True)
def on_duty(settings, tmp_path):
    settings.MAIL_IS_ON, settings.DUTY_EMAIL, settings.RUN_DIR = True, ON_DUTY, tmp_path / "run"


@pytest.fixture
def at(clock):
    def set_clock(hour, *, day=10, minute=0):
        clock.move_to(f"2026-11-{day:02}T{hour:02}:{minute:02}")

    return set_clock


def _send(which="duty"):
    """Who has been mailed up to now."""
    call_command(f"send_{which}_mail")
    return [address for sent in mail.outbox for address in sent.to]


def _tell(text="I rang 101 and waited.", *, code=None, **about):
    factories.queue_key()
    return receive.receive_account(factories.sent(account=text), receive.Arrival(code or receipts.new_code(), **about))


def test_it_goes_to_each_without_a_word_at_nine_and_at_six_if_danger_now_came_since(at, settings):
    for hour in (0, 8, 10, 14, 17, 19, 23):
        _tell(NOW)
        at(hour)
        assert not _send(), hour
    [mark] = Path(settings.RUN_DIR).glob("urgent*")
    assert mark.stat().st_mode & 0o777 == 0o600

    at(18, minute=40)
    assert _send() == ON_DUTY
    assert {(sent.subject, sent.body) for sent in mail.outbox} == {("Heard: something urgent waits", "")}
    assert not labels.mark_is_left()
    at(9, day=11)
    assert len(_send()) == 2
    _tell(NOW)
    for day, hour, minute, sent in ((11, 9, 30, 2), (11, 18, 0, 4), (12, 9, 0, 4)):
        at(hour, day=day, minute=minute)
        assert len(_send()) == sent


def test_ticked_account_sent_with_more_words_leaves_the_mark_and_a_second_press_none():
    _tell(code=(code := receipts.new_code()))
    Submission.objects.update(is_urgent=True)
    assert not labels.mark_is_left()

    _tell("I rang 101 and waited. They are outside again.", code=code)
    assert labels.mark_is_left()

    labels.take_mark_away()
    _tell("I rang 101 and waited. They are outside again.", code=code)
    assert not labels.mark_is_left()


def test_tick_alone_leaves_the_mark_and_no_flood_ordinary_account_or_childs_does(at):
    for text in ("I rang 101 and waited.", "My son is 14 and they shared it."):
        _tell(text)
    _tell(NOW, is_flood=True)
    labels.mark_duty(Submission(is_urgent=True, is_flood=True))
    at(9)
    assert not _send()

    labels.mark_duty(Submission(is_urgent=True))
    at(18)
    assert _send() == ON_DUTY


def test_request_or_message_of_danger_leaves_it_and_a_later_harmless_one_does_not(at):
    story, code = factories.live_story(), receipts.new_code()
    _tell(code=code)

    def ask(words, *, is_flood=False):
        asked = take_down_requests.Asked(story, "other", words)
        take_down_requests.ask_to_take_down(asked, request_id=uuid.uuid4(), is_flood=is_flood)

    for day, (write, sent) in enumerate(
        (
            (lambda: ask("Down."), 0),
            (lambda: ask(NOW, is_flood=True), 0),
            (lambda: ask(NOW), 2),
            (lambda: messages.write_message(coming_back.open_code(code), NOW), 4),
            (lambda: messages.write_message(coming_back.open_code(code), "Thank you, it is better now."), 4),
        ),
        10,
    ):
        write()
        at(9, day=day)
        assert len(_send()) == sent, day


def test_folder_that_cannot_be_written_to_loses_no_account_and_logs_no_danger(settings, tmp_path, caplog):
    (tmp_path / "file").touch()
    settings.RUN_DIR = tmp_path / "file" / "run"

    submission = _tell(NOW)

    assert Submission.objects.filter(pk=submission.pk).exists()
    assert caplog.text == ""
    assert "heard.E005" in [message.id for message in run_checks()]


def test_where_none_goes_out_it_is_tried_again_and_where_it_is_off_nothing_goes(at, settings, monkeypatch):
    for off in ({"DUTY_EMAIL": [], "MAIL_IS_ON": True}, {"DUTY_EMAIL": ON_DUTY, "MAIL_IS_ON": False}):
        labels.take_mark_away()
        for name, value in off.items():
            setattr(settings, name, value)
        _tell(NOW)
        at(9)
        assert not _send()
        assert labels.mark_is_left() == bool(settings.DUTY_EMAIL)
    settings.MAIL_IS_ON = True
    at(18)
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", raising(ConnectionRefusedError()))
        assert not _send()
    assert labels.mark_is_left()
    at(9, day=11)
    assert _send() == ON_DUTY


@pytest.fixture
def readers(alice, bob):
    """Two who asked for it."""
    for person in (alice, bob):
        wellbeing.set_preference(person, wants_mail=True)
    return alice, bob


def test_it_says_once_a_day_after_its_hour_that_something_waits_and_nothing_else(at, readers, settings):
    at(9)
    assert not _send("daily")
    factories.an_entry()
    for day, hour, sent in ((10, 10, 0), (11, 8, 0), (11, 10, 2), (11, 23, 2)):
        at(hour, day=day)
        assert len(_send("daily")) == sent, (day, hour)
    submission = factories.submission_at()
    Submission.objects.update(is_urgent=True)
    at(9, day=12)

    assert sorted(_send("daily")[2:]) == ["alice@heard.example", "bob@heard.example"]

    first, second = mail.outbox[2:]
    assert (first.subject, first.body) == (second.subject, second.body)
    assert f"{settings.DESK_URL}{reverse('wagtailadmin_home')}" in first.body
    said = (first.subject + first.body).replace(settings.DESK_URL, "").lower()
    assert "something waits in the moderators’ room" in said
    for word in ("urgent", "new", "alice", "police", submission.short_name):
        assert word not in said
    assert not any(letter.isdigit() for letter in said)


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

    assert not _send("daily")


def test_without_mail_nothing_goes_and_nothing_is_offered(at, readers, alice, browser, settings):
    factories.submission_at()
    at(9)
    assert 'name="wants_mail" checked' in room.text_of(room.see(browser, "room_care"))
    room.press(browser, "room_mail")
    assert not RoomPreference.objects.get(person=alice).wants_mail
    room.press(browser, "room_mail", wants_mail="on")
    assert RoomPreference.objects.get(person=alice).wants_mail

    settings.MAIL_IS_ON = False

    assert not _send("daily")
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

    assert sorted(_send("daily")) == ["bob@heard.example"]
    assert "ConnectionRefusedError" in caplog.text
    assert "alice" not in caplog.text
