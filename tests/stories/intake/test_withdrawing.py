"""Taking it back: one page that says what will happen, one button, and then nothing is left."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from moderation.models import Agreement, WorkingCopy
from stories.core import takedown
from stories.intake import coming_back, messages, public_form, retention
from stories.models import SealedText, Story, Submission
from tests import factories
from tests.stories.intake.visiting import raising

pytestmark = pytest.mark.django_db

_TAKEN = ("stories_story", "stories_submission")


def withdraw(visitor, code):
    visitor.press(code, "withdraw")
    return visitor.post("/return/", step="withdraw-now")


@pytest.mark.parametrize(
    "status", ["received", "waiting", "held", "prepared", "agreed", "published", "counted", "declined"]
)
def test_withdrawing_erases_everything_in_every_state(status, alice, bob, visitor):
    submission = factories.submission_at(status)
    messages.write_message(coming_back.open_code(submission.code), "A message.")

    withdraw(visitor, submission.code)

    submission.refresh_from_db()
    assert submission.status == "withdrawn"
    assert not any(map(bytes, (submission.public_key, submission.key_under_code, submission.key_for_queue)))
    for model in (SealedText, WorkingCopy, Agreement):
        assert not model.objects.exists()
    assert not Story.objects.exclude(status="removed", title="", text="", agreed="").exists()


def test_database_forgets_a_story_whose_account_was_erased_before(
    alice, bob, monkeypatch, django_capture_on_commit_callbacks
):
    story, scrubbed = factories.live_story(), []
    retention.erase_submission(story.submission, on=story.agreed_week)
    monkeypatch.setattr(retention, "scrub_database", lambda: scrubbed.append(True))

    with django_capture_on_commit_callbacks(execute=True):
        retention.withdraw_submission(coming_back.Opened(story.submission, b""))

    assert scrubbed == [True]


def test_only_the_page_that_says_what_will_happen_leads_to_it_and_twice_is_once(queue_key, visitor):
    mine, other = factories.submission_at("received"), factories.submission_at("received")
    visitor.press(mine.code, "withdraw-now")
    assert "Take it back?" in visitor.text()
    visitor.page = ""
    visitor.post("/return/", step="withdraw-now", code=mine.code)
    assert "Take it back?" in visitor.text()
    assert set(Submission.objects.values_list("status", flat=True)) == {"received"}

    page = visitor.page
    for _ in range(2):
        visitor.post_from(page, "/return/", step="withdraw-now")
        assert "You took it back" in visitor.text()

    # Nor does a token for one withdraw another.
    visitor.page, token = "", public_form.issue_token("withdraw", code=mine.code)
    visitor.post("/return/", step="withdraw-now", code=other.code, token=token)
    other.refresh_from_db()
    assert other.status == "received"


def test_all_of_it_happens_or_none(alice, bob, visitor, monkeypatch):
    submission = factories.submission_at("published")
    monkeypatch.setattr(takedown, "remove_story", raising(DatabaseError))
    withdraw(visitor, submission.code)

    assert visitor.response.status_code == 503
    submission.refresh_from_db()
    assert submission.status == "published"
    assert SealedText.objects.filter(submission=submission).exists()
    assert Story.live.exists()


def test_story_is_taken_before_its_submission_as_every_other_deed_does(alice, bob):
    """Two that take the same rows in two orders wait for each other, and PostgreSQL then throws one of them out."""
    submission = factories.submission_at("published")
    opened = coming_back.open_code(submission.code)

    with CaptureQueriesContext(connection) as asked:
        retention.withdraw_submission(opened)

    tables = [table for query in asked for table in _TAKEN if f'FROM "{table}"' in query["sql"]]
    assert tables[:2] == ["stories_story", "stories_submission"]


def test_page_that_was_opened_before_a_yes_still_takes_everything_back(alice, visitor):
    submission = factories.submission_at("prepared", consent_ask_again=True)
    visitor.press(submission.code, "withdraw")
    page = visitor.page
    visitor.press(submission.code, "yes")

    visitor.post_from(page, "/return/", step="withdraw-now")

    submission.refresh_from_db()
    assert submission.status == "withdrawn"
    assert not SealedText.objects.exists()
