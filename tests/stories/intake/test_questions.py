"""The table of questions keeps its names and slugs, and turns answers into plain words."""

import json
from pathlib import Path

import pytest

from stories.intake import pages, questions
from stories.intake.questions import PLACES

DATA = Path(questions.__file__).parent.parent / "data"
SLUGS = {
    "adult": "yes no",
    "whose": "mine helping someone-else",
    "adult_other": "yes no",  # and not sure
    "reported": "999 101 online station already-seeing told-for-me put-off did-not-tell another-way",
    "place_shown": "force region nation nothing",
    "recognise": "person family work officers online nobody",
    "case": "over never looking arrested charged court",
    "online": "yes think-so no never",
    "kinds": "shared threat taken fake money stolen outed paid-page something-else",
    "where": "porn-site social-media group-chat people-i-know not-shared",
    "who": "partner ex-partner dated friend family work stranger do-not-know",
    "knew_law": "at-once after-being-told some not-a-crime",
    "dignity": "always mostly sometimes no",
    "believed": "yes by-some no",
    "evidence": "all some no asked-me took-phone none",
    "outcome": "still-going never-taken-on closed i-stopped said-i-stopped warning charged something-else",
    "stopped_why": "no-support not-anonymous afraid pressure too-long evidence-lost go-nowhere phone health move-on "
    "came-down something-else",
    "how_long": "under-a-week under-a-month 1-6-months 6-12-months 1-2-years over-2-years nobody-told-me",
    "again": "yes maybe no",
    "treated_because": "sex trans sexuality race immigration disability age work none",
}


ONLY_IF_TOLD = ["knew_law", "dignity", "believed", "evidence", "outcome", "how_long", "treated_because"]


def slugs(name, this_year=2026):
    return [option.slug for option in questions.question_options(questions.BY_NAME[name], this_year=this_year)]


@pytest.mark.parametrize("name", SLUGS)
def test_slugs_that_sealed_answers_hold_do_not_change(name):
    assert [slug for slug in slugs(name) if slug not in questions.ASIDE_SLUGS] == SLUGS[name].split()


def test_every_question_with_few_answers_has_its_slugs_written_down_here():
    assert set(SLUGS) == {question.name for question in questions.ASKED if question.kind in ("one", "many")}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["whose", "place_shown"])
def test_aside_that_was_offered_once_is_still_read(name):
    assert [answer for _words, answer in pages.answers_in_words({name: "not-sure"})] == ["Not sure"]
    assert "not-sure" in [
        each.slug for each in questions.question_options(questions.BY_NAME[name], this_year=2026, chosen="not-sure")
    ]


def test_places_are_those_of_the_forces():
    forces = json.loads((DATA / "forces.json").read_text())
    territorial = {(force["region"], force["nation"]) for force in forces if force["kind"] == "territorial"}

    assert {(region, nation) for _slug, region, nation in PLACES} == territorial


@pytest.mark.django_db
def test_answer_from_another_year_of_the_form_still_reads():
    answers = {"whose": "helping", "case": "a-slug-long-gone", "version": "0", "unknown": "x"}

    assert pages.answers_in_words(answers) == [
        ("Whose story is this?", "Someone I am helping, and they said yes"),
        ("Is a case still going on?", "a-slug-long-gone"),
        ("unknown", "x"),
    ]


def test_only_what_the_page_says_depends_on_another_answer():
    asked_if = {q.name: q.asked_if for q in questions.ASKED if q.asked_if}

    assert {name: str(condition) for name, condition in asked_if.items()} == {
        "adult_other": "whose=helping someone-else",
        "region": "force= not-sure rather-not-say",
        "stopped_why": "outcome=i-stopped",
        **dict.fromkeys(ONLY_IF_TOLD, "reported!=did-not-tell"),
    }
    for name, condition in asked_if.items():
        assert condition.plainly or questions.BY_NAME[name].words.startswith("If you "), name
        assert {*condition.slugs} <= {"", *slugs(condition.question)}


@pytest.mark.django_db
def test_whoever_never_told_the_police_is_asked_in_other_words():
    answers = {"reported": ["did-not-tell"], "force": "kent", "again": "maybe"}

    assert pages.answers_in_words(answers)[1:] == [
        ("Which police force would it have been?", "Kent Police"),
        ("Would you ever tell the police?", "Maybe"),
    ]
    assert {q.name for q in questions.ASKED if q.instead} == {"force", "year", "account", "differently", "again"}
    # A total holds the answers to both.
    assert all(q.counted_as for q in questions.ASKED if q.instead and q.counts)


def test_story_of_somebody_who_never_told_the_police_can_be_found_as_one():
    themes = {slug for slug, _name in json.loads((DATA / "lists.json").read_text())["themes"]}

    assert questions.facets_of_answers({"reported": ["did-not-tell"]})["themes"] in themes
    assert questions.facets_of_answers({"reported": ["put-off"]})["themes"] == ""


@pytest.mark.parametrize(
    ("name", "given", "asks"),
    [
        ("reported", ["did-not-tell"], False),
        ("reported", ["did-not-tell", "not-sure"], False),
        ("reported", ["999", "did-not-tell"], True),
        ("reported", ["999", "rather-not-say"], True),
        ("reported", ["999", "101", "not-sure"], False),
        ("kinds", ["shared", "rather-not-say"], True),
        ("kinds", [], False),
    ],
)
def test_answers_that_do_not_go_together_are_asked_about(name, given, asks):
    assert bool(questions.answers_at_odds(questions.BY_NAME[name], given)) is asks


@pytest.mark.parametrize(
    ("answers", "may_be"),
    [
        ({"adult": "yes"}, False),
        ({"adult": "yes", "whose": "mine"}, False),
        ({"adult": "yes", "whose": "mine", "adult_other": "not-sure"}, False),
        ({"adult": "yes", "whose": "helping"}, True),
        ({"adult": "yes", "whose": "helping", "adult_other": "not-sure"}, True),
        ({"adult": "yes", "whose": "someone-else", "adult_other": "yes"}, False),
        ({}, True),
    ],
)
def test_person_concerned_may_be_a_child_unless_it_was_said_that_they_are_not(answers, may_be):
    assert questions.may_be_child(answers) is may_be


def test_nothing_about_where_when_or_who_is_counted():
    assert set(questions.COUNTED) == {
        *("reported", "kinds", "where", "who", "knew_law", "dignity", "believed", "evidence", "outcome"),
        *("stopped_why", "how_long", "again", "treated_because"),
    }


def test_facets_hold_only_what_a_story_can_show():
    answers = {"force": "not-sure", "region": "wales", "year": "before-2015", "outcome": "rather-not-say"}

    assert questions.facets_of_answers(answers) == {
        **{"force": "", "region": "Wales", "nation": "Wales", "year": "2014", "outcome": "", "themes": ""},
        "place_shown": "nothing",
    }
