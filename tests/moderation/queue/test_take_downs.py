import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from moderation import publishing
from moderation.forms.room import LONGEST_NOTE
from moderation.models import LogEntry
from moderation.queue import lanes
from moderation.team.permissions import Refused
from moderation.views.decorators import TOKEN, words_token
from stories.core import dates, lifecycle, takedown
from stories.crypto import receipts
from stories.intake import changes, coming_back, take_down_requests
from stories.models import Event, Story, TakeDownRequest
from tests import at_work, factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

WORDS = "My neighbour would know me by this."
FIRST = "room_take_down_first"


@pytest.fixture
def story(alice, bob):
    return factories.live_story()


@pytest.fixture
def request_(story):
    """One that hid its story, without a code."""
    return ask(story, ground="identifies")


def settle(user, request, *, unlocked=True, **data):
    browser = factories.client_of(user, unlocked=unlocked)
    return room.press(browser, "room_settle", request.pk, **({TOKEN: words_token(user)} | data))


def ask(story, *, ground="legal", code="", is_flood=False):
    asked = take_down_requests.Asked(story, ground, WORDS)
    return take_down_requests.ask_to_take_down(asked, request_id=uuid.uuid4(), code=code, is_flood=is_flood)


def answer_typed_on(page, request):
    return dict(at_work.form_on(page, reverse("room_settle", args=[request.pk])).fields)["answer"]


def test_open_request_and_story_are_for_moderators_and_its_words_for_an_open_vault(alice, bob, coordinator):
    story = factories.live_story(fields={"title": "The heron", "text": "A heron stood in the custody suite."})
    request, browser = ask(story, ground="identifies"), factories.client_of(alice)

    assert Story.objects.get().status == "hidden"
    listed = room.text_of(room.see(browser, "room_take_downs"))
    page = room.text_of(room.see(browser, "room_take_down", request.pk))
    for words in ("It could identify someone", "The heron"):
        assert words in listed, words
    for words in (WORDS, "The heron</bdi></a> (Taken down", story.text):
        assert words in page, words
    for name in ("room_take_downs", "room_stories:index"):
        assert "The heron" not in room.text_of(room.see(coordinator, name))
    locked = room.see(factories.client_of(alice, unlocked=False), "room_take_down", request.pk)
    assert locked.status_code == 403
    assert WORDS not in room.text_of(locked)

    TakeDownRequest.objects.update(box=b"not sealed here")
    assert "Your keys don" in room.text_of(room.see(browser, "room_take_down", request.pk))


def test_request_is_settled_once_with_the_vault_open_and_leaves_the_story_as_it_is(request_, alice, bob):
    refused = settle(alice, request_, unlocked=False, answer="It stays down.")
    assert refused.status_code == 403
    assert "It stays down." in room.text_of(refused)
    assert TakeDownRequest.objects.get().settled_on is None

    for person in (alice, bob):
        settle(person, request_)

    request_.refresh_from_db()
    # The day of its clock goes.
    assert (request_.settled_by, request_.settled_on, request_.due_on) == (alice, lifecycle.today(), None)
    assert Story.objects.get().status == "hidden"


def test_putting_the_story_back_settles_what_hid_it_and_leaves_what_is_unread(request_, bob):
    waiting = [ask(request_.story, ground=ground) for ground in ("legal", "other")]

    factories.client_of(bob).post(f"/admin/stories/{request_.story_id}/put-back/")

    assert Story.objects.get().status == "live"
    request_.refresh_from_db()
    assert request_.settled_by == bob
    assert set(TakeDownRequest.objects.filter(settled_on=None)) == set(waiting)


def test_what_is_due_stands_soonest_first_and_is_late_once_its_day_is_over(story, alice, monkeypatch):
    later, over, sooner, settled = ask(story), ask(story, is_flood=True), ask(story), ask(story)
    assert later.due_on == dates.due_on(lifecycle.today())
    TakeDownRequest.objects.filter(pk=sooner.pk).update(due_on=later.due_on - timedelta(days=1))
    settle(alice, settled)

    # Last stands what came over the limits.
    assert list(lanes.due_requests()) == [sooner, later, over]
    shown = room.text_of(room.see(factories.client_of(alice), "room_take_downs"))
    assert date_format(later.due_on, "l j F") in shown
    for days, is_late in ((0, False), (1, True)):
        monkeypatch.setattr(lifecycle, "today", lambda days=days: later.due_on + timedelta(days=days))
        assert lanes.due_requests().get(pk=later.pk).is_late is is_late
    assert "late: " in room.text_of(room.see(factories.client_of(alice), "room_take_downs"))


