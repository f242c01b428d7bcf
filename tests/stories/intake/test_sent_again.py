"""The form sent once more under its code, from a page that Back led to: it follows the rules of changes."""

import pytest

from moderation import reading, working_copies
from moderation.facts import load_text_facts
from moderation.policies.stories import why_not_put_back
from moderation.team.permissions import Refused
from stories.core import lifecycle
from stories.crypto import receipts
from stories.intake import receive
from stories.models import CountedAnswers, Edition, Story
from tests import factories
from tests.moderation import room
from tests.stories.intake.changes import deeds
from tests.stories.intake.visiting import TOLD, sent

pytestmark = [pytest.mark.django_db, pytest.mark.store]
FACTS = {"place_shown": "force", "force": "kent", "year": "2024", "outcome": "closed"}
ALL = TOLD | FACTS | {"consent_publish": "on"}


@pytest.fixture
def at(alice, bob):
    """Told with `ALL` and brought to a state; its code is `at(...).code`."""

    def bring(status="received", *, goes_live=False, **changes):
        factories.queue_key()
        code = receipts.new_code()
        submission = receive.receive_account(_sent(**changes), receive.Arrival(code))
        if status != "received":
            factories.put_forward(submission, by=alice)
        if status == "agreed":
            factories.agree(submission, by=bob)
        if goes_live:
            factories.submission_at("agreed")
            factories.submission_at("agreed")
            factories.publish_all()
        submission.refresh_from_db()
        submission.code = code
        return submission

    return bring


def _sent(**changes):
    return factories.sent(**({"consent_publish": True, **FACTS} | changes))


def again(submission, *, code=None, **changes):
    receive.receive_account(_sent(**changes), receive.Arrival(code or submission.code))
    submission.refresh_from_db()


def test_other_answers_leave_an_event_and_have_to_be_read(at, bob):
    submission = at("prepared")
    factories.unfold(submission, by=bob)

    again(submission, again="no")

    assert (submission.status, deeds(submission)[-1]) == ("prepared", "answers")
    with pytest.raises(Refused, match="changed an answer or a choice"):
        factories.say_second_yes(working_copies.newest_copy(submission), by=bob)


@pytest.mark.parametrize("changes", [{"place_shown": "nation"}, {"year": "2023"}, {"consent_publish": False}])
def test_what_a_story_would_show_sends_the_text_back(changes, at, bob):
    submission = at("prepared")

    again(submission, **changes)

    assert submission.status == "received"
    with pytest.raises(Refused):
        factories.agree(submission, by=bob)


def test_back_and_forth_before_anything_was_changed_with_the_code_keeps_the_last(at):
    submission = at(again="yes")

    again(submission, again="no")
    again(submission, again="yes")

    assert sent(submission.code).answers["again"] == "yes"


def test_old_page_undoes_nothing_that_was_changed_with_the_code(at, visitor):
    submission = at(again="yes")
    visitor.come_back(submission.code)
    visitor.post("/return/", step="consents")
    visitor.post("/return/", step="consents-keep", consent_count="on")
    visitor.come_back(submission.code)
    visitor.post("/return/", step="answers")
    visitor.post("/return/", step="answers-keep", **FACTS | {"place_shown": "nation", "again": "maybe"})

    again(submission, again="yes", online="yes")

    kept = sent(submission.code).answers
    assert (kept["consent_publish"], kept["place_shown"], kept["again"]) == (False, "nation", "maybe")
    # What was never said before is new, and kept.
    assert kept["online"] == "yes"


def test_no_on_an_old_page_is_a_no(at, visitor):
    submission = at(consent_publish=False)
    visitor.come_back(submission.code)
    visitor.post("/return/", step="consents")
    visitor.post("/return/", step="consents-keep", consent_publish="on")
    assert sent(submission.code).answers["consent_publish"] is True

    again(submission, consent_publish=False)

    assert sent(submission.code).answers["consent_publish"] is False


@pytest.mark.parametrize("goes_live", [False, True])
def test_no_to_publishing_takes_the_story_down_at_once(goes_live, at, alice):
    submission = at("agreed", goes_live=goes_live)
    before = Edition.objects.get().number

    again(submission, consent_publish=False)

    story = Story.objects.get(submission=submission)
    assert (story.status, story.may_publish) == ("hidden", False)
    assert "Only they can give it again" in why_not_put_back(load_text_facts(story.submission_id, alice))
    assert (Edition.objects.get().number > before) is goes_live
    assert sent(submission.code).answers["consent_publish"] is False
    assert deeds(submission)[-1] == "consents"


def test_yes_to_more_waits_for_the_page_of_choices(at):
    submission = at("agreed")

    again(submission, consent_quote=True, consent_training=True)

    story = Story.objects.get(submission=submission)
    assert (story.status, story.may_quote, story.may_train) == ("agreed", False, False)


@pytest.mark.parametrize("goes_live", [False, True])
def test_less_about_where_takes_the_story_down_and_nobody_puts_it_back(goes_live, at, alice, visitor):
    submission = at("agreed", goes_live=goes_live)

    again(submission, place_shown="nation")
    again(submission, place_shown="nation")

    story = Story.objects.get(submission=submission)
    assert story.status == "hidden"
    assert "asked for a change" in why_not_put_back(load_text_facts(story.submission_id, alice))
    assert deeds(submission).count("show less") == 1
    visitor.come_back(submission.code)
    assert "You asked for a change" in visitor.text()
    assert "wants less shown" in room.text_of(room.see(factories.client_of(alice), "room_stories:inspect", story.pk))


def test_more_about_where_changes_nothing_any_more(at):
    submission = at("agreed", place_shown="force")
    before = deeds(submission)

    again(submission, outcome="", year="2020")

    assert Story.objects.get(submission=submission).status == "agreed"
    assert deeds(submission) == before
    assert sent(submission.code).answers["year"] == "2024"


def test_what_was_counted_or_declined_is_settled(at, alice):
    submission = at()
    lifecycle.advance(submission, "decline", by=alice, reason="spam")

    again(submission, again="no", consent_publish=False)

    assert sent(submission.code).answers["consent_publish"] is True
    assert not CountedAnswers.objects.exists()


def without_a_code(reader):
    factories.queue_key()
    code = receipts.new_code()
    submission = receive.receive_account(_sent(), receive.Arrival(code, keeps_code=False))
    factories.put_forward(submission, by=reader)
    return submission, code


def test_without_a_code_a_text_that_waits_goes_back(alice, bob):
    submission, code = without_a_code(alice)

    again(submission, code=code, place_shown="nothing")

    assert submission.status == "received"
    assert {"answers", "consents"} <= set(deeds(submission))
    assert reading.unsealed_texts(submission, vault=factories.open_vault(bob)).answers["place_shown"] == "nothing"


def test_without_a_code_a_no_takes_the_story_down(alice, bob):
    submission, code = without_a_code(alice)
    factories.agree(submission, by=bob)

    again(submission, code=code, consent_publish=False)

    assert (Story.objects.get().status, Story.objects.get().may_publish) == ("hidden", False)
