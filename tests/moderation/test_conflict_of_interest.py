"""Not this one, who knows somebody in it, what nobody is left to read, and a yes that nobody stands by any more."""

import uuid

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse

from moderation import agreements, claims, conflict_of_interest, decisions, publishing, reading, working_copies
from moderation.facts import load_facts
from moderation.models import KeyShare, ModeratorKey, PutBack
from moderation.policies.access import why_not_claim
from moderation.queue import floods, lanes
from moderation.team import keys, rights
from moderation.team.permissions import COORDINATORS, Refused
from stories.core import lifecycle
from stories.intake import take_down_requests
from stories.models import Event, Story, Submission
from tests import factories
from tests.moderation import room
from tests.record_of_room import logged

pytestmark = pytest.mark.django_db

NOBODY = "nobody is left to read it"


@pytest.fixture
def submission(queue_key):
    return factories.submission_at("received")


def test_not_this_one_is_out_of_my_lists_and_nobody_elses(alice, bob, submission, browser):
    claims.take_claim(submission, by=alice)

    room.press(browser, "room_put_aside", submission.pk)

    assert not Submission.objects.filter(conflict_of_interest.not_skipped_by(alice)).exists()
    assert submission in Submission.objects.filter(conflict_of_interest.not_skipped_by(bob))
    assert submission not in lanes.lane_rows("new", alice)
    assert submission in lanes.lane_rows("new", bob)
    assert (lanes.lane_counts(alice)["new"], lanes.lane_counts(bob)["new"]) == (0, 1)
    assert why_not_claim(load_facts(submission, bob)) is None
    assert list(Event.objects.filter(by=alice).values_list("deed", flat=True)) == ["claim"]
    forward = factories.submission_at("prepared", first="bob")
    conflict_of_interest.skip_account(forward, by=alice)
    assert forward not in lanes.rows_for_second_reader(alice)
    # Who skipped it may still take it up, from their own page.
    assert why_not_claim(load_facts(submission, alice)) is None
    conflict_of_interest.declare_conflict(submission, by=alice)
    assert submission.short_name in room.text_of(room.see(browser, "room_care"))
    room.press(browser, "room_out_of_aside", submission.pk)
    assert why_not_claim(load_facts(submission, alice)) is None
    # The record, which can't be erased with the account, knows of neither.
    assert [row.deed for row in logged() if row.who == "alice"] == ["claim"]
    assert submission in lanes.lane_rows("new", alice)


def test_who_knows_somebody_passes_it_on_and_is_refused_every_deed(alice, bob, charlie, submission):
    claims.take_claim(submission, by=alice)
    room.press(factories.client_of(alice), "room_know_them", submission.pk)
    vault = factories.open_vault(alice)
    assert not claims.claims_of(alice).exists()

    factories.claim(submission, by=alice)
    early = (
        lambda: claims.take_claim(submission, by=alice),
        lambda: reading.read_account(submission, vault=vault),
        lambda: working_copies.save_version(submission, factories.FIELDS, by=alice),
        lambda: decisions.ask_contributor(submission, "When?", by=alice),
        lambda: decisions.decline_account(submission, reason="legal", by=alice),
        lambda: decisions.mark_urgent(submission, by=alice),
        lambda: decisions.send_message(submission, "Words", by=alice),
    )
    refused_all(early)
    copy = factories.put_forward(submission, by=bob)
    refused_all(
        (lambda: factories.say_second_yes(copy, by=alice), lambda: agreements.send_back(submission, "Why", by=alice))
    )
    factories.agree(submission, by=charlie)


def refused_all(deeds):
    for deed in deeds:
        with pytest.raises(Refused, match="You said that you know"):
            deed()


def test_every_page_of_it_leads_who_knows_somebody_to_their_own(alice, bob, browser):
    submission = factories.submission_at("prepared", first="bob", account="A very telling account")
    conflict_of_interest.declare_conflict(submission, by=alice)

    for name in ("room_read", "room_second"):
        response = room.see(browser, name, submission.pk)
        assert response.url == reverse("room_care")
    for name in ("room_as_public", "room_compare"):
        assert factories.FIELDS["text"][:20] not in room.text_of(room.see(browser, name, submission.pk))
    saved = room.save(browser, alice, submission, text="Words that I typed")
    assert "Words that I typed" in room.text_of(saved)
    assert "A very telling account" not in room.text_of(saved)
    address, answers = reverse("room_first_look", args=[submission.pk]), dict.fromkeys(factories.NO_RISK, "no")
    assert browser.get(address).url == reverse("room_care")
    kept = browser.post(address, answers | {"note": "Words that I typed"} | room.token(browser))
    assert "Words that I typed" in room.text_of(kept)
    assert not Event.objects.filter(deed__in=("open", "first look"), by=alice).exists()


