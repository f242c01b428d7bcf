"""No letter says that the force is silent once an answer that speaks to it is entered; dropped, they say it again."""

from datetime import date

import pytest

from moderation.lists import responses as lists
from moderation.responses import agreeing, entering, entries
from stories.models import Letter
from stories.public import edition, responses
from tests import factories
from tests.moderation.responses.test_entering import again

pytestmark = pytest.mark.django_db
OLD, NEW = date(2025, 6, 1), date(2026, 3, 1)


@pytest.fixture
def carol(queue_key):
    return factories.person("carol", "Coordinators")


@pytest.fixture
def story(alice, bob):
    return factories.live_story()


@pytest.fixture
def older(story, carol):
    return factories.a_letter(stories=[story], month=OLD)


@pytest.fixture
def newer(story, older):
    return factories.a_letter(stories=[story], month=NEW)


def silent():
    """The letters that say so, as the public reads them once the deed is over."""
    edition.forget()
    return {letter.month for letter in responses.letters() if not letter.is_answered}


def test_answer_to_a_letter_ends_the_silence_of_an_older_one_about_the_same(story, older, newer, carol):
    assert silent() == {OLD, NEW}

    entry = factories.an_entry(by=carol, letter=newer, stories=[story])

    assert silent() == set()
    assert list(lists.letters_without_answer()) == []
    assert {entries.in_hand(letter) for letter in (older, newer)} == {entry}


def test_letter_of_another_matter_force_or_later_month_waits_on(story, newer, carol):
    other = factories.a_letter(stories=[factories.live_story()], month=date(2025, 5, 1))
    later = factories.a_letter(stories=[story], month=date(2026, 4, 1))
    of_essex = factories.a_letter("essex", month=date(2025, 4, 1))

    factories.an_entry(by=carol, letter=newer, stories=[story])

    assert silent() == {other.month, later.month, of_essex.month}


def test_answer_to_the_ask_alone_leaves_a_letter_about_the_story(story, older, carol, monkeypatch):
    monkeypatch.setattr("moderation.policies.responses.why_not_ask", lambda force, slug: None)
    of_ask = factories.a_letter(ask="train", month=date(2025, 7, 1))
    of_essex = factories.a_letter("essex", ask="train", month=date(2025, 8, 1))
    both = factories.a_letter(stories=[story], ask="train", month=NEW)

    factories.an_entry(by=carol, letter=both, ask="train")

    of_ask.refresh_from_db()
    assert of_ask.is_answered
    assert silent() == {OLD, of_essex.month}


def test_answer_that_was_not_asked_for_ends_the_silence_too(story, older, carol):
    factories.an_entry(by=carol, stories=[story])

    assert silent() == set()


def test_dropped_it_leaves_each_letter_as_it_was(story, older, newer, carol):
    before = factories.a_letter(stories=[story], month=date(2025, 1, 1))
    Letter.objects.filter(pk=before.pk).update(is_answered=True)
    entry = factories.an_entry(by=carol, letter=newer, stories=[story])

    entering.drop(entry, by=carol)

    assert silent() == {OLD, NEW}


def test_letter_to_which_two_answers_speak_waits_again_once_both_are_dropped(story, older, carol):
    one, two = (factories.an_entry(by=carol, stories=[story]) for _number in range(2))

    entering.drop(one, by=carol)
    assert silent() == set()
    entering.drop(two, by=carol)
    assert silent() == {OLD}


def test_newer_version_that_speaks_of_something_else_gives_the_letter_back(story, older, carol):
    entry = factories.an_entry(by=carol, stories=[story])

    again(entry, by=carol)

    assert silent() == {OLD}


def test_agreed_it_names_its_month_on_both_and_taken_down_neither_waits_again(story, older, newer, carol, alice):
    entry = factories.an_entry(by=carol, letter=newer, stories=[story])
    response = agreeing.agree(entry, entry.versions.get().digest, vault=factories.open_vault(alice))
    assert [letter.answered for letter in responses.letters()] == [response.month] * 2
    still = factories.an_entry(by=carol, stories=[story])

    agreeing.take_down(response, by=carol)
    entering.drop(still, by=carol)

    assert silent() == set()


def test_letter_that_an_answer_stands_to_never_waits_again(story, older, carol, alice):
    entry = factories.an_entry(by=carol, stories=[story])
    agreeing.agree(entry, entry.versions.get().digest, vault=factories.open_vault(alice))

    again(entry, by=carol)

    older.refresh_from_db()
    assert older.is_answered
