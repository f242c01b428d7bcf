import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from moderation import publishing
from moderation.forms.room import LONGEST_NOTE
from moderation.models import LogEntry
from moderation.queue import lanes
from moderation.team.permissions import Refused
from moderation.views.decorators import TOKEN, words_token
from stories.core import dates, lifecycle, sealed_store, takedown
from stories.crypto import receipts
from stories.intake import changes, coming_back, take_down_requests
from stories.models import Event, Story, TakeDownRequest
from tests import at_work, factories
from tests.moderation import room
from tests.stories.intake.visiting import Visitor

pytestmark = pytest.mark.django_db

WORDS = "My neighbour would know me by this."


@pytest.fixture
def request_(alice, bob):
    story = factories.live_story()
    takedown.hide_story(story, by_request=True)
    key, pk = factories.queue_key(), uuid.uuid4()
    return TakeDownRequest.objects.create(
        id=pk,
        story=story,
        ground="identifies",
        week=lifecycle.this_week(),
        hid_the_story=True,
        box=sealed_store.request_sealed(WORDS, to=bytes(key.public), request_id=pk),
        queue_epoch=key,
    )


def settle(user, request, *, unlocked=True, **data):
    browser = factories.client_of(user, unlocked=unlocked)
    return room.press(browser, "room_settle", request.pk, **({TOKEN: words_token(user)} | data))


def ask(story=None, *, ground="legal", code="", is_flood=False):
    asked = take_down_requests.Asked(story or factories.live_story(), ground, WORDS)
    return take_down_requests.ask_to_take_down(asked, request_id=uuid.uuid4(), code=code, is_flood=is_flood)


def status_of(story):
    return Story.objects.get(pk=story.pk).status


def test_open_request_stands_in_the_list_and_its_words_open_with_the_vault(request_, alice):
    browser = factories.client_of(alice)

    assert "It could identify someone" in room.text_of(room.see(browser, "room_take_downs"))
    assert WORDS in room.text_of(room.see(browser, "room_take_down", request_.pk))


def test_words_stay_shut_while_the_vault_is_locked(request_, alice):
    response = room.see(factories.client_of(alice, unlocked=False), "room_take_down", request_.pk)

    assert response.status_code == 403
    assert WORDS not in room.text_of(response)


def test_settled_request_leaves_the_story_as_it_is(request_, alice):
    settle(alice, request_)

    request_.refresh_from_db()
    assert request_.settled_by == alice
    assert request_.settled_on is not None
    assert Story.objects.get().status == "hidden"


def test_request_is_settled_once(request_, alice, bob):
    settle(alice, request_)

    settle(bob, request_)

    request_.refresh_from_db()
    assert request_.settled_by == alice


def test_putting_the_story_back_settles_its_requests(request_, bob):
    factories.client_of(bob).post(f"/admin/stories/{request_.story_id}/put-back/")

    request_.refresh_from_db()
    assert request_.settled_by == bob
    assert Story.objects.get().status == "live"


@pytest.mark.parametrize("ground", ["legal", "other"])
def test_putting_the_story_back_leaves_what_a_moderator_has_still_to_look_at(ground, request_, bob):
    waits = ask(request_.story, ground=ground)

    publishing.put_back(request_.story, vault=factories.open_vault(bob))

    waits.refresh_from_db()
    assert waits.settled_on is None


def test_words_that_my_keys_do_not_open_are_said_to_be_so(request_, alice):
    TakeDownRequest.objects.update(box=b"not sealed here")

    page = room.text_of(room.see(factories.client_of(alice), "room_take_down", request_.pk))

    assert "Your keys don" in page


def test_password_alone_settles_no_request(request_, alice):
    response = settle(alice, request_, unlocked=False, answer="It stays down.")

    request_.refresh_from_db()
    assert response.status_code == 403
    assert request_.settled_on is None
    assert "It stays down." in room.text_of(response)


# --- The clock ------------------------------------------------------------------------------


def test_what_is_due_stands_soonest_first_and_what_came_over_the_limits_last(alice, bob, monkeypatch):
    later, over, sooner = ask(), ask(is_flood=True), ask()
    TakeDownRequest.objects.filter(pk=sooner.pk).update(due_on=later.due_on - timedelta(days=1))
    settle(alice, settled := ask())

    due = list(lanes.due_requests())

    assert due == [sooner, later, over]
    assert settled not in due


