"""An answer to which nobody agreed goes after ninety days; its letter doesn’t say again that the force was silent."""

from datetime import timedelta

import pytest

from moderation.models import ResponseEntry, ResponseVersion
from stories import lifecycle
from stories.models import Letter, Response
from stories.telling import retention
from tests import factories
from tests.moderation.responses.test_entering import again
from tests.record_of_room import logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def carol(queue_key):
    return factories.person("carol", "Coordinators")


def rest(entry, days):
    """Let its versions have been entered so many days ago."""
    entry.versions.update(written_on=lifecycle.today() - timedelta(days=days))


def test_answer_that_rests_for_ninety_days_goes_and_the_record_says_so(carol):
    rested, younger = factories.an_entry(by=carol), factories.an_entry(by=carol)
    rest(rested, 90)
    rest(younger, 89)

    retention.run_retention()

    assert ResponseEntry.objects.get() == younger
    assert (logged()[-1].deed, logged()[-1].who) == ("let a response lapse", None)


def test_letter_of_a_lapsed_answer_still_says_that_the_force_answered(carol):
    rest(factories.an_entry(by=carol, letter=factories.a_letter()), 90)

    retention.run_retention()

    assert not ResponseEntry.objects.exists()
    assert Letter.objects.get().is_answered


def test_newer_version_begins_the_days_anew(carol):
    entry = factories.an_entry(by=carol)
    rest(entry, 90)
    again(entry, by=carol)

    retention.run_retention()

    assert ResponseVersion.objects.count() == 2


def test_correction_that_lapses_leaves_what_stands(carol, alice, bob):
    response = factories.a_response()
    entry = ResponseEntry.objects.get()
    again(entry, by=carol, words="We are sorry.")
    rest(entry, 90)

    retention.run_retention()

    entry.refresh_from_db()
    assert entry.state == "agreed"
    assert Response.objects.get().words == response.words
    assert entry.versions.count() == 1
