"""The form sent once more under its code, from a page that Back led to: it follows the rules of changes."""

import pytest

from moderation import reading, working_copies
from moderation.facts import load_text_facts
from moderation.policies.stories import why_not_put_back
from moderation.team.permissions import Refused
from stories.core import lifecycle
from stories.crypto import receipts
from stories.intake import receive
from stories.models import CountedAnswers, Story
from tests import factories
from tests.moderation import room
from tests.stories.intake.changes import choose, deeds, send_again
from tests.stories.intake.visiting import sent

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def test_other_answers_leave_an_event_and_have_to_be_read(alice, bob):
    submission = factories.submission_at("prepared")
    factories.unfold(submission, by=bob)

    send_again(submission, again="no")

    assert (submission.status, deeds(submission)[-1]) == ("prepared", "answers")
    with pytest.raises(Refused, match="changed an answer or a choice"):
        factories.say_second_yes(working_copies.newest_copy(submission), by=bob)


def test_old_page_undoes_nothing_that_was_changed_with_the_code(queue_key, visitor):
    submission = factories.submission_at(again="yes")
    # Before that, the last that was sent counts.
    send_again(submission, again="no")
    send_again(submission, again="yes")
    assert sent(submission.code).answers["again"] == "yes"
    choose(visitor, submission, "consent_count")
    visitor.press(submission.code, "answers")
    visitor.post("/return/", step="answers-keep", **factories.ANSWERS | {"place_shown": "nation", "again": "maybe"})

    send_again(submission, again="yes", online="yes")

    kept = sent(submission.code).answers
    assert (kept["consent_publish"], kept["place_shown"], kept["again"]) == (False, "nation", "maybe")
    # What was never said before is new, and kept.
    assert kept["online"] == "yes"


def test_no_on_an_old_page_is_a_no(queue_key, visitor):
    submission = factories.submission_at(consent_publish=False)
    choose(visitor, submission, "consent_publish")
    assert sent(submission.code).answers["consent_publish"] is True

    send_again(submission, consent_publish=False)

    assert sent(submission.code).answers["consent_publish"] is False


def test_yes_to_more_waits_for_the_page_of_choices_and_more_about_where_is_settled(alice, bob):
    submission = factories.submission_at("agreed")
    story = Story.objects.get(submission=submission)

    send_again(submission, consent_quote=True, consent_training=True)
    story.refresh_from_db()
    assert (story.status, story.may_quote, story.may_train) == ("agreed", False, False)

    before = deeds(submission)
    send_again(submission, outcome="", year="2020")
    story.refresh_from_db()
    assert (story.status, deeds(submission)) == ("agreed", before)
    assert sent(submission.code).answers["year"] == "2024"


@pytest.mark.parametrize("status", ["agreed", "published"])
def test_less_about_where_takes_the_story_down_and_nobody_puts_it_back(status, alice, bob, visitor):
    submission = factories.submission_at(status)

    send_again(submission, place_shown="nation")
    send_again(submission, place_shown="nation")

    story = Story.objects.get(submission=submission)
    assert story.status == "hidden"
    assert "asked for a change" in why_not_put_back(load_text_facts(story.submission_id, alice))
    assert deeds(submission).count("show less") == 1
    visitor.come_back(submission.code)
    assert "You asked for a change" in visitor.text()
    assert "wants less shown" in room.text_of(room.see(factories.client_of(alice), "room_stories:inspect", story.pk))


def test_what_was_counted_or_declined_is_settled(alice):
    submission = factories.submission_at()
    lifecycle.advance(submission, "decline", by=alice, reason="spam")

    send_again(submission, again="no", consent_publish=False)

    assert sent(submission.code).answers["consent_publish"] is True
    assert not CountedAnswers.objects.exists()


def test_without_a_code_a_text_that_waits_goes_back_and_a_no_takes_the_story_down(alice, bob):
    waits, agreed = _without_a_code(alice), _without_a_code(alice)
    factories.agree(agreed, by=bob)

    send_again(waits, place_shown="nothing")
    send_again(agreed, consent_publish=False)

    assert waits.status == "received"
    assert {"answers", "consents"} <= set(deeds(waits))
    assert reading.unsealed_texts(waits, vault=factories.open_vault(bob)).answers["place_shown"] == "nothing"
    assert (Story.objects.get().status, Story.objects.get().may_publish) == ("hidden", False)


def _without_a_code(reader):
    code = receipts.new_code()
    submission = receive.receive_account(factories.sent(), receive.Arrival(code, keeps_code=False))
    submission.code = code
    factories.put_forward(submission, by=reader)
    return submission
