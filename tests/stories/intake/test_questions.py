"""The table of questions keeps its slugs, reads whatever version was sealed, and is all that the form and pages have.

The box, the team and the totals have it, too.
"""

import dataclasses
import html
import json
import re
from pathlib import Path

import pytest
from django.utils.datastructures import MultiValueDict

from docs import write_questions
from moderation import decisions
from stories.intake import forms, pages, questions
from stories.intake.forms import TellForm
from stories.intake.questions import PLACES, Option, Question
from stories.models import Submission
from tests import factories
from tests.stories.intake.visiting import ACCOUNT, TOLD, sent

pytestmark = pytest.mark.django_db
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


def slugs(name, **how):
    return [each.slug for each in questions.question_options(questions.BY_NAME[name], this_year=2026, **how)]


def test_slugs_that_sealed_answers_hold_do_not_change_and_an_aside_of_once_is_read():
    for name, written in SLUGS.items():
        assert [slug for slug in slugs(name) if slug not in questions.ASIDE_SLUGS] == written.split(), name
    assert set(SLUGS) == {question.name for question in questions.ASKED if question.kind in ("one", "many")}
    for name in ("whose", "place_shown"):
        assert [answer for _words, answer in pages.answers_in_words({name: "not-sure"})] == ["Not sure"]
        assert "not-sure" in slugs(name, chosen="not-sure")


def test_places_are_those_of_the_forces():
    forces = json.loads((DATA / "forces.json").read_text())
    territorial = {(force["region"], force["nation"]) for force in forces if force["kind"] == "territorial"}

    assert {(region, nation) for _slug, region, nation in PLACES} == territorial


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


def test_whoever_never_told_the_police_is_asked_in_other_words_and_found_by_it():
    answers = {"reported": ["did-not-tell"], "force": "kent", "again": "maybe"}

    assert pages.answers_in_words(answers)[1:] == [
        ("Which police force would it have been?", "Kent Police"),
        ("Would you ever tell the police?", "Maybe"),
    ]
    assert {q.name for q in questions.ASKED if q.instead} == {"force", "year", "account", "differently", "again"}
    # A total holds the answers to both.
    assert all(q.counted_as for q in questions.ASKED if q.instead and q.counts)
    themes = {slug for slug, _name in json.loads((DATA / "lists.json").read_text())["themes"]}
    assert questions.facets_of_answers(answers)["themes"] in themes
    assert questions.facets_of_answers({"reported": ["put-off"]})["themes"] == ""


def test_answers_that_do_not_go_together_are_asked_about():
    for name, given, asks in (
        *(("kinds", ["shared", "rather-not-say"], True), ("kinds", [], False)),
        *(("reported", ["did-not-tell"], False), ("reported", ["did-not-tell", "not-sure"], False)),
        *(("reported", ["999", "did-not-tell"], True), ("reported", ["999", "rather-not-say"], True)),
        ("reported", ["999", "101", "not-sure"], False),
    ):
        assert bool(questions.answers_at_odds(questions.BY_NAME[name], given)) is asks, given


def test_person_concerned_may_be_a_child_unless_it_was_said_that_they_are_not():
    helping, someone = {"adult": "yes", "whose": "helping"}, {"adult": "yes", "whose": "someone-else"}
    mine = {"adult": "yes", "whose": "mine"}
    for answers in ({}, helping, helping | {"adult_other": "not-sure"}):
        assert questions.may_be_child(answers) is True, answers
    for answers in ({"adult": "yes"}, mine, mine | {"adult_other": "not-sure"}, someone | {"adult_other": "yes"}):
        assert questions.may_be_child(answers) is False, answers


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


# As the first release sealed it: no `whose`, no `reported`, nothing of the last part but `outcome`.
VERSION_1 = {
    **{"version": "1", "adult": "yes", "force": "kent", "place_shown": "nation", "region": "", "year": "before-2015"},
    **{"recognise": ["work", "person"], "case": "looking", "online": "rather-not-say", "consent_publish": True},
    **{"consent_quote": False, "consent_training": False, "consent_count": True, "consent_ask_again": False},
    "outcome": "closed",
}


def ticked(form, name):
    return [slug for slug, _words, _is_aside, is_chosen in form[name].answers() if is_chosen]


def test_answers_of_the_first_version_still_read_fill_in_the_form_and_are_counted():
    lines = pages.answers_in_words(VERSION_1)
    assert len(lines) == len([answer for answer in VERSION_1.values() if answer != ""]) - 1
    assert {question.name for question in questions.QUESTIONS} >= VERSION_1.keys() - {"version"}
    assert ("Which year did you first tell them?", "Before 2015") in lines
    recognise = "People at work, school or college, The person who did it"
    assert ("Who might recognise you if they read this?", recognise) in lines
    # Nor does an answer get lost that no version knows.
    assert pages.answers_in_words({"whose": "helping", "case": "a-slug-long-gone", "version": "0", "unknown": "x"}) == [
        ("Whose story is this?", "Someone I am helping, and they said yes"),
        ("Is a case still going on?", "a-slug-long-gone"),
        ("unknown", "x"),
    ]

    form = TellForm(initial={**VERSION_1, "account": ACCOUNT})
    assert form["account"].value() == ACCOUNT
    assert ticked(form, "recognise") == ["person", "work"]
    assert (ticked(form, "force"), ticked(form, "outcome")) == (["kent"], ["closed"])
    assert ticked(form, "dignity") == []
    assert form["consent_count"].value() is True
    assert decisions.keep_counted_answers(VERSION_1).totals == {"outcome": 1, "outcome.closed": 1}


