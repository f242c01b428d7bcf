"""Learning the room: an invented account that is read and written like any other, and touches nothing and nobody."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from moderation import conflict_of_interest, decisions, practice, publishing, reading, urls
from moderation.facts import load_facts
from moderation.models import Claim, ReadingDay, WorkingCopy
from moderation.policies.decisions import why_not_write_to
from moderation.practice import EXERCISES
from moderation.queue import lanes
from moderation.team.permissions import Refused
from stories.core import lifecycle
from stories.intake import labels, retention
from stories.models import Event, SealedText, Story, Submission
from tests import factories
from tests.moderation import room
from tests.record_of_room import logged

pytestmark = pytest.mark.django_db

NEUTRAL = "I told the police about my ex. Somebody kind came, and then nobody rang. A letter said it was closed."


@pytest.fixture
def practising(browser):
    """Alice in her browser, and the account that she has just begun."""
    room.press(browser, "room_practice_begin")
    return browser, Submission.objects.get()


def _write(browser, user, submission, text, **more):
    room.press(browser, "room_claim", submission.pk)
    return room.save(browser, user, submission, text=text, title="Nobody rang", place_shown="nothing", force="", **more)


def test_it_opens_as_an_example_and_put_forward_erases_it_with_all_that_was_done(alice, practising):
    browser, submission = practising

    page = room.text_of(room.see(browser, "room_read", submission.pk))

    for name in ("wagtailadmin_home", "room_care"):
        assert reverse("room_practice") in room.text_of(room.see(browser, name))
    assert "This is an example." in page
    assert "Netherbridge" in page
    assert not any(word in page for word in ("/decide/count/", "/decide/urgent/", "/not-this-one/"))
    assert b"Netherbridge" not in b"".join(bytes(box) for box in SealedText.objects.values_list("box", flat=True))
    _write(browser, alice, submission, f"{NEUTRAL} I live in Netherbridge. I am the only woman who referees there.")
    page = room.text_of(room.put_forward(browser, submission))
    missed, met = page.split('id="missed"')[1].split('id="met"')
    assert "Netherbridge" in missed
    assert "only woman who referees" in missed
    assert "07700 900418" in met
    for model in (Submission, WorkingCopy, Event):
        assert not model.objects.exists(), model


def test_it_begins_again_as_the_same_exercise_and_ends_unread_where_nothing_was_done(browser):
    room.press(browser, "room_practice_begin", exercise="welsh")
    first = Submission.objects.get()
    room.press(browser, "room_practice_begin")
    again = Submission.objects.get()

    assert again.pk != first.pk
    assert again.language == "cy"
    assert "Llanheulwen" in room.text_of(room.see(browser, "room_read", again.pk))
    assert room.press(browser, "room_practice_done").url == reverse("room_practice")
    assert not Submission.objects.exists()


def test_new_key_may_finish_an_exercise_in_its_first_two_days(queue_key):
    newcomer = factories.moderator("dora", admitted_days_ago=0)
    submission = practice.begin_practice(newcomer, EXERCISES["plain"])
    browser = factories.client_of(newcomer)
    room.see(browser, "room_read", submission.pk)
    _write(browser, newcomer, submission, NEUTRAL)

    page = room.text_of(room.put_forward(browser, submission))

    assert "You met all of it" in page


def test_nothing_that_reaches_anybody_is_done_to_it_and_no_list_or_record_has_it(alice, bob, practising):
    browser, submission = practising
    room.see(browser, "room_read", submission.pk)
    _write(browser, alice, submission, NEUTRAL)
    assert not any(lanes.lane_rows(lane.slug, alice).exists() for lane in lanes.LISTS)
    assert not any(lanes.lane_counts(alice).values())
    assert submission.short_name not in room.text_of(room.see(browser, "wagtailadmin_home"))
    assert not ReadingDay.objects.exists()
    assert not logged()
    factories.look_first(submission, by=alice)
    vault, day = factories.open_vault(alice), lifecycle.today() + timedelta(days=9)

    for deed in (
        lambda: decisions.ask_contributor(submission, "When?", by=alice),
        lambda: decisions.decline_account(submission, reason="legal", by=alice),
        lambda: decisions.hold_account(submission, look_again_on=day, reason="legal", by=alice),
        lambda: decisions.count_answers(submission, vault=vault),
        lambda: decisions.mark_urgent(submission, by=alice),
        lambda: conflict_of_interest.skip_account(submission, by=alice),
        lambda: conflict_of_interest.declare_conflict(submission, by=alice),
    ):
        with pytest.raises(Refused):
            deed()
    assert why_not_write_to(load_facts(submission, alice), "Hello")
    assert Submission.objects.get().status == "received"


def test_nobody_agrees_to_it_even_if_it_were_put_forward(alice, bob, queue_key):
    submission = practice.begin_practice(alice, EXERCISES["plain"])
    copy = factories.put_forward(submission, by=alice, fields={"place_shown": "nothing", "force": ""})

    for reader in (alice, bob):
        with pytest.raises(Refused):
            factories.say_second_yes(copy, by=reader)
    opened = SimpleNamespace(copy=copy, answers={})
    with pytest.raises(Refused, match="practice account"):
        publishing.write_story(None, opened, first_reader=alice, second_reader=bob)

    assert not Story.objects.exists()


def test_nobody_else_opens_it(alice, bob, practising):
    _browser, submission = practising
    colleague = factories.client_of(bob)
    ours = urls.urlpatterns + urls.room_urlpatterns
    # The addresses that name one submission, and nothing else.
    by_id = [each for each in ours if set(each.pattern.converters) == {"pk"} and "queue/" in str(each.pattern)]

    for pattern in by_id:
        for ask in (colleague.get, colleague.post):
            response = ask(reverse(pattern.name, args=[submission.pk]), room.token(colleague))
            assert "Netherbridge" not in room.text_of(response)
    with pytest.raises(reading.CannotOpen):
        reading.read_account(submission, vault=factories.open_vault(bob))
    assert not Claim.objects.exists()
    assert not WorkingCopy.objects.exists()


def test_it_is_erased_after_seven_days_by_itself(practising):
    retention.run_retention(today=lifecycle.today() + timedelta(days=6))
    assert Submission.objects.exists()

    retention.run_retention(today=lifecycle.today() + timedelta(days=7))

    assert not Submission.objects.exists()
    assert not Event.objects.exists()


def test_it_stands_in_no_urgent_list_and_mails_nobody(alice, browser, settings, tmp_path):
    settings.DUTY_EMAIL, settings.RUN_DIR = ["duty@heard.example"], tmp_path
    room.press(browser, "room_practice_begin", exercise="danger")
    submission = practice.practice_account_of(alice)
    room.press(browser, "room_claim", submission.pk)

    assert not labels.mark_is_left()
    for name, *args in (("room_lane", "urgent"), ("wagtailadmin_home",)):
        assert submission.short_name not in room.text_of(room.see(browser, name, *args)), name
