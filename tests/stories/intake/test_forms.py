"""The form of every question: filled in from what was sealed, whatever version of the questions that answers."""

import dataclasses
import html
import re

import pytest
from django.utils.datastructures import MultiValueDict

from moderation import decisions
from stories.intake import forms, pages, questions
from stories.intake.forms import TellForm
from stories.intake.questions import Option, Question
from tests.stories.intake.visiting import ACCOUNT, TOLD

pytestmark = pytest.mark.django_db

# As the first release sealed it: no `whose`, no `reported`, nothing of the last part but `outcome`.
VERSION_1 = {
    **{"version": "1", "adult": "yes", "force": "kent", "place_shown": "nation", "region": "", "year": "before-2015"},
    **{"recognise": ["work", "person"], "case": "looking", "online": "rather-not-say", "consent_publish": True},
    **{"consent_quote": False, "consent_training": False, "consent_count": True, "consent_ask_again": False},
    "outcome": "closed",
}


def posted(**fields):
    return MultiValueDict({name: each if isinstance(each, list) else [each] for name, each in fields.items()})


def ticked(form, name):
    return [slug for slug, _words, _is_aside, is_chosen in form[name].answers() if is_chosen]


def test_answers_of_the_first_version_still_read():
    lines = pages.answers_in_words(VERSION_1)

    assert len(lines) == len([answer for answer in VERSION_1.values() if answer != ""]) - 1
    assert {question.name for question in questions.QUESTIONS} >= VERSION_1.keys() - {"version"}
    assert ("Which year did you first tell them?", "Before 2015") in lines
    assert (
        "Who might recognise you if they read this?",
        "People at work, school or college · The person who did it",
    ) in lines


def test_form_is_filled_in_from_the_first_version_and_asks_what_is_new():
    form = TellForm(initial={**VERSION_1, "account": ACCOUNT})

    assert form["account"].value() == ACCOUNT
    assert ticked(form, "recognise") == ["person", "work"]
    assert (ticked(form, "force"), ticked(form, "outcome")) == (["kent"], ["closed"])
    assert ticked(form, "dignity") == []
    assert form["consent_count"].value() is True


def test_answers_of_the_first_version_are_counted_as_far_as_they_go():
    assert decisions.keep_counted_answers(VERSION_1).totals == {"outcome": 1, "outcome.closed": 1}


@pytest.fixture
def later_questions(monkeypatch):
    """The table as it may be one day: an answer retired, and a question not asked any more."""
    case = questions.BY_NAME["case"]
    kept = tuple(option for option in case.options if option.slug != "looking")
    gone = Option("looking", "Police are still looking")
    now = dataclasses.replace(case, options=kept, retired=(gone,))
    once = Question("mood", "more", "one", "How are you?", options=(Option("fine", "Fine"),), is_asked=False)
    rows = (*(now if row.name == "case" else row for row in questions.QUESTIONS), once)
    monkeypatch.setattr(questions, "BY_NAME", {row.name: row for row in rows})
    monkeypatch.setattr(questions, "ASKED", tuple(row for row in rows if row.is_asked))


def test_answer_that_was_retired_is_read_in_words_and_offered_to_nobody_new(later_questions):
    assert "looking" not in [slug for slug, *_rest in TellForm()["case"].answers()]
    assert ("Is a case still going on?", "Police are still looking") in pages.answers_in_words(VERSION_1)


def test_answer_that_was_retired_stays_with_whoever_gave_it(later_questions):
    again = TellForm(posted(**TOLD, case="looking"), initial=VERSION_1)

    assert ticked(TellForm(initial=VERSION_1), "case") == ["looking"]
    assert again.is_valid()
    assert again.answers()["case"] == "looking"


def test_question_that_is_not_asked_any_more_is_read_in_words(later_questions):
    assert "mood" not in TellForm().fields
    assert ("How are you?", "Fine") in pages.answers_in_words({"mood": "fine"})


PARAGRAPH = "I rang again and nobody knew of it. " * 50


def rest_on(visitor, name="account"):
    """The rest as the page gives it to be copied: from a box that sends nothing."""
    found = re.search(rf'<textarea id="rest_{name}"[^>]*>\n(.*?)</textarea>', visitor.page, re.S)
    return html.unescape(found[1]) if found else None


def test_account_that_is_too_long_is_parted_at_a_paragraph_and_nothing_is_cut(queue_key, visitor):
    paragraphs = [f"{number}. {PARAGRAPH}The end of {number}." for number in range(1, 21)]
    long = "\n\n".join(paragraphs)

    visitor.check(account=long)

    assert visitor.box("account") == long
    assert "Send the first part now; with your code you can send the rest." in visitor.text()
    rest = rest_on(visitor)
    number = int(rest.partition(".")[0])
    assert rest == "\n\n".join(paragraphs[number - 1 :])
    assert len("\n\n".join(paragraphs[: number - 1])) <= 20_000 < len("\n\n".join(paragraphs[:number]))
    assert f"The end of {number - 1}.” and the rest begins with “{number}. I rang again" in visitor.text()


@pytest.mark.parametrize(
    ("words", "first", "rest"),
    [
        ("one line here\nand another", "one line here", "and another"),
        ("One sentence. Then more of it", "One sentence.", "Then more of it"),
        ("some words without an end", "some words", "without an end"),
        ("w" * 30, "w" * 16, "w" * 14),
        ("a\n\n" + "some words without an end", "a\n\nsome words", "without an end"),
        ("fits quite well\n\nand so on", "fits quite well", "and so on"),
        ("sixteen letters!\n\nand so on", "sixteen letters!", "and so on"),
    ],
)
def test_parts_are_as_long_as_they_can_be_and_end_where_a_text_does(words, first, rest):
    assert forms._parted(words, 16) == (first, rest)


def test_every_question_has_the_anchor_that_an_error_leads_to(queue_key, visitor):
    visitor.get("/tell/form/")

    for name in TellForm().fields:
        assert name in ("no_code", "urgent") or visitor.page.count(f'id="id_{name}"') == 1, name
    assert visitor.page.count('id="where"') == 1
