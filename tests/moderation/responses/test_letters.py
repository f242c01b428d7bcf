"""Letters to forces: what a record takes, and the letter that is written from it."""

from datetime import date

import pytest
from django.urls import reverse

from moderation.forces import answers
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
def ask(monkeypatch):
    found = PublicAsk("train", force="", since=date(2026, 1, 1), due=None, updates=(), what_it_took="", **ASK)
    monkeypatch.setattr(ask_progress, "get_asks", lambda: [found])
    return found


def record(by, **changes):
    asked = {"month": date(2026, 3, 1), "role": "Head of Public Protection", "stories": (), "ask": ""} | changes
    return answers.record_letter(asked.pop("force", "kent"), **asked, by=by)


def test_letter_names_addresses_the_ask_and_what_is_never_given_and_no_title(carol, alice, bob, ask):
    story = factories.live_story()
    letter = record(carol, stories=[story.slug], ask="train")

    words = answers.letter_text(letter)

    assert f"/stories/{story.slug}/" in words
    assert story.title not in words
    never = ("A veto.", "Who wrote.", "A look at a story before it is published.")
    for each in (*never, "Dear Head of Public Protection", "Train every officer.", "/asks/train/"):
        assert each in words
    assert "{" not in words
    assert "\n\n\n" not in words

    # A story that came down is gone from it, and what remains is about the ask alone.
    takedown.hide_story(story)
    words = answers.letter_text(letter)
    assert story.slug not in words
    assert "What we ask of your force, and your answer to it" in words
    assert "What people told us" not in words


def test_letter_that_does_not_fit_is_refused_with_what_to_do(carol, alice, bob, ask):
    told = "I rang 101 from the car park because I could not do it at home."
    factories.live_story(fields={"text": told})

    for changes, says in (
        ({}, "Say what it was about"),
        ({"ask": "train", "role": "Chief Inspector Jane Smith"}, "looks like somebody’s name"),
        ({"ask": "train", "role": "The desk on 07700 900123"}, "phone number"),
        ({"ask": "train", "role": told}, "These words stand in a story: “I rang 101 from the car"),
        ({"ask": "train", "month": date(2099, 1, 1)}, "hasn’t come yet"),
        ({"ask": "gone"}, "isn’t on the site"),
        ({"stories": ["0" * 12]}, "No story stands"),
    ):
        with pytest.raises(Refused, match=says):
            record(carol, **changes)

    assert not Letter.objects.exists()


def test_form_that_is_sent_twice_records_one_letter(carol, ask):
    record(carol, ask="train")

    with pytest.raises(Refused, match="recorded already"):
        record(carol, ask="train", role="head of public protection")

    record(carol, ask="train", month=date(2026, 4, 1))
    assert Letter.objects.count() == 2


def test_taking_one_out_is_asked_about_first_and_not_once_it_is_answered(carol, ask):
    letter, browser = record(carol, ask="train"), factories.client_of(carol, unlocked=False)
    answered = record(carol, ask="train", force="essex")
    factories.an_entry("essex", by=carol, letter=answered)

    assert "nobody can bring the record back" in room.text_of(room.see(browser, "room_letter_take_out", letter.pk))
    assert room.see(browser, "room_letter_take_out", answered.pk).url == reverse("room_letter", args=[answered.pk])
    for row, by, says in ((answered, carol, "answer was entered"), (letter, factories.person("dora"), "Only coord")):
        with pytest.raises(Refused, match=says):
            answers.take_out_letter(row, by=by)
    assert Letter.objects.count() == 2

    room.press(browser, "room_letter_take_out", letter.pk)
    assert Letter.objects.get() == answered
