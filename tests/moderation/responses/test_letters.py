"""Letters to forces: what a record takes, and the letter that is written from it."""

from datetime import date

import pytest
from django.urls import reverse

from moderation.forces import answers as lists
from moderation.forces import letters
from moderation.team.permissions import Refused
from stories.core import takedown
from stories.models import Letter
from stories.reading import ask_progress
from stories.reading.ask_progress import PublicAsk
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db
ASK = {"sentence": "Train every officer.", "whom": "All forces", "whom_kind": "forces", "state": "asked"}


@pytest.fixture
def carol(queue_key):
    return factories.person("carol", "Coordinators")


@pytest.fixture
def ask(monkeypatch):
    found = PublicAsk("train", force="", since=date(2026, 1, 1), due=None, updates=(), what_it_took="", **ASK)
    monkeypatch.setattr(ask_progress, "get_asks", lambda: [found])
    return found


def record(by, **changes):
    asked = {"month": date(2026, 3, 1), "role": "Head of Public Protection", "stories": (), "ask": ""} | changes
    return letters.record_letter(asked.pop("force", "kent"), **asked, by=by)


def test_letter_names_addresses_the_ask_and_what_is_never_given_and_no_title(carol, alice, bob, ask):
    story = factories.live_story()

    words = letters.letter_text(record(carol, stories=[story.slug], ask="train"))

    assert f"/stories/{story.slug}/" in words
    assert story.title not in words
    assert "Train every officer." in words
    assert "/asks/train/" in words
    for never in (
        "A veto.",
        "Who wrote.",
        "A look at a story before it is published.",
        "Dear Head of Public Protection",
    ):
        assert never in words
    assert "{" not in words
    assert "\n\n\n" not in words


def test_story_that_came_down_is_gone_from_the_letter(carol, alice, bob, ask):
    story = factories.live_story()
    letter = record(carol, stories=[story.slug], ask="train")

    takedown.hide_story(story)

    assert story.slug not in letters.letter_text(letter)


def test_letter_about_an_ask_alone_tells_of_no_story(carol, ask):
    words = letters.letter_text(record(carol, ask="train"))

    assert "What we ask of your force, and your answer to it" in words
    assert "What people told us" not in words


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "Say what it was about"),
        ({"ask": "train", "role": "Chief Inspector Jane Smith"}, "looks like somebody’s name"),
        ({"ask": "train", "role": "The desk on 07700 900123"}, "phone number"),
        ({"ask": "train", "month": date(2099, 1, 1)}, "hasn’t come yet"),
        ({"ask": "gone"}, "isn’t on the site"),
        ({"stories": ["0" * 12]}, "No story stands"),
    ],
)
def test_letter_that_does_not_fit_is_refused_with_what_to_do(carol, ask, changes, says):
    with pytest.raises(Refused, match=says):
        record(carol, **changes)

    assert not Letter.objects.exists()


def test_office_repeats_no_story(carol, alice, bob, ask):
    told = "I rang 101 from the car park because I could not do it at home."
    factories.live_story(fields={"text": told})

    with pytest.raises(Refused, match="These words stand in a story: “I rang 101 from the car"):
        factories.a_letter(ask="train", role=told)


def test_form_that_is_sent_twice_records_one_letter(carol, ask):
    record(carol, ask="train")

    with pytest.raises(Refused, match="recorded already"):
        record(carol, ask="train", role="head of public protection")

    record(carol, ask="train", month=date(2026, 4, 1))
    assert Letter.objects.count() == 2


def test_only_a_coordinator_records_one_or_takes_it_out(carol, alice, ask):
    letter = record(carol, ask="train")

    for deed in (lambda: record(alice, ask="train"), lambda: letters.take_out_letter(letter, by=alice)):
        with pytest.raises(Refused, match="Only coordinators"):
            deed()
    letters.take_out_letter(letter, by=carol)
    assert not Letter.objects.exists()


def test_taking_one_out_is_asked_about_first(carol, ask):
    letter, browser = record(carol, ask="train"), factories.client_of(carol, unlocked=False)

    page = room.text_of(room.see(browser, "room_letter_take_out", letter.pk))

    assert "nobody can bring the record back" in page
    assert Letter.objects.exists()
    room.press(browser, "room_letter_take_out", letter.pk)
    assert not Letter.objects.exists()


def test_nothing_is_asked_about_a_letter_that_was_answered(carol, ask):
    letter, browser = record(carol, ask="train"), factories.client_of(carol, unlocked=False)
    factories.an_entry(by=carol, letter=letter)

    assert room.see(browser, "room_letter_take_out", letter.pk).url == reverse("room_letter", args=[letter.pk])


def test_answered_letter_is_not_taken_out(carol, ask):
    letter = record(carol, ask="train")
    factories.an_entry(by=carol, letter=letter)

    with pytest.raises(Refused, match="answer was entered"):
        letters.take_out_letter(letter, by=carol)


def test_letters_wait_oldest_first_until_an_answer_is_entered(carol, alice, bob, ask):
    newer, older = record(carol, ask="train"), record(carol, ask="train", month=date(2025, 1, 1), force="essex")
    answered = record(carol, ask="train", force="surrey")
    factories.an_entry("surrey", by=carol, letter=answered)

    assert list(lists.letters_without_answer()) == [older, newer]
    assert [entry.letter for entry in lists.waiting_answers()] == [answered]
