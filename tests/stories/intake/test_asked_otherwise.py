"""What is asked and shown by what was answered: for a child, of whoever never told the police, of an old draft."""

import html
import re

import pytest
from django.template.loader import render_to_string

from moderation import reading
from moderation.views.room import source
from stories.core.scanner import Look
from stories.models import Submission
from tests import factories
from tests.stories.intake.visiting import ACCOUNT, TOLD

pytestmark = pytest.mark.django_db

HELPING = {"whose": "helping"}
NEVER = {"reported": "did-not-tell"}
KEPT_FROM = "In your own words, what kept you from telling the police?"
DEALT = "In your own words, how did the police deal with it?"


def seen(page):
    """The words of a page without those that are hidden."""
    shown = re.sub(r"<(\w+)[^>]* hidden>.*?</\1>", " ", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", shown)).split())


@pytest.mark.parametrize("step", ["check", "send", "later"])
@pytest.mark.parametrize("whose", ["helping", "someone-else", ""])
def test_child_told_of_brings_help_for_both_and_the_words_back_and_stores_nothing(step, whose, queue_key, visitor):
    visitor.get("/tell/form/")
    visitor.post("/tell/form/", step=step, adult_other="no", whose=whose, giveaways="My son’s school tie", **TOLD)

    says = visitor.text()
    assert visitor.response.status_code == 200
    for help_line in ("Report Remove", "0800 1111", "0808 800 5000", "CEOP", "999", "Do not pay", "Do not delete"):
        assert help_line in says
    assert "They can tell us when they are 18" in says
    assert ACCOUNT in says
    assert "My son’s school tie" in says
    assert "<form" not in visitor.page
    assert not Submission.objects.exists()


def test_form_leads_to_help_beside_both_questions_without_a_script(queue_key, visitor):
    visitor.get("/tell/form/")

    for name, address in (("adult", "/tell/under-18/"), ("adult_other", "/tell/under-18/helping/")):
        question = visitor.page[visitor.page.index(f'id="id_{name}"') :].split("</fieldset>")[0]
        # In a new tab: a press never costs what was typed.
        assert f'<p class="field__why" data-plainly><a href="{address}" target="_blank"' in question


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ({}, "StopNCII"),
        ({"whose": "mine"}, "StopNCII"),
        ({"whose": "helping", "adult_other": "yes"}, "StopNCII"),
        ({"whose": "helping", "adult_other": "not-sure"}, "Report Remove"),
        ({"whose": "someone-else"}, "Report Remove"),
    ],
)
def test_help_for_under_18s_comes_first_unless_somebody_said_that_they_are_grown_up(told, first, queue_key, visitor):
    visitor.check(online="yes", **told)

    names = re.findall(r">(StopNCII|Report Remove)", visitor.page[: visitor.page.index("<footer")])
    assert (names[0], len(names)) == (first, 2)


@pytest.mark.parametrize("answer", ["maybe", "rather-not-say", "no\x00", "<b>"])
def test_answer_about_their_age_that_nobody_offered_is_asked_again_with_all_kept(answer, queue_key, visitor):
    visitor.check(adult_other=answer, giveaways="My van.", **HELPING)

    if answer.startswith("no"):  # what a broken browser adds is cleaned away
        assert "Report Remove" in visitor.page
    else:
        assert "not in our list any more" in visitor.text()
        assert 'name="whose" value="helping" checked' in visitor.page
    assert ACCOUNT in visitor.text()
    assert "My van." in visitor.text()


def test_their_page_their_words_and_the_team_have_the_same_questions(alice, visitor):
    code = visitor.tell(**NEVER, force="kent")
    visitor.come_back(code)
    assert KEPT_FROM in seen(visitor.page)
    assert DEALT not in seen(visitor.page)

    visitor.post("/return/", step="edit")
    assert KEPT_FROM in seen(visitor.page)
    assert DEALT not in seen(visitor.page)

    opened = reading.read_account(Submission.objects.get(), vault=factories.open_vault(alice))
    panel = render_to_string("moderation/parts/source.html", {"source": source.source_of(opened, look=Look())})
    assert KEPT_FROM in html.unescape(panel)
    assert "Which police force would it have been?" in panel


def test_words_given_back_stand_under_the_question_that_was_asked(visitor):
    visitor.get("/tell/form/")
    visitor.post("/tell/form/", step="check", **TOLD, **NEVER)  # nobody can read it yet: there is no team key

    assert KEPT_FROM in visitor.text()
    assert ACCOUNT in visitor.text()


def test_both_told_and_not_told_is_asked_about_kindly_and_loses_nothing(queue_key, visitor):
    visitor.check(reported=["999", "did-not-tell"], kinds=["fake", "rather-not-say"], giveaways="My van.")

    assert "You ticked “I did not tell them” and something else as well." in visitor.text()
    assert "You ticked “Rather not say” and something else as well." in visitor.text()
    assert '<a href="#id_reported">' in visitor.page
    for name, slug in (("reported", "999"), ("reported", "did-not-tell"), ("kinds", "fake")):
        assert f'name="{name}" value="{slug}" checked' in visitor.page
    assert visitor.box("account") == ACCOUNT
    assert visitor.box("giveaways") == "My van."
    assert not Submission.objects.exists()


def test_own_story_goes_on_whatever_stands_at_the_question_of_the_others_age(queue_key, visitor):
    visitor.check(whose="mine", adult_other="no")

    assert 'name="step" value="send"' in visitor.page
