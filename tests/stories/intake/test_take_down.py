"""Anybody can ask that a story come down; some grounds take it down at once; a code says how it ended."""

import re
import uuid
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone

from heard.middleware import limits
from moderation import publishing
from moderation.queue import lanes
from stories.core import dates, lifecycle, sealed_store
from stories.crypto import receipts
from stories.crypto.sealing import DoesNotOpen
from stories.intake import retention, take_down_requests
from stories.models import LastRun, QueueKey, Story, TakeDownRequest
from tests import factories
from tests.moderation import room
from tests.stories.intake.visiting import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(alice, bob):
    return factories.live_story(fields={"title": "The heron in the canal"})


def ask(visitor, story, ground="about-me", **fields):
    visitor.get(f"/take-down/?story={story.slug}")
    return visitor.post("/take-down/", ground=ground, **fields)


def is_live(story):
    return Story.live.filter(pk=story.pk).exists()


@pytest.mark.parametrize("ground", ["about-me", "identifies"])
def test_story_that_says_who_somebody_is_goes_at_once_and_the_words_are_sealed(ground, story, visitor):
    assert "The heron in the canal" in visitor.get("/stories/")

    ask(visitor, story, ground, words=WORDS)

    assert "The story is off the site" in visitor.text()
    room.assert_on_no_page("The heron in the canal")
    story.refresh_from_db()
    assert (story.status, story.hidden_by_request) == ("hidden", True)
    request = TakeDownRequest.objects.get()
    assert (request.hid_the_story, request.week) == (True, lifecycle.this_week())
    # The words are sealed to the queue's key alone.
    assert b"neighbour" not in bytes(request.box)
    assert sealed_store.request_opened(request, private=factories.queue_pair().private) == {"text": WORDS}


def test_other_grounds_a_machine_and_whoever_is_over_the_limit_hide_nothing(story, visitor, monkeypatch):
    for asked in ({"ground": "legal"}, {"ground": "other"}, {"leave_empty": "https://spam.example"}, {}):
        if not asked:
            monkeypatch.setattr(limits, "is_over", lambda request, kind: kind == "take-down")
        ask(visitor, story, words="Please look.", **asked)

        assert "We have your request" in visitor.text(), asked
        assert is_live(story), asked
    assert [each.hid_the_story for each in TakeDownRequest.objects.all()] == [False] * 4


def test_story_that_was_put_back_is_not_hidden_by_a_stranger_again(story, alice, visitor):
    ask(visitor, story)
    publishing.put_back(story, vault=factories.open_vault(alice))

    ask(visitor, story)

    assert is_live(story)
    assert TakeDownRequest.objects.count() == 2


def test_fourth_story_of_a_day_waits_and_the_next_day_begins_anew(alice, bob, visitor, monkeypatch):
    stories = [factories.live_story() for _ in range(5)]
    for story in stories[:4]:
        ask(visitor, story)
    assert [is_live(story) for story in stories] == [False, False, False, True, True]
    assert "A moderator looks at it next, and can take the story down at once" in visitor.text()

    tomorrow = lifecycle.today() + timedelta(days=1)
    monkeypatch.setattr(lifecycle, "today", lambda: tomorrow)
    ask(visitor, stories[4])

    assert not is_live(stories[4])


def test_count_of_the_day_keeps_no_hour_and_no_story_and_each_place_has_its_row(story, visitor):
    """A row that isn't there can't be locked: on PostgreSQL six at once all took the first place of the first day."""
    ask(visitor, story)

    places = LastRun.objects.filter(name__startswith="hide by request")
    assert places.count() == take_down_requests.MOST_A_DAY
    assert places.filter(at__gte=timezone.now() - timedelta(days=1)).count() == 1
    place = places.latest("at")
    at = timezone.localtime(place.at)
    assert (at.hour, at.minute, at.second) == (0, 0, 0)
    assert story.slug not in place.name


def press_once_more(visitor, page, **fields):
    visitor.post_from(page, "/take-down/", **fields)
    return visitor.code()


def test_same_form_for_another_story_is_another_request_with_its_own_code(story, visitor):
    other = factories.live_story()
    page = visitor.get(f"/take-down/?story={story.slug}")
    first = press_once_more(visitor, page, ground="about-me", words="It is me.")

    second = press_once_more(visitor, page, ground="about-me", words="It is me.", story=other.slug)

    assert not is_live(other)
    assert TakeDownRequest.objects.count() == 2
    assert "" not in (first, second)
    assert first != second
    for code in (first, second):
        visitor.come_back(code)
        assert "The story is off the site" in visitor.text()


@pytest.mark.parametrize("changes", [{"words": "It is my sister, not me."}, {"ground": "legal"}])
def test_same_form_with_other_words_or_another_ground_is_kept_too(changes, story, visitor):
    visitor.get(f"/take-down/?story={story.slug}")
    page, asked = visitor.page, {"ground": "other", "words": "It is me."}
    press_once_more(visitor, page, **asked)

    codes = {press_once_more(visitor, page, **asked | changes) for _ in range(2)}

    requests = TakeDownRequest.objects.all()
    private = factories.queue_pair().private
    opened = sorted(sealed_store.request_opened(each, private=private)["text"] for each in requests)
    assert opened == sorted(["It is me.", changes.get("words", "It is me.")])
    assert len(codes) == 1


def test_story_is_found_however_its_address_is_typed_once_it_is_public(story):
    for typed in ("{}", "https://heard.example/stories/{}/", "/stories/{}?x=1", " {} "):
        assert take_down_requests.find_story(typed.format(story.slug)) == story, typed
    assert take_down_requests.find_story(factories.submission_at("agreed").story.slug) is None