def test_request_is_late_once_its_day_is_over(alice, bob, monkeypatch):
    request = ask()
    assert request.due_on == dates.due_on(lifecycle.today())
    assert not lanes.due_requests().get().is_late

    for days, is_late in ((0, False), (1, True)):
        monkeypatch.setattr(lifecycle, "today", lambda days=days: request.due_on + timedelta(days=days))
        assert lanes.due_requests().get().is_late is is_late

    page = room.text_of(room.see(factories.client_of(alice), "room_take_downs"))
    assert "late: " in page


def test_list_goes_on_to_the_next_page(alice, bob):
    story = factories.live_story()
    for _ in range(26):
        ask(story)

    page = room.text_of(room.see(factories.client_of(alice), "room_take_downs"))

    assert page.count("There is a legal reason") == 25
    assert re.search(r'href="(/admin/take-downs/)?\?p=2"', page)


def test_day_of_the_clock_goes_when_the_request_is_settled(alice, bob):
    settle(alice, request := ask())

    request.refresh_from_db()
    assert request.due_on is None


# --- Down first, look later -----------------------------------------------------------------


@pytest.mark.parametrize("page", ["room_take_downs", "room_take_down"])
def test_one_press_in_the_list_or_on_the_page_takes_the_story_down(page, alice, bob):
    request = ask()
    browser = factories.client_of(alice)
    shown = room.text_of(room.see(browser, page, *([request.pk] if page == "room_take_down" else [])))
    form = at_work.form_on(shown, reverse("room_take_down_first", args=[request.pk]))

    browser.post(form.action, form.as_posted())

    assert status_of(request.story) == "hidden"
    assert Event.objects.get(deed="take down").by == alice
    assert TakeDownRequest.objects.get().settled_on is None


def test_one_press_on_the_storys_own_page_takes_it_down(alice, bob):
    story = factories.live_story()
    browser = factories.client_of(alice)
    shown = room.text_of(browser.get(reverse("room_stories:inspect", args=[story.pk])))
    form = at_work.form_on(shown, reverse("room_stories:take_down", args=[story.pk]))

    browser.post(form.action, form.as_posted())

    assert status_of(story) == "hidden"


def test_locked_vault_does_not_stand_in_the_way_of_taking_down(alice, bob):
    request = ask()

    room.press(factories.client_of(alice, unlocked=False), "room_take_down_first", request.pk)

    assert status_of(request.story) == "hidden"


def test_story_that_is_down_offers_no_button_to_take_it_down(request_, alice):
    shown = room.text_of(room.see(factories.client_of(alice), "room_take_downs"))

    assert reverse("room_take_down_first", args=[request_.pk]) not in shown
    assert "it is down" in shown


# --- A legal reason -------------------------------------------------------------------------


def withhold(user, request):
    return room.press(factories.client_of(user), "room_withhold", request.pk)


def answer_at(story):
    return room.reader().get(story.get_absolute_url(), secure=True)


def test_address_of_a_withheld_story_names_a_legal_reason_and_nothing_else(alice, bob):
    story = factories.live_story(fields={"title": "The heron in the canal", "text": "It stood still."})
    withhold(alice, ask(story))

    response = answer_at(story)

    page = room.text_of(response)
    assert response.status_code == 451
    assert "This account isn’t shown for a legal reason" in page
    assert "noindex" in page
    for word in ("heron", "stood still", "Kent", "2024"):
        assert word not in page
    assert Event.objects.get(deed="take down").by == alice
    assert LogEntry.objects.filter(deed="withhold", by=alice).exists()


def test_story_that_is_down_for_another_reason_answers_as_any_other(alice, bob):
    request = ask(ground="other")
    publishing.take_down(request.story, by=alice)

    assert answer_at(request.story).status_code == 410