def test_request_about_a_story_is_not_for_who_knows_somebody_in_it(alice, bob, charlie):
    story = factories.live_story()
    asked = take_down_requests.Asked(story, "legal", "What was asked")
    request = take_down_requests.ask_to_take_down(asked, request_id=uuid.uuid4())
    conflict_of_interest.declare_conflict(story.submission, by=charlie)
    browser = factories.client_of(charlie)

    page = room.text_of(room.see(browser, "room_take_down", request.pk))
    kept = room.press(browser, "room_settle", request.pk, answer="Words that I typed", **room.token(browser))
    room.press(browser, "room_withhold", request.pk)

    assert "What was asked" not in page
    assert "Words that I typed" in room.text_of(kept)
    request.refresh_from_db()
    assert (request.settled_on, request.story.is_withheld) == (None, False)


def test_flood_is_declined_and_put_back_without_what_they_know(alice, bob, submission):
    Submission.objects.update(is_flood=True)
    conflict_of_interest.declare_conflict(submission, by=alice)

    assert floods.decline_all(list(Submission.objects.values_list("pk", flat=True)), by=alice) == 0

    Submission.objects.filter(pk=submission.pk).update(status="declined")
    click = lifecycle.record_event(submission, "decline", by=bob, reason="flood")
    assert floods.put_all_back(click=click.pk, by=alice) == 0
    with pytest.raises(Refused, match="You said that you know"):
        floods.put_one_back(submission, by=alice)


def test_coordinators_are_warned_when_nobody_is_left_to_read_first(alice, bob, carol, coordinator, submission):
    conflict_of_interest.skip_account(submission, by=alice)
    assert conflict_of_interest.nobody_left() == {submission.pk: "second"}

    conflict_of_interest.declare_conflict(submission, by=bob)

    assert conflict_of_interest.nobody_left() == {submission.pk: "first"}
    page = room.text_of(room.see(coordinator, "wagtailadmin_home"))
    assert NOBODY in page
    assert f"{submission.short_name}: {NOBODY} first" in page
    assert factories.ACCOUNT["account"] not in page
    assert "alice" not in room.panel_of(carol, "desk", unlocked=False)


def test_nobody_is_left_to_read_second_what_the_others_skip_or_wrote(alice, bob, charlie, coordinator):
    submission, everybodys = factories.submission_at("prepared", first="bob"), factories.submission_at("received")
    for after, person in enumerate((alice, bob, charlie)):
        assert everybodys.pk not in conflict_of_interest.nobody_left()
        factories.claim(everybodys, by=person)
        fields = factories.FIELDS | {"title": f"By {person}"}
        working_copies.save_version(everybodys, fields, by=person, after=after)
    conflict_of_interest.declare_conflict(submission, by=alice)
    assert conflict_of_interest.nobody_left() == {everybodys.pk: "second"}
    lifecycle.advance(everybodys, "withdraw")
    assert conflict_of_interest.nobody_left() == {}, "what is decided needs nobody"

    conflict_of_interest.skip_account(submission, by=charlie)

    assert conflict_of_interest.nobody_left() == {submission.pk: "second"}
    conflict_of_interest.show_again(submission, by=charlie)
    assert NOBODY not in room.text_of(room.see(coordinator, "wagtailadmin_home"))


def test_who_has_left_reads_nothing(alice, bob, charlie, submission):
    conflict_of_interest.skip_account(submission, by=alice)
    assert conflict_of_interest.nobody_left() == {}
    ways = {
        "inactive": lambda: User.objects.filter(pk=charlie.pk).update(is_active=False),
        "without a key": lambda: KeyShare.objects.filter(key__moderator=charlie).delete(),
        "not a moderator any more": charlie.groups.clear,
    }
    for gone, leave in ways.items():
        mark = transaction.savepoint()
        leave()
        assert conflict_of_interest.nobody_left() == {submission.pk: "second"}, gone
        transaction.savepoint_rollback(mark)


def know_somebody(submission, alice, bob):
    conflict_of_interest.declare_conflict(submission, by=alice)


def leave(submission, alice, bob):
    rights.change_colleague(rights.LEAVE, alice, by=factories.person("carol", COORDINATORS))


def lose_the_key(submission, alice, bob):
    keys.stop_key(ModeratorKey.objects.get(moderator=alice), by=bob)


happened = pytest.mark.parametrize("happens", [know_somebody, leave, lose_the_key])


@happened
def test_nobody_agrees_after_a_yes_that_nobody_stands_by_until_it_is_said_anew(alice, bob, charlie, happens):
    submission = factories.submission_at("prepared")
    happens(submission, alice, bob)

    with pytest.raises(Refused, match="stand by it"):
        factories.agree(submission, by=bob)

    assert not Story.objects.exists()
    assert "stand by it" in room.text_of(room.see(factories.client_of(bob), "room_second", submission.pk))
    agreements.send_back(submission, "Alice does not read this any more.", by=bob)
    factories.put_forward(submission, by=charlie)
    assert factories.agree(submission, by=bob).first_reader == charlie


@happened
def test_wish_to_put_a_story_back_counts_no_longer(alice, bob, happens):
    story = factories.live_story()
    publishing.take_down(story, by=alice)
    publishing.put_back(story, vault=factories.open_vault(alice))
    happens(story.submission, alice, bob)

    assert not publishing.put_back(story, vault=factories.open_vault(bob))

    assert PutBack.objects.get().asked_by == bob
    assert Story.objects.get().status == "hidden"
