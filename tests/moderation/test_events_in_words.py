import pytest

from moderation import event_words
from stories.core import lifecycle
from stories.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


def words_of(**changes):
    submission = factories.submission_at("received")
    lifecycle.record_event(submission, "put forward", **changes)
    return event_words.events_told(Event.objects.filter(submission=submission, deed="put forward"))[0]["words"]


def test_counts_stand_in_words():
    counts = {"replaced": {"OFFICER_NAME": 2, "PHONE": 1}, "left": {"EMAIL": 1}}

    assert words_of(counts=counts) == (
        "put it forward: replaced 3 (2 × officer's name, phone number); left 1 (email address)"
    )


@pytest.mark.parametrize("counts", [None, {}, {"replaced": {}, "left": {}}])
def test_nothing_counted_says_nothing(counts):
    assert words_of(counts=counts) == "put it forward"


def test_reason_and_counts_stand_one_after_the_other():
    assert words_of(reason="safety", counts={"left": {"PHONE": 2}}) == (
        "put it forward: somebody’s safety; left 2 (2 × phone number)"
    )


def test_kind_that_is_no_longer_in_the_table_keeps_its_name():
    assert words_of(counts={"left": {"SHOE_SIZE": 1}}) == "put it forward: left 1 (SHOE_SIZE)"