def test_words_come_back_when_something_is_missing(story, visitor):
    for fields in (
        *({"ground": ""}, {"ground": "nonsense"}, {"ground": "other", "words": "Please. " * 400}),
        *({"story": "", "ground": "other"}, {"story": "nosuchstory0", "ground": "other"}),
    ):
        sent = {"words": "Please, it is me.", "story": story.slug} | fields
        visitor.get("/take-down/")

        visitor.post("/take-down/", **sent)

        assert visitor.box("words") == sent["words"], fields
        assert "There is something to look at" in visitor.text(), fields
    assert is_live(story)


def test_without_a_queue_key_the_story_goes_all_the_same_and_the_words_come_back(story, visitor):
    visitor.get("/take-down/")
    QueueKey.objects.update(is_current=False)

    visitor.post("/take-down/", story=story.slug, ground="about-me", words="Please, it is me.")

    for said in ("The story is off the site", "Please, it is me.", "just now nobody could open them"):
        assert said in visitor.text()
    assert not is_live(story)
    request = TakeDownRequest.objects.get()
    assert (bytes(request.box), request.queue_epoch) == (b"", None)
    visitor.come_back(visitor.code())
    assert "The story is off the site" in visitor.text()


def test_waiting_requests_are_bounded_over_the_limit_they_give_way_hiding_they_stay(story, monkeypatch):
    monkeypatch.setattr(take_down_requests, "MOST_WAITING", 3)
    for _ in range(12):
        _try_to_send(story, is_flood=True)
    assert TakeDownRequest.objects.count() == 3

    within = [_try_to_send(story) for _ in range(3)]
    assert set(TakeDownRequest.objects.all()) == set(within)

    for _ in range(6):
        _try_to_send(story)
    hid = _try_to_send(story, ground="about-me")
    assert hid.hid_the_story
    assert TakeDownRequest.objects.filter(pk=hid.pk).exists()
    assert not is_live(story)


def _try_to_send(story, *, is_flood=False, ground="other"):
    asked = take_down_requests.Asked(story, ground, "Please look.")
    with suppress(take_down_requests.TooManyWait):
        return take_down_requests.ask_to_take_down(asked, request_id=uuid.uuid4(), is_flood=is_flood)


def test_request_that_found_no_room_gives_the_words_back(story, visitor, monkeypatch):
    monkeypatch.setattr(take_down_requests, "MOST_WAITING", 0)

    ask(visitor, story, ground="other", words="He is my neighbour.")

    assert "We could not take this just now" in visitor.text()
    assert "He is my neighbour." in visitor.text()
    assert visitor.response.status_code == 429
    assert not TakeDownRequest.objects.exists()


WORDS = "He is my neighbour."
ANSWER = "Thank you. It stays down."


@pytest.fixture
def code(story, visitor):
    """The code of a request that waits, with its page before the visitor."""
    visitor.get(f"/take-down/?story={story.slug}")
    visitor.post("/take-down/", ground="legal", words=WORDS)
    return visitor.code()


def back(visitor, code):
    visitor.come_back(code)
    return re.sub(r"\s+", " ", visitor.text())


def test_code_is_shown_after_asking_with_the_dates_and_says_where_it_stands(code, visitor):
    page = visitor.text()
    assert receipts.read_code(code) == code
    due, gone = day(dates.due_on(lifecycle.today())), day(lifecycle.this_week() + timedelta(days=90))
    for said in (due, gone, "If you lose it, nothing is lost"):
        assert said in page

    for spelled in (code.lower(), code.replace("-", ""), f" {code} "):
        page = back(visitor, spelled)
        for said in ("We have your request", "The story is still on the site", due):
            assert said in page, spelled
        for secret in (code, "heron", WORDS):
            assert secret not in visitor.page, spelled
    visitor.page = ""
    visitor.post("/return/", code=code, step="message", message="One more thing.")
    assert "One more thing." in visitor.text()
    assert "We kept nothing of it" in visitor.text()


def test_nothing_stored_holds_the_code_and_the_request_waits_on_without_its_words(code):
    row = TakeDownRequest.objects.values().get()
    for spelled in (code, code.replace("-", "")):
        assert spelled not in str(row)
        assert all(spelled.encode() not in bytes(value) for value in row.values() if isinstance(value, bytes))

    retention.run_retention(today=lifecycle.this_week() + timedelta(days=90))

    assert lanes.due_requests().get().is_late


def test_form_whose_token_is_no_good_any_more_gets_a_code_that_opens(story, visitor):
    visitor.get(f"/take-down/?story={story.slug}")
    visitor.page = re.sub(r'name="token" value="[^"]*"', 'name="token" value="stale"', visitor.page)

    visitor.post("/take-down/", ground="legal")

    assert "still on the site" in back(visitor, visitor.code())


def test_code_shows_what_was_decided_and_the_answer_of_no_other_request(code, story, alice, visitor):
    opened = take_down_requests.open_request(code)
    publishing.take_down(story, by=alice)
    publishing.settle_request(TakeDownRequest.objects.get(), by=alice, answer=ANSWER)

    page = back(visitor, code)

    gone = day(lifecycle.today() + timedelta(days=30))
    for said in ("We have looked at your request", "The story is off the site", ANSWER, gone):
        assert said in page
    other = TakeDownRequest.objects.get()
    other.pk = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(DoesNotOpen):
        sealed_store.answer_opened(other, private=opened.private)
