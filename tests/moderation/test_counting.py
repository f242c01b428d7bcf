import pytest

from moderation import counting, decisions
from stories.models import CountedAnswers
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_decision_keeps_one_coarse_row_that_leads_nowhere(alice, bob):
    factories.submission_at("agreed", consent_count=True)

    row = CountedAnswers.objects.get()
    assert row.answers == {"outcome": "closed"}
    assert {field.name for field in CountedAnswers._meta.concrete_fields} == {"id", "quarter", "answers"}


def test_nothing_is_kept_without_the_consent_to_count(alice, bob):
    factories.submission_at("agreed")

    assert not CountedAnswers.objects.exists()


def test_counting_without_a_story_keeps_the_row(alice):
    submission = factories.submission_at("received", consent_publish=False, consent_count=True)
    factories.claim(submission, by=alice)

    decisions.count(submission, vault=factories.open_vault(alice))

    assert CountedAnswers.objects.count() == 1


def test_neither_force_nor_year_is_ever_countable():
    assert not {"force", "region", "year", "whose", "recognise"} & set(counting.COUNTED)
