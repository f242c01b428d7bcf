import json
from datetime import date

import pytest

from moderation import agreements, decisions, publishing
from moderation.team.permissions import Refused
from stories.core import lifecycle
from stories.intake import questions
from stories.models import CountedAnswers
from tests import factories
from tests.stories.intake.visiting import raising

pytestmark = pytest.mark.django_db

STOPPED = {"outcome": "i-stopped", "stopped_why": ["too-long", "afraid"]}
DOUBTED = {"knew_law": "some", "dignity": "no", "believed": "no"}


def keep(**answers):
    return decisions.keep_counted_answers({"consent_count": True, **answers})


def test_decision_adds_to_totals_that_lead_nowhere_and_one_that_fails_to_none(alice, bob, monkeypatch):
    submission = factories.submission_at("prepared", consent_count=True)
    with monkeypatch.context() as full:
        full.setattr(publishing, "write_story", raising(OSError("the disk is full")))
        with pytest.raises(OSError, match="full"):
            factories.agree(submission, by=bob)
    submission.refresh_from_db()
    assert submission.status == "prepared"
    assert not CountedAnswers.objects.exists()

    factories.agree(submission, by=bob)

    row = CountedAnswers.objects.get()
    assert (row.people, row.totals) == (1, {"outcome": 1, "outcome.closed": 1})
    assert {field.name for field in CountedAnswers._meta.get_fields()} == {"quarter", "people", "totals"}


def test_every_answer_counts_by_itself_and_two_pairs_across_and_no_answer_is_nobody():
    for answers in ({}, {"dignity": "", "where": []}, {"force": "kent", "year": "2024"}):
        assert keep(**answers) is None, answers
    assert not CountedAnswers.objects.exists()
    assert not {"force", "region", "year", "whose", "recognise"} & set(questions.COUNTED)
    assert {name for pair in questions.COUNTED_TOGETHER for name in pair} <= {*questions.COUNTED}
    # An answer twice, and half a pair.
    assert keep(where=["porn-site", "porn-site"]).totals == {"where": 1, "where.porn-site": 1}
    assert not [name for name in keep(knew_law="some", stopped_why=["afraid"]).totals if " " in name]
    CountedAnswers.objects.all().delete()

    whole = {
        **{"outcome": 1, "outcome.i-stopped": 1},
        **{"stopped_why": 1, "stopped_why.too-long": 1, "stopped_why.afraid": 1},
        **{"knew_law": 1, "knew_law.some": 1, "dignity": 1, "dignity.no": 1, "believed": 1, "believed.no": 1},
        **{"knew_law dignity": 1, "knew_law.some dignity.no": 1},
        "outcome stopped_why": 1,
        **{"outcome.i-stopped stopped_why.too-long": 1, "outcome.i-stopped stopped_why.afraid": 1},
    }
    assert keep(**STOPPED, **DOUBTED).totals == whole
    # People are added up, and none is kept apart.
    keep(dignity="no", believed="yes")
    keep(dignity="always")
    row = CountedAnswers.objects.get()
    more = {"dignity": 3, "dignity.no": 2, "dignity.always": 1, "believed": 2, "believed.yes": 1}
    assert (row.people, row.totals) == (3, whole | more)


def test_whoever_was_counted_first_leaves_the_same_row_as_whoever_was_last():
    everybody = [{**STOPPED, "again": "no"}, DOUBTED, {"outcome": "charged", "again": "yes", "who": ["family"]}]
    for answers in everybody:
        keep(**answers)
    one_way = json.dumps(CountedAnswers.objects.values().get())
    CountedAnswers.objects.all().delete()

    for answers in reversed(everybody):
        keep(**answers)

    assert json.dumps(CountedAnswers.objects.values().get()) == one_way


@pytest.mark.parametrize("deed", ["agree", "count"])
def test_no_deed_that_counts_can_follow_another(deed):
    # What is sent back from the batch has its story already: the test below this one.
    moves = [move for name, move in lifecycle.MOVES.items() if name != "send back"]
    reached, led = set(), {lifecycle.MOVES["agree"].target, lifecycle.MOVES["count"].target}
    while led:
        reached |= led
        led = {move.target for move in moves if reached & {*move.sources}} - reached

    assert not reached & {*lifecycle.MOVES[deed].sources}


@pytest.mark.parametrize("deed", ["agree", "count", "count alone"])
def test_what_left_the_batch_or_has_no_story_is_counted_once(alice, bob, deed):
    if deed == "count alone":
        submission = factories.submission_at("received", consent_publish=False, consent_count=True)
    else:
        submission = factories.submission_at("agreed", consent_count=True)
        agreements.send_back(submission, "Please look once more.", by=alice)

    if deed == "agree":
        factories.put_forward(submission, by=alice)
        factories.agree(submission, by=bob)
    else:
        factories.claim(submission, by=alice)
        decisions.count_answers(submission, vault=factories.open_vault(alice))
        with pytest.raises(Refused):
            decisions.count_answers(submission, vault=factories.open_vault(alice))

    assert CountedAnswers.objects.get().people == 1


def test_quarter_with_few_people_goes_on_into_the_next(monkeypatch):
    monkeypatch.setattr(lifecycle, "today", lambda: date(2026, 3, 31))
    for _person in range(decisions.FEWEST_PEOPLE - 1):
        keep(dignity="no")

    monkeypatch.setattr(lifecycle, "today", lambda: date(2026, 4, 1))
    keep(dignity="no")
    assert CountedAnswers.objects.get().people == decisions.FEWEST_PEOPLE

    for _person in range(decisions.FEWEST_PEOPLE + 2):
        keep(dignity="no")
    quarters = {"2026-Q1": decisions.FEWEST_PEOPLE, "2026-Q2": decisions.FEWEST_PEOPLE + 2}
    assert dict(CountedAnswers.objects.values_list("quarter", "people")) == quarters
