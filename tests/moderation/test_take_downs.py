import uuid

import pytest

from stories import going_down, lifecycle
from stories.models import Story, TakeDownRequest
from stories.telling import sealed_store
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

WORDS = "My neighbour would know me by this."


@pytest.fixture
def request_(alice, bob):
    story = factories.live_story()
    going_down.hide(story, by_request=True)
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


def test_open_request_stands_in_the_list_and_its_words_open_with_the_vault(request_, alice):
    browser = factories.client_of(alice)

    assert "It could identify someone" in room.text_of(room.see(browser, "room_take_downs"))
    assert WORDS in room.text_of(room.see(browser, "room_take_down", request_.pk))


def test_words_stay_shut_while_the_vault_is_locked(request_, alice):
    response = room.see(factories.client_of(alice, unlocked=False), "room_take_down", request_.pk)

    assert response.status_code == 403
    assert WORDS not in room.text_of(response)


def test_settled_request_leaves_the_story_as_it_is(request_, alice):
    room.press(factories.client_of(alice), "room_settle", request_.pk)

    request_.refresh_from_db()
    assert request_.settled_by == alice
    assert request_.settled_at is not None
    assert Story.objects.get().status == "hidden"


def test_request_is_settled_once(request_, alice, bob):
    room.press(factories.client_of(alice), "room_settle", request_.pk)

    room.press(factories.client_of(bob), "room_settle", request_.pk)

    request_.refresh_from_db()
    assert request_.settled_by == alice


def test_putting_the_story_back_settles_its_requests(request_, bob):
    factories.client_of(bob).post(f"/admin/stories/{request_.story_id}/put-back/")

    request_.refresh_from_db()
    assert request_.settled_by == bob
    assert Story.objects.get().status == "live"


def test_words_that_my_keys_do_not_open_are_said_to_be_so(request_, alice):
    TakeDownRequest.objects.update(box=b"not sealed here")

    page = room.text_of(room.see(factories.client_of(alice), "room_take_down", request_.pk))

    assert "Your keys don" in page


def test_password_alone_settles_no_request(request_, alice):
    response = room.press(factories.client_of(alice, unlocked=False), "room_settle", request_.pk)

    request_.refresh_from_db()
    assert response.status_code == 403
    assert request_.settled_at is None
