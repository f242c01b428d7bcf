"""Whatever is in the table of questions, the form, the pages, the box, the team and the totals have it."""

import html
import re
from datetime import date

import pytest
from django.utils.datastructures import MultiValueDict

from docs import write_questions
from moderation import decisions
from stories.intake import questions
from stories.intake.forms import TellForm
from stories.models import Submission
from tests import factories
from tests.stories.intake.visiting import sent

pytestmark = pytest.mark.django_db

THIS_YEAR = date.today().year
CHOICES = [question for question in questions.ASKED if question.kind in ("one", "many", "list", "year")]
WORDS = {question.name: f"These are my words for {question.name}." for question in questions.TEXTS}
TICKS = dict.fromkeys(questions.CONSENTS, "on")
CONSENT_WORDS = [questions.BY_NAME[name].words for name in questions.CONSENTS]


def slugs(question):
    return [option.slug for option in questions.question_options(question, this_year=THIS_YEAR)]


# So many that each answer of every question but the list of forces comes up.
ROUNDS = max(len(slugs(question)) for question in CHOICES if question.name != "force")


def filled_in(turn):
    """One way to fill in all of it: each turn takes the next answer, and the first takes all where they can be."""
    fields = {**WORDS, **TICKS}
    for question in CHOICES:
        every = slugs(question)
        one = every[turn % len(every)]
        many = [one] if turn else [slug for slug in every if slug not in question.alone]
        fields[question.name] = many if question.kind == "many" else one
    # A no to either shows who can help and nothing else.
    return fields | {"adult": "yes"} | ({"adult_other": "yes"} if fields["adult_other"] == "no" else {})


def answered(fields):
    """What is to be read of it everywhere: each question with its answer, in words."""
    for question in CHOICES:
        words = {option.slug: option.words for option in questions.question_options(question, this_year=THIS_YEAR)}
        given = fields[question.name]
        read = [words[slug] for slug in ([given] if isinstance(given, str) else given)]
        yield question.words_for(fields), ", ".join(read)


def pairs(page):
    """Every question with its answer in the lists of a page."""
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page, re.S)
    return {(html.unescape(term), html.unescape(answer)) for term, answer in found}


def test_form_asks_every_question_with_every_answer(queue_key, visitor):
    visitor.get("/tell/form/")

    for question in CHOICES:
        for slug in slugs(question):
            is_list = question.kind in ("list", "year")
            tag = f'<option value="{slug}">' if is_list else f'name="{question.name}" value="{slug}">'
            assert tag in visitor.page, (question.name, slug)
    for question in questions.ASKED:
        assert html.escape(question.words, quote=False) in visitor.page
        assert html.escape(question.why, quote=False) in visitor.page
        assert visitor.page.count(f'id="id_{question.name}"') == 1, "an error leads there"


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_every_answer_is_on_the_check_page_in_the_box_for_the_team_and_in_the_totals(turn, alice, visitor):
    fields = filled_in(turn)
    answers = {question.name: fields[question.name] for question in CHOICES}
    consents = dict.fromkeys(questions.CONSENTS, True)

    visitor.check(**fields)
    check_page, check_text = visitor.page, visitor.text()
    visitor.post("/tell/form/", step="send", **fields)
    sealed = sent(visitor.code())
    panel = panel_of(Submission.objects.get(), by=alice)

    assert pairs(check_page) >= {*answered(fields), *((words, "Yes") for words in CONSENT_WORDS)}
    assert all(words in check_text for words in WORDS.values())
    assert (sealed.account, sealed.answers) == (WORDS, {"version": questions.VERSION, **answers, **consents})
    assert pairs(panel) == set(answered(fields))
    assert all(words in panel for words in WORDS.values())
    assert panel.count("<strong>yes</strong>") == len(CONSENT_WORDS)
    totals = decisions.keep_counted_answers(sealed.answers).totals
    assert {name for name in totals if "." in name and " " not in name} == places_in_totals(answers)


def places_in_totals(answers):
    """Where each answer that counts is counted by itself."""
    counted = [(question, answers[question.name]) for question in CHOICES if question.counts]
    each = [(question, [given] if isinstance(given, str) else given) for question, given in counted]
    return {f"{question.name}.{slug}" for question, given in each for slug in given}


def panel_of(submission, *, by):
    """The account's page, as a moderator has it, without its marks."""
    page = factories.client_of(by).get(f"/admin/queue/{submission.pk}/").content.decode()
    return html.unescape(re.sub(r"</?mark[^>]*>", "", page))


def test_every_force_can_be_chosen():
    for slug in slugs(questions.BY_NAME["force"]):
        form = TellForm(MultiValueDict({"adult": ["yes"], "account": ["Words."], "force": [slug]}))

        assert form.is_valid(), slug
        assert form.answers()["force"] == slug


def test_page_about_the_questions_is_made_from_the_table():
    written = write_questions.PAGE.read_text(encoding="utf-8")

    assert written == write_questions.as_markdown(), "Run .venv/bin/python docs/write_questions.py"
    assert all(f"`{question.name}`" in written for question in questions.ASKED)
