"""The ten minutes before a contributor is told: what their page offers them until then is done, and holds."""

import pytest

from moderation import decisions
from moderation.facts import load_text_facts
from stories.intake import coming_back, final_text
from stories.models import Event
from tests import factories
from tests.stories.intake.visiting import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(alice, bob):
    return factories.submission_at("prepared", first="alice")


def decline(submission, bob):
    factories.claim(submission, by=bob)
    decisions.decline_account(submission, reason="too-little", by=bob)


def take_back(submission, bob):
    decisions.take_back(submission, decisions.leaving_messages(load_text_facts(submission, bob))[-1].message, by=bob)


def at_page(code, step=""):
    visitor = Visitor()
    visitor.come_back(code)
    if step:
        visitor.post("/return/", step=step)
    return visitor


def answers_of(submission):
    return coming_back.what_i_sent(coming_back.open_code(submission.code)).answers


@pytest.mark.parametrize("opened", ["before the decline", "after it"])
def test_no_to_publishing_holds_though_a_decline_is_on_its_way(opened, submission, bob):
    visitor = at_page(submission.code, "consents")
    decline(submission, bob)
    if opened == "after it":
        visitor = at_page(submission.code, "consents")
        assert "decided or erased" not in visitor.text()

    visitor.post("/return/", step="consents-keep")

    assert "We publish nothing" in visitor.text()
    assert "A text is ready" not in visitor.text()
    take_back(submission, bob)
    assert submission.status == "received"
    assert not answers_of(submission)["consent_publish"]
    assert Event.objects.filter(deed="consents", reason="no-story").exists()


def test_less_of_the_place_and_a_reminder_hold_though_a_decline_is_on_its_way(submission, bob):
    decline(submission, bob)
    visitor = at_page(submission.code)
    visitor.post("/return/", step="reminder", reminder="x")
    assert visitor.response.headers["content-type"].startswith("text/calendar")
    visitor = at_page(submission.code, "answers")
    assert "decided or erased" not in visitor.text()

    visitor.post("/return/", step="answers-keep", adult="yes", place_shown="nothing", force="kent")

    assert "We have your answers" in visitor.text()
    take_back(submission, bob)
    assert submission.status == "received"
    assert answers_of(submission)["place_shown"] == "nothing"


def test_choice_made_meanwhile_leaves_the_decline_as_it_was_decided(submission, bob):
    decline(submission, bob)
    at_page(submission.code, "consents").post("/return/", step="consents-keep")

    factories.ten_minutes_pass()

    visitor = at_page(submission.code)
    assert "We are not publishing this" in visitor.text()
    visitor.post("/return/", step="consents")
    assert "decided or erased" in visitor.text()


@pytest.mark.parametrize(
    ("step", "change", "says", "shows", "status"),
    [
        ("yes", {}, "We have your yes", "You said yes", "prepared"),
        ("please-change", {"change-1": "She smiled."}, "what you want changed", "You asked for a change", "received"),
    ],
)
def test_answer_to_the_text_holds_though_a_question_is_on_its_way(alice, bob, step, change, says, shows, status):
    asked_first = factories.submission_at("prepared", first="alice", consent_ask_again=True)
    factories.claim(asked_first, by=bob)
    decisions.ask_contributor(asked_first, "Did anybody ring you back?", by=bob)
    visitor = at_page(asked_first.code)

    visitor.post("/return/", step=step, **change)

    assert says in visitor.text()
    assert shows in visitor.text()
    take_back(asked_first, bob)
    assert asked_first.status == status
    if step == "yes":
        assert not asked_first.waits_for_yes
        assert asked_first.yes_to_digest == final_text.final_text_of(coming_back.open_code(asked_first.code)).digest
    assert Event.objects.filter(deed="ask for a change").count() == (step != "yes")
