"""Sorting many at once, through Wagtail's own bulk actions: three deeds, each with one question, and no fourth."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from moderation import claims
from moderation.models import Aside, Claim
from moderation.queue import lanes
from stories.intake import coming_back, messages
from stories.models import Event, Submission
from tests import factories
from tests.moderation import room
from tests.stories.intake.visiting import Visitor

pytestmark = pytest.mark.django_db


def _address(action, rows):
    ids = "&".join(f"id={row.pk}" for row in rows)
    return f"{reverse('wagtail_bulk_action', args=['stories', 'submission', action])}?{ids}&next=/admin/queue/flood/"


def _asks(browser, action, rows):
    return room.text_of(browser.get(_address(action, rows)))


def _spam(browser, rows):
    browser.get(_address("decline_as_spam", rows))
    return browser.post(_address("decline_as_spam", rows))


def _some(count, **changes):
    rows = [factories.submission_at() for _ in range(count)]
    Submission.objects.filter(pk__in=[row.pk for row in rows]).update(**changes)
    return rows


def _statuses(rows):
    return set(Submission.objects.filter(pk__in=[row.pk for row in rows]).values_list("status", flat=True))


def test_nothing_is_put_forward_agreed_published_or_erased_in_bulk():
    ours = [model for app in ("stories", "moderation") for model in apps.get_app_config(app).get_models()]

    found = {
        (model.__name__, action.action_type)
        for model in ours
        for action in bulk_action_registry.get_bulk_actions_for_model(model._meta.app_label, model._meta.model_name)
        if model.__name__ in ("Submission", "Story", "SealedText", "WorkingCopy", "Agreement", "Response")
    }

    # Deleting answers of forces is offered to nobody: tests/promises/test_p4_answers_of_forces.py asks for it.
    assert found - {("Response", "delete")} == {("Submission", each) for each in ("to_new", "decline_as_spam", "give")}


def test_rows_can_be_ticked_where_something_can_be_done_to_them_and_the_bar_offers_no_more(alice):
    [submission], browser = _some(1), factories.client_of(alice)
    for lane, changes, offered in (
        ("flood", {"is_flood": True}, ["to_new", "decline_as_spam", "give"]),
        ("new", {}, ["decline_as_spam", "give"]),
        ("urgent", {"is_urgent": True}, ["give"]),
        ("held", {"status": "held"}, ["give"]),
        ("waiting", {"status": "waiting"}, []),
    ):
        Submission.objects.update(**{"is_flood": False, "is_urgent": False} | changes)

        page = room.text_of(room.see(browser, "room_lane", lane))

        assert (f'data-object-id="{submission.pk}" data-bulk-action-checkbox' in page) is bool(offered), lane
        assert re.findall(r"/bulk/stories/submission/(\w+)/", page) == offered, lane


def test_flood_goes_to_new_together(alice):
    rows, browser = _some(3, is_flood=True), factories.client_of(alice)
    assert "Move 3 accounts to the new ones?" in _asks(browser, "to_new", rows)

    browser.post(_address("to_new", rows))

    assert set(lanes.lane_rows("new", alice)) == set(rows)
    assert Event.objects.filter(deed="out of the flood", by=alice).count() == 3


def test_spam_is_declined_after_one_question_that_names_the_number(alice):
    rows, browser = [*_some(2, is_flood=True), *_some(1)], factories.client_of(alice)
    assert "Decline 3 accounts as spam, unread?" in _asks(browser, "decline_as_spam", rows)

    _spam(browser, rows)

    assert _statuses(rows) == {"declined"}
    declined = Event.objects.filter(deed="decline", by=alice).order_by("reason").values_list("reason", flat=True)
    assert list(declined) == ["flood", "flood", "not-an-account"]


def test_new_ones_declined_as_spam_are_told_after_ten_minutes_and_can_be_taken_back(alice):
    rows, browser, visitor = _some(2), factories.client_of(alice), Visitor()
    _spam(browser, rows)
    visitor.come_back(rows[0].code)
    assert "We have what you sent" in visitor.text()
    visitor.post("/return/", step="edit")
    visitor.post("/return/", step="edit-keep", account="They never rang me back.")
    assert "We have your new words" in visitor.text()
    assert reverse("room_take_back", args=[rows[0].pk]) in room.text_of(room.see(browser, "room_read", rows[0].pk))

    room.press(browser, "room_take_back", rows[0].pk, message="")
    factories.ten_minutes_pass()

    assert _statuses(rows[:1]) == {"received"}
    visitor.come_back(rows[0].code)
    assert "We are not publishing this" not in visitor.text()
    visitor.come_back(rows[1].code)
    assert "We are not publishing this" in visitor.text()


def test_spam_spares_what_somebody_has_begun_on_and_who_came_back(alice, bob):
    claimed, wrote, spam, late = _some(4, is_flood=True)
    claims.take_claim(claimed, by=bob)
    messages.write_message(coming_back.open_code(wrote.code), "It is me.")
    browser, rows = factories.client_of(alice), [claimed, wrote, spam, late]

    page = _asks(browser, "decline_as_spam", rows)
    messages.write_message(coming_back.open_code(late.code), "While they read the question.")
    browser.post(_address("decline_as_spam", rows))

    assert "Decline 2 accounts as spam, unread?" in page
    assert "somebody has begun on them" in page
    assert _statuses([spam]) == {"declined"}
    assert _statuses([claimed, wrote, late]) == {"received"}


def test_given_to_a_colleague_they_stand_in_their_lane(alice, bob):
    rows, browser = _some(2), factories.client_of(alice)
    claims.take_claim(rows[0], by=alice)

    browser.post(_address("give", rows), {"colleague": bob.pk})

    assert set(lanes.lane_rows("mine", bob)) == set(rows)
    assert not Claim.objects.exists()
    assert "for you" in room.text_of(room.see(factories.client_of(bob), "room_lane", "new"))
    assert "for bob" in room.text_of(room.see(browser, "room_lane", "new"))
    assert Event.objects.filter(deed="give", by=alice).count() == 2


def test_nobody_is_given_what_they_know_somebody_in_nor_what_is_decided(alice, bob, carol):
    known, other = _some(2)
    decided, browser = factories.submission_at("declined"), factories.client_of(alice)
    Aside.objects.create(submission=known, person=bob, is_conflict=True)

    # A colleague is a moderator.
    browser.post(_address("give", [other]), {"colleague": carol.pk})
    response = browser.post(_address("give", [known, other, decided]), {"colleague": bob.pk}, follow=True)

    assert list(lanes.lane_rows("mine", bob)) == [other]
    assert Submission.objects.get(pk=decided.pk).meant_for is None
    assert "The others could not be given to them." in room.text_of(response)


@pytest.mark.parametrize("action", ["to_new", "decline_as_spam", "give"])
def test_bulk_is_for_moderators_with_an_open_vault_and_an_address_that_says_all_names_nothing(
    alice, bob, carol, action
):
    rows, to = _some(2, is_flood=True), {"colleague": bob.pk}
    for who in (carol, factories.person("root", is_superuser=True, is_staff=True), alice):
        answer = factories.client_of(who, unlocked=False).post(_address(action, rows), to)
        assert answer.status_code == 403, who
    browser, every = factories.client_of(alice), f"{_address(action, [])}&id=all&id=x"

    assert "There is nothing here that this can be done to." in room.text_of(browser.get(every))
    browser.post(every, to)

    assert set(Submission.objects.values_list("status", "is_flood", "meant_for")) == {("received", True, None)}


def test_absent_colleague_is_taken_over_from_with_a_reason(alice, bob):
    [submission], browser = _some(1), factories.client_of(alice)
    claims.take_claim(submission, by=bob)
    # The rule says who is at work: tests/moderation/policies/test_rules.py.
    assert "Take over" not in room.text_of(room.see(browser, "room_lane", "new"))
    Claim.objects.update(expires_at=timezone.now() + timedelta(minutes=14))
    assert reverse("room_take_over", args=[submission.pk]) in room.text_of(room.see(browser, "room_lane", "new"))

    room.press(browser, "room_take_over", submission.pk)
    assert Claim.objects.get().holder == bob

    room.press(browser, "room_take_over", submission.pk, reason="no-answer")
    assert Claim.objects.get().holder == alice
    event = Event.objects.get(deed="take over")
    assert (event.by, event.reason) == (alice, "no-answer")
