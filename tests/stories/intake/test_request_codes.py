"""The code that somebody gets who asks that a story come down: where it stands, and the answer."""

import re
from datetime import timedelta

import pytest

from moderation import publishing
from moderation.queue import lanes
from stories.core import dates, lifecycle, sealed_store
from stories.crypto import receipts
from stories.crypto.sealing import DoesNotOpen
from stories.intake import retention, take_down_requests
from stories.models import TakeDownRequest
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "He is my neighbour."
ANSWER = "Thank you. It stays down."


@pytest.fixture
def story(alice, bob):
    return factories.live_story(fields={"title": "The heron in the canal"})


@pytest.fixture
def code(story, visitor):
    """The code of a request that waits, with its page before the visitor."""
    visitor.get(f"/take-down/?story={story.slug}")
    visitor.post("/take-down/", ground="legal", words=WORDS)
    return visitor.code()


def day(date):
    return f"{date.day} {date:%B %Y}"


def settle(by, answer=""):
    publishing.settle_request(TakeDownRequest.objects.get(), by=by, answer=answer)


def back(visitor, code):
    visitor.come_back(code)
    return re.sub(r"\s+", " ", visitor.text())


def test_code_is_shown_after_asking_with_the_dates(code, visitor):
    page = visitor.text()

    assert receipts.read_code(code) == code
    assert day(dates.due_on(lifecycle.today())) in page
    assert day(lifecycle.this_week() + timedelta(days=90)) in page
    assert "If you lose it, nothing is lost" in page


def test_nothing_that_is_stored_holds_the_code(code):
    row = TakeDownRequest.objects.values().get()

    for spelled in (code, code.replace("-", "")):
        assert spelled not in str(row)
        assert all(spelled.encode() not in bytes(value) for value in row.values() if isinstance(value, bytes))


def test_form_whose_token_is_no_good_any_more_gets_a_code_that_opens(story, visitor):
    visitor.get(f"/take-down/?story={story.slug}")
    visitor.page = re.sub(r'name="token" value="[^"]*"', 'name="token" value="stale"', visitor.page)

    visitor.post("/take-down/", ground="legal")

    assert "still on the site" in back(visitor, visitor.code())


@pytest.mark.parametrize("spelled", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c} "])
def test_code_says_where_it_stands_until_somebody_looks(spelled, code, visitor):
    page = back(visitor, spelled(code))

    assert "We have your request" in page
    assert "The story is still on the site" in page
    assert day(dates.due_on(lifecycle.today())) in page
    assert code not in visitor.page
    assert "heron" not in page
    assert WORDS not in page


def test_code_shows_what_was_decided_and_the_answer(code, story, alice, visitor):
    publishing.take_down(story, by=alice)
    settle(alice, answer=ANSWER)

    page = back(visitor, code)

    assert "We have looked at your request" in page
    assert "The story is off the site" in page
    assert ANSWER in page
    assert day(lifecycle.today() + timedelta(days=30)) in page


def test_answer_of_another_request_does_not_open(code, story, alice):
    opened = take_down_requests.open_request(code)
    settle(alice, answer=ANSWER)
    other = TakeDownRequest.objects.get()
    other.pk = "00000000-0000-4000-8000-000000000000"

    with pytest.raises(DoesNotOpen):
        sealed_store.answer_opened(other, private=opened.private)


def test_words_that_come_with_the_code_are_given_back(code, visitor):
    visitor.page = ""

    visitor.post("/return/", code=code, step="message", message="One more thing.")

    assert "One more thing." in visitor.text()
    assert "We kept nothing of it" in visitor.text()


def test_request_that_waits_is_still_in_the_list_when_its_words_are_gone(code):
    retention.run_retention(today=lifecycle.this_week() + timedelta(days=90))

    assert lanes.due_requests().get().is_late