@pytest.mark.parametrize("ground", ["about-me", "identifies", "other"])
def test_only_a_legal_ground_withholds_a_story(ground, alice, bob):
    request = ask(ground=ground)

    withhold(alice, request)

    assert not Story.objects.get().is_withheld
    shown = room.text_of(room.see(factories.client_of(alice), "room_take_down", request.pk))
    assert reverse("room_withhold", args=[request.pk]) not in shown


def test_story_that_is_down_already_can_be_withheld_and_then_needs_two_to_come_back(alice, bob):
    story = factories.live_story()
    ask(story, ground="about-me")
    withhold(alice, ask(story))

    assert publishing.put_back(story, vault=factories.open_vault(alice)) is False
    assert publishing.put_back(story, vault=factories.open_vault(bob)) is True

    assert not Story.objects.get().is_withheld
    assert answer_at(story).status_code == 200


def test_story_that_never_went_live_says_nothing_even_if_it_is_withheld(alice, bob):
    story = factories.submission_at("agreed").story
    takedown.withhold_story(story)

    assert answer_at(story).status_code == 404


def test_withheld_story_that_its_contributor_takes_back_is_gone_as_any_other(alice, bob):
    story = factories.live_story()
    withhold(alice, ask(story))

    takedown.remove_story(story)

    assert answer_at(story).status_code == 410


def test_address_of_a_story_that_its_contributor_took_off_names_no_legal_reason(alice, bob):
    submission = factories.submission_at("published")
    story, opened = submission.story, coming_back.open_code(submission.code)
    changes.keep_choices(opened, {"consent_publish": False}, began=changes.choices_version(opened))
    request = ask(story)

    withhold(alice, request)

    assert answer_at(story).status_code == 410
    shown = room.text_of(room.see(factories.client_of(alice), "room_take_down", request.pk))
    assert reverse("room_withhold", args=[request.pk]) not in shown


# --- The answer -----------------------------------------------------------------------------

ANSWER = "Thank you.\n\nWe took it down & it stays down."


@pytest.fixture
def code():
    return receipts.new_code()


def test_answer_is_sent_when_the_request_is_settled_and_opens_with_the_code_alone(alice, bob, code):
    request = ask(code=code)

    settle(alice, request, answer=ANSWER)

    request.refresh_from_db()
    assert b"stays down" not in bytes(request.answer)
    visitor = Visitor()
    visitor.come_back(code)
    assert "We took it down & it stays down." in visitor.text()
    shown = room.text_of(room.see(factories.client_of(alice), "room_take_down", request.pk))
    assert "Only their code opens it" in shown
    assert "stays down." not in shown


def test_answer_that_is_too_long_comes_back_and_settles_nothing(alice, bob, code):
    request, words = ask(code=code), "It stays down. " * (LONGEST_NOTE // 14)

    page = room.text_of(settle(alice, request, answer=words))

    assert dict(at_work.form_on(page, settling(request)).fields)["answer"].strip() == words.strip()
    assert TakeDownRequest.objects.get().settled_on is None


def test_answer_to_what_somebody_settled_meanwhile_comes_back(alice, bob, code):
    settle(bob, request := ask(code=code))

    page = room.text_of(settle(alice, request, answer=ANSWER))

    assert "settled already" in page
    assert dict(at_work.form_on(page, settling(request)).fields)["answer"] == ANSWER


def test_answer_written_before_a_log_out_comes_back_and_is_sent_after_it(alice, bob, code):
    request, browser = ask(code=code), factories.client_of(alice)
    browser.post("/admin/logout/")

    page = room.text_of(browser.post(settling(request), {TOKEN: words_token(alice), "answer": ANSWER}))
    form = at_work.form_on(page, settling(request))
    assert dict(form.fields)["answer"] == ANSWER
    factories.client_of(alice).post(settling(request), form.as_posted())

    assert TakeDownRequest.objects.get().answer


def test_answer_to_a_request_without_a_code_is_refused_and_comes_back(request_, alice):
    page = room.text_of(settle(alice, request_, answer=ANSWER))

    assert "no code that could open an answer" in page
    assert dict(at_work.form_on(page, settling(request_)).fields)["answer"] == ANSWER
    with pytest.raises(Refused):
        publishing.settle_request(request_, by=alice, answer=ANSWER)


def settling(request):
    return reverse("room_settle", args=[request.pk])