@pytest.mark.parametrize("page", ["room_take_downs", "room_lane", "room_take_down", "room_stories:inspect"])
def test_one_press_takes_the_story_down_from_the_list_its_request_or_its_own_page(page, story, alice):
    # A locked vault stands in the way of the request's words alone.
    request, browser = ask(story), factories.client_of(alice, unlocked=page == "room_take_down")
    pk = {"room_take_downs": [], "room_lane": ["urgent"], "room_take_down": [request.pk]}.get(page, [story.pk])
    deed, row = ("room_stories:take_down", story) if page == "room_stories:inspect" else (FIRST, request)
    form = at_work.form_on(room.text_of(room.see(browser, page, *pk)), reverse(deed, args=[row.pk]))

    browser.post(form.action, form.as_posted())

    assert Story.objects.get().status == "hidden"
    assert Event.objects.get(deed="take down").by == alice
    assert TakeDownRequest.objects.get().settled_on is None
    shown = room.text_of(room.see(browser, "room_take_downs"))
    assert (reverse(FIRST, args=[request.pk]) in shown, "it is down" in shown) == (False, True)


def withhold(user, request):
    return room.press(factories.client_of(user), "room_withhold", request.pk)


def answer_at(story):
    return room.reader().get(story.get_absolute_url(), secure=True)


def test_address_of_a_withheld_story_names_a_legal_reason_and_nothing_else(alice, bob):
    story = factories.live_story(fields={"title": "The heron in the canal", "text": "It stood still."})
    withhold(alice, ask(story))

    response = answer_at(story)

    assert response.status_code == 451
    words = ("This account isn’t shown for a legal reason", "noindex", "heron", "stood still", "Kent", "2024")
    assert [each in room.text_of(response) for each in words] == [True] * 2 + [False] * 4
    assert Event.objects.get(deed="take down").by == alice
    assert LogEntry.objects.filter(deed="withhold", by=alice).exists()

    # What never went live says nothing, and what its contributor takes back is gone as any other.
    takedown.withhold_story(agreed := factories.submission_at("agreed").story)
    assert answer_at(agreed).status_code == 404
    takedown.remove_story(story)
    assert answer_at(story).status_code == 410


@pytest.mark.parametrize("ground", ["about-me", "identifies", "other", "legal"])
def test_only_a_legal_ground_withholds_and_no_story_that_its_contributor_took_off(ground, alice, bob):
    submission = factories.submission_at("published")
    story, opened = submission.story, coming_back.open_code(submission.code)
    if ground == "legal":
        changes.keep_choices(opened, {"consent_publish": False}, began=changes.choices_version(opened))
    request = ask(story, ground=ground)

    withhold(alice, request)

    assert not Story.objects.get().is_withheld
    shown = room.text_of(room.see(factories.client_of(alice), "room_take_down", request.pk))
    assert reverse("room_withhold", args=[request.pk]) not in shown
    if ground == "other":
        # It hid nothing by itself.
        publishing.take_down(story, by=alice)
    assert answer_at(story).status_code == 410


def test_story_that_is_down_already_can_be_withheld_and_then_needs_two_to_come_back(story, alice, bob):
    ask(story, ground="about-me")
    withhold(alice, ask(story))

    for person, is_back in ((alice, False), (bob, True)):
        assert publishing.put_back(story, vault=factories.open_vault(person)) is is_back

    assert not Story.objects.get().is_withheld
    assert answer_at(story).status_code == 200


ANSWER = "Thank you.\n\nWe took it down & it stays down."


@pytest.fixture
def code():
    return receipts.new_code()


def test_answer_comes_back_over_a_log_out_and_is_sent_for_the_code_alone(story, alice, code, visitor):
    request, browser = ask(story, code=code), factories.client_of(alice)
    address = reverse("room_settle", args=[request.pk])
    browser.post("/admin/logout/")

    page = room.text_of(browser.post(address, {TOKEN: words_token(alice), "answer": ANSWER}))
    assert answer_typed_on(page, request) == ANSWER
    assert TakeDownRequest.objects.get().settled_on is None
    browser = factories.client_of(alice)
    browser.post(address, at_work.form_on(page, address).as_posted())

    request.refresh_from_db()
    assert b"stays down" not in bytes(request.answer)
    visitor.come_back(code)
    assert "We took it down & it stays down." in visitor.text()
    shown = room.text_of(room.see(browser, "room_take_down", request.pk))
    assert ("Only their code opens it" in shown, "stays down." in shown) == (True, False)


def test_answer_that_is_too_long_late_or_to_no_code_comes_back_and_settles_nothing(story, alice, bob, code):
    request, words = ask(story, code=code), "It stays down. " * (LONGEST_NOTE // 14)
    page = room.text_of(settle(alice, request, answer=words))
    assert answer_typed_on(page, request).strip() == words.strip()
    assert TakeDownRequest.objects.get().settled_on is None

    settle(bob, request)
    codeless = ask(story)
    for to, says in ((request, "settled already"), (codeless, "no code that could open an answer")):
        page = room.text_of(settle(alice, to, answer=ANSWER))
        assert says in page
        assert answer_typed_on(page, to) == ANSWER, says
    with pytest.raises(Refused):
        publishing.settle_request(codeless, by=alice, answer=ANSWER)
