"""Words on which a promise hangs are locked, whoever would change them; the rest is for editors."""

import re

import pytest

from campaign.site_words import catalogued, locked
from deploy import catalogue
from stories.identifying import kinds
from stories.telling import questions, standing
from tests.site.campaign.site_words.keeping import string


def is_locked(words):
    return locked.why_locked(string(words)) is not None


def test_everything_about_a_consent_is_locked():
    for name in questions.CONSENTS:
        question = questions.BY_NAME[name]
        for words in filter(None, (question.words, question.why)):
            assert is_locked(words), words
    choices = next(section for section in questions.SECTIONS if section.name == "choices")
    assert is_locked(choices.title)
    assert is_locked(choices.lead)


@pytest.mark.parametrize(
    "words",
    [
        "Are you 18 or over now?",
        "Yes",
        "No",
        "Send",
        "Come back by {day}. The day after, we erase it.",
        "We never publish what you answer here.",
        "You need not. Only our moderators can open it. No names needed.",
        "This site sets no cookies and keeps nothing about your visit.",
        "Yes, publish exactly this",
        "Take it back and erase it",
        "Exit this page",
        "From people who chose to write, not a sample.",
        "fewer than 10",
        "What happened when people told the police, or what kept them from it. "
        "Two moderators read each one and agreed on every word.",
        "If you are in danger now, call 999.",
        "Gwent Police",
        "No names needed. Nothing reaches us until you have seen what could identify you, and pressed Send.",
        "Please do not send us links or pictures.",
        "Download what I sent",
        "We could not reach this site just now. Your words are still here: wait a minute, then press the button again.",
        "Then there is no code that somebody could find, and no way back.",
        "We have what you want changed. This text does not go out. We make a new one and show you.",
        "We don’t keep what you search for. The address of the answer stays in this browser’s history.",
        "In its own words, and where it said them. A reply is not a change.",
    ],
)
def test_promise_is_locked(words):
    assert is_locked(words)


@pytest.mark.parametrize(
    "words",
    [
        "What happened?",
        "Did officers know it is a crime?",
        "Government figures have shown about one in three people do. It is not a failure.",
        "Write a few words first.",
        "Police forces",
        "The law on a date",
        "New stories",
        "There is no page here",
        "Search",
    ],
)
def test_what_promises_nothing_is_for_editors(words):
    assert not is_locked(words)


def test_bland_titles_are_locked_for_they_stay_in_the_history():
    source = "\n".join(path.read_text() for path in (catalogue.ROOT / "templates").rglob("*.html"))
    blocks = re.findall(r"{% block bland_title %}(.*?){% endblock %}", source)
    titles = {title for block in blocks for title in re.findall(r'{% translate "([^"]*)" %}', block)}

    assert len(titles) > 10
    assert [title for title in titles if not is_locked(title)] == []


def test_what_goes_onto_somebodys_device_or_into_their_account_is_locked():
    assert all(map(is_locked, standing.reminder_titles().values()))
    assert all(map(is_locked, kinds.NEUTRAL_WORDS))


def test_every_rule_locks_something_and_every_pattern_names_a_file():
    for rule in locked.RULES:
        assert any(map(rule.locks, catalogued.every())), rule.why
        for pattern in rule.places:
            assert pattern == "*" or list(catalogue.ROOT.glob(pattern)), pattern


def test_most_of_what_the_site_says_is_open():
    open_ones = [each for each in catalogued.every() if not locked.why_locked(each)]

    assert len(open_ones) > len(catalogued.every()) / 2