def test_answer_that_was_retired_stays_with_who_gave_it_and_is_offered_to_nobody_new(monkeypatch):
    """The table as it may be one day: an answer retired, and a question not asked any more."""
    case = questions.BY_NAME["case"]
    kept = tuple(option for option in case.options if option.slug != "looking")
    now = dataclasses.replace(case, options=kept, retired=(Option("looking", "Police are still looking"),))
    once = Question("mood", "more", "one", "How are you?", options=(Option("fine", "Fine"),), is_asked=False)
    rows = (*(now if row.name == "case" else row for row in questions.QUESTIONS), once)
    monkeypatch.setattr(questions, "BY_NAME", {row.name: row for row in rows})
    monkeypatch.setattr(questions, "ASKED", tuple(row for row in rows if row.is_asked))

    posted = MultiValueDict({**{name: [words] for name, words in TOLD.items()}, "case": ["looking"]})
    again = TellForm(posted, initial=VERSION_1)

    assert "looking" not in [slug for slug, *_rest in TellForm()["case"].answers()]
    assert ("Is a case still going on?", "Police are still looking") in pages.answers_in_words(VERSION_1)
    assert ticked(TellForm(initial=VERSION_1), "case") == ["looking"]
    assert again.is_valid()
    assert again.answers()["case"] == "looking"
    assert "mood" not in TellForm().fields
    assert ("How are you?", "Fine") in pages.answers_in_words({"mood": "fine"})


PARAGRAPH = "I rang again and nobody knew of it. " * 50


def test_account_that_is_too_long_is_parted_at_a_paragraph_and_nothing_is_cut(queue_key, visitor):
    paragraphs = [f"{number}. {PARAGRAPH}The end of {number}." for number in range(1, 21)]
    long = "\n\n".join(paragraphs)

    visitor.check(account=long)

    assert visitor.box("account") == long
    assert "Send the first part now; with your code you can send the rest." in visitor.text()
    # In a box that sends nothing.
    rest = html.unescape(re.search(r'<textarea id="rest_account"[^>]*>\n(.*?)</textarea>', visitor.page, re.S)[1])
    number = int(rest.partition(".")[0])
    assert rest == "\n\n".join(paragraphs[number - 1 :])
    assert len("\n\n".join(paragraphs[: number - 1])) <= 20_000 < len("\n\n".join(paragraphs[:number]))
    assert f"The end of {number - 1}.” and the rest begins with “{number}. I rang again" in visitor.text()


def test_parts_are_as_long_as_they_can_be_and_end_where_a_text_does():
    for words, first, rest in (
        ("one line here\nand another", "one line here", "and another"),
        ("One sentence. Then more of it", "One sentence.", "Then more of it"),
        ("some words without an end", "some words", "without an end"),
        ("w" * 30, "w" * 16, "w" * 14),
        ("a\n\n" + "some words without an end", "a\n\nsome words", "without an end"),
        ("fits quite well\n\nand so on", "fits quite well", "and so on"),
        ("sixteen letters!\n\nand so on", "sixteen letters!", "and so on"),
    ):
        assert forms._parted(words, 16) == (first, rest), words


CHOICES = [question for question in questions.ASKED if question.kind in ("one", "many", "list", "year")]
WORDS = {question.name: f"These are my words for {question.name}." for question in questions.TEXTS}
CONSENT_WORDS = [questions.BY_NAME[name].words for name in questions.CONSENTS]


# So many that each answer of every question but the list of forces comes up.
ROUNDS = max(len(slugs(question.name)) for question in CHOICES if question.name != "force")


def filled_in(turn):
    """One way to fill in all of it: each turn takes the next answer, and the first takes all where they can be."""
    fields = WORDS | dict.fromkeys(questions.CONSENTS, "on")
    for question in CHOICES:
        every = slugs(question.name)
        one = every[turn % len(every)]
        many = [one] if turn else [slug for slug in every if slug not in question.alone]
        fields[question.name] = many if question.kind == "many" else one
    # A no to either shows who can help and nothing else.
    return fields | {"adult": "yes"} | ({"adult_other": "yes"} if fields["adult_other"] == "no" else {})


def answered(fields):
    """What is to be read of it everywhere: each question with its answer, in words."""
    for question in CHOICES:
        words = {option.slug: option.words for option in questions.question_options(question, this_year=2026)}
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
        for slug in slugs(question.name):
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
    page = factories.client_of(alice).get(f"/admin/queue/{Submission.objects.get().pk}/").content.decode()
    panel = html.unescape(re.sub(r"</?mark[^>]*>", "", page))

    assert pairs(check_page) >= {*answered(fields), *((words, "Yes") for words in CONSENT_WORDS)}
    assert all(words in check_text for words in WORDS.values())
    assert (sealed.account, sealed.answers) == (WORDS, {"version": questions.VERSION, **answers, **consents})
    assert pairs(panel) == set(answered(fields))
    assert all(words in panel for words in WORDS.values())
    assert panel.count("<strong>yes</strong>") == len(CONSENT_WORDS)
    totals = decisions.keep_counted_answers(sealed.answers).totals
    counted = {question.name: answers[question.name] for question in CHOICES if question.counts}
    each = {name: [given] if isinstance(given, str) else given for name, given in counted.items()}
    places = {f"{name}.{slug}" for name, slugs in each.items() for slug in slugs}
    assert {name for name in totals if "." in name and " " not in name} == places


def test_every_force_can_be_chosen():
    for slug in slugs("force"):
        form = TellForm(MultiValueDict({"adult": ["yes"], "account": ["Words."], "force": [slug]}))

        assert form.is_valid(), slug
        assert form.answers()["force"] == slug


def test_page_about_the_questions_is_made_from_the_table():
    written = write_questions.PAGE.read_text(encoding="utf-8")

    assert written == write_questions.as_markdown(), "Run .venv/bin/python docs/write_questions.py"
    assert all(f"`{question.name}`" in written for question in questions.ASKED)
