"""What a contributor says of an answer: kept for their code alone, counted once, changed and taken back."""

import pytest

from stories.core import snapshot, takedown, totals
from stories.crypto import receipts
from stories.figures import transparency
from stories.intake import coming_back, opinions, retention
from stories.models import OpinionTally, ResponseMark
from tests import factories
from tests.stories.intake.visiting import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(db):
    submission = factories.submission_at("published")
    submission.response = factories.a_response(words="We got it wrong.", stories=[submission.story])
    snapshot.forget_snapshot()
    return submission


def say(submission, choice):
    opinions.say_opinion(coming_back.open_code(submission.code), submission.code, submission.response.slug, choice)


def tally():
    return OpinionTally.objects.values_list("helps", "not_yet", "not_true").get()


def test_choice_is_made_on_the_page_changed_there_and_taken_back(told):
    visitor = Visitor()
    seen = []

    visitor.come_back(told.code)
    assert "“We got it wrong.”" in visitor.page
    for choice in ("helps", "not-true", ""):
        visitor.post("/return/", step="opinion-keep", **{f"opinion-{told.response.slug}": choice})
        assert f'value="{choice}" checked' in visitor.page
        seen.append((tally(), ResponseMark.objects.count()))

    assert seen == [((1, 0, 0), 1), ((0, 0, 1), 1), ((0, 0, 0), 0)]
    assert 'href="https' not in visitor.page.split('id="answers"')[1].split("</details>")[0]


def test_code_still_speaks_once_what_was_sent_is_erased(told):
    retention.run_retention(today=told.erase_on)

    say(told, "not-yet")

    assert [said.choice for said in opinions.opinions_of(coming_back.open_code(told.code), told.code)] == ["not-yet"]


def test_mark_names_neither_story_nor_response_nor_choice_nor_order(told):
    say(told, "helps")
    first = ResponseMark.objects.get()
    say(told, "not-yet")
    second = ResponseMark.objects.get()

    names = {field.name for field in ResponseMark._meta.get_fields()}
    assert names == {"id", "mark", "box"}
    assert first.pk == second.pk > 1_000
    assert len(first.box) == len(second.box)
    assert bytes(first.mark) != opinions._derived(told.response.slug, receipts.new_code(), label=opinions._NAME)
    assert {field.name for field in OpinionTally._meta.get_fields()} == {"id", "helps", "not_yet", "not_true"}


@pytest.mark.parametrize(("slug", "choice"), [("0123456789ab", "helps"), (None, "wonderful")])
def test_nobody_speaks_of_another_answer_or_in_words_of_their_own(told, slug, choice):
    with pytest.raises(coming_back.Settled):
        opinions.say_opinion(coming_back.open_code(told.code), told.code, slug or told.response.slug, choice)

    assert ResponseMark.objects.count() == 0


def test_what_was_said_is_taken_back_with_the_story(told):
    say(told, "helps")
    takedown.hide_story(told.story)
    visitor = Visitor()

    visitor.come_back(told.code)
    visitor.post("/return/", step="withdraw")
    visitor.post("/return/", step="withdraw-now")

    assert tally() == (0, 0, 0)
    assert ResponseMark.objects.count() == 0


def test_choice_survives_a_page_that_was_open_for_too_long(told):
    visitor = Visitor()

    visitor.post("/return/", step="opinion-keep", token="stale", **{f"opinion-{told.response.slug}": "helps"})
    visitor.post("/return/", step="opinion-keep", code=told.code)

    assert tally() == (1, 0, 0)


def test_what_is_said_goes_public_as_one_row_of_three_for_all_answers_together(told):
    OpinionTally.objects.create(helps=23, not_yet=31, not_true=4)

    shown = transparency._cells(totals.opinion_counts())

    assert shown == {"cells": {"helps": "unshown", "not-yet": 30, "not-true": "few"}, "total": 60}
