"""The table of questions keeps its names and slugs, and turns answers into plain words."""

import json
from pathlib import Path

import pytest

from stories.telling import questions
from stories.telling.question_rows import PLACES

DATA = Path(questions.__file__).parent.parent / "data"
SLUGS = {
    "adult": {"yes", "no"},
    "place_shown": {"force", "region", "nation", "nothing"},
    "recognise": {"person", "family", "work", "officers", "online", "nobody"},
    "case": {"over", "never", "looking", "arrested", "charged", "court"},
    "online": {"yes", "think-so", "no", "never"},
    "outcome": {
        *("still-going", "never-taken-on", "closed", "i-stopped", "said-i-stopped", "warning", "charged"),
        "something-else",
    },
}


def slugs(name, this_year=2026):
    return [option.slug for option in questions.options(questions.BY_NAME[name], this_year=this_year)]


def test_asked_are_the_questions_of_this_form_in_their_order():
    assert [question.name for question in questions.ASKED] == [
        *("adult", "force", "place_shown", "region", "year", "account", "differently", "well"),
        *("recognise", "giveaways", "case", "online"),
        *("consent_publish", "consent_quote", "consent_training", "consent_count", "consent_ask_again", "outcome"),
    ]


@pytest.mark.parametrize("name", SLUGS)
def test_slugs_that_sealed_answers_hold_do_not_change(name):
    assert set(slugs(name)) - questions.ASIDE_SLUGS == SLUGS[name]


def test_every_choice_but_the_age_can_be_left_open():
    choices = [q for q in questions.ASKED if q.kind not in ("text", "tick")]

    assert [q.name for q in choices if not set(slugs(q.name)) >= questions.ASIDE_SLUGS] == ["adult"]


def test_only_age_and_account_are_needed():
    assert [question.name for question in questions.ASKED if question.is_needed] == ["adult", "account"]


def test_texts_have_the_lengths_we_tell():
    assert {question.name: question.limit for question in questions.TEXTS} == {
        "account": 20_000,
        "differently": 4_000,
        "well": 4_000,
        "giveaways": 2_000,
    }


def test_years_go_from_this_one_back_to_2015_and_before():
    assert slugs("year", this_year=2017) == ["2017", "2016", "2015", "before-2015", "not-sure", "rather-not-say"]


def test_places_are_those_of_the_forces():
    forces = json.loads((DATA / "forces.json").read_text())
    territorial = {(force["region"], force["nation"]) for force in forces if force["kind"] == "territorial"}

    assert {(region, nation) for _slug, region, nation in PLACES} == territorial


def test_answers_read_as_words():
    answers = {
        "force": "kent",
        "recognise": ["work", "family"],
        "year": "2024",
        "consent_publish": True,
        "outcome": "closed",
    }

    assert questions.in_words(answers) == [
        ("Which police force dealt with it?", "Kent Police"),
        ("Which year did you first tell them?", "2024"),
        ("Who might recognise you if they read this?", "People at work, school or college · Family or friends"),
        ("Publish my story, with what could identify me taken out", "Yes"),
        ("What came of it?", "Looked into, then closed"),
    ]


def test_answer_from_another_year_of_the_form_still_reads():
    answers = {"whose": "helping", "case": "a-slug-long-gone", "version": "0", "unknown": "x"}

    assert questions.in_words(answers) == [
        ("Whose story is this?", "Someone I am helping, and they said yes"),
        ("Is a case still going on?", "a-slug-long-gone"),
    ]


def test_unanswered_questions_are_left_out():
    assert questions.in_words({"force": "", "recognise": [], "year": None}) == []


def test_facets_hold_only_what_a_story_can_show():
    answers = {"force": "not-sure", "region": "wales", "year": "before-2015", "outcome": "rather-not-say"}

    assert questions.facets(answers) == {
        **{"force": "", "region": "Wales", "nation": "Wales", "year": "", "outcome": ""},
        "place_shown": "nothing",
    }
