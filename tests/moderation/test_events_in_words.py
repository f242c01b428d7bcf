import pytest

from moderation import event_words
from stories.core import lifecycle
from stories.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


def test_event_says_what_was_done_for_which_reason_and_how_many():
    replaced = {"OFFICER_NAME": 2, "PHONE": 1}
    cases = {
        "put it forward": {"counts": None},
        "put it forward ": {"counts": {"replaced": {}, "left": {}}},
        "put it forward: replaced 3 (2 × officer's name, phone number); left 1 (email address)": {
            "counts": {"replaced": replaced, "left": {"EMAIL": 1}}
        },
        "put it forward: somebody’s safety; left 2 (2 × phone number)": {
            "reason": "safety",
            "counts": {"left": {"PHONE": 2}},
        },
        "put it forward: left 1 (SHOE_SIZE)": {"counts": {"left": {"SHOE_SIZE": 1}}},
    }
    submission = factories.submission_at("received")
    for says, changes in cases.items():
        lifecycle.record_event(submission, "put forward", **changes)
        [*_before, told] = event_words.events_told(Event.objects.filter(submission=submission).order_by("number"))
        assert told["words"] == says.strip()
