"""One look a text and request, which a fault in the finder never turns into an error page."""

import pytest

from stories.core import scanner
from stories.core.scanner import CannotLook, Look
from stories.pii import Finding, TooLong
from stories.pii.finding import InAHurry

FOUND = [Finding(0, 3, "OFFICER_NAME", "it is a name", sure=True)]
WORDS = "Quillfeather of Nettlebridge"


def failing(text, **options):
    raise KeyError(text)


def failing_model(text, *, by_rules_alone=False):
    return FOUND if by_rules_alone else failing(text)


def test_each_text_is_looked_at_once():
    seen = []
    look = Look(lambda text, **_: seen.append(text) or [])

    for text in ("one", "two", "one"):
        look(text)

    assert seen == ["one", "two"]


def test_all_is_forgotten_with_the_request_that_looked():
    seen = []

    for _request in range(2):
        Look(lambda text, **_: seen.append(text) or [])("one")

    assert seen == ["one", "one"]


def test_look_that_works_misses_nothing():
    look = Look(lambda text, **_: FOUND)

    assert look(WORDS) == look.surely(WORDS) == FOUND
    assert not look.is_blind
    assert not look.is_without_names


def test_fault_finds_nothing_and_says_so():
    look = Look(failing)

    assert look(WORDS) == []
    assert look.is_blind
    assert look.is_blind_at(WORDS)
    with pytest.raises(CannotLook):
        look.surely(WORDS)


def test_fault_on_one_text_says_nothing_of_another():
    look = Look(lambda text, **_: failing(text) if text == WORDS else FOUND)
    look(WORDS)

    assert look.surely("Other words") == FOUND
    assert not look.is_blind_at("Other words")


def test_where_the_names_fail_the_rules_still_look():
    look = Look(failing_model)

    assert look(WORDS) == FOUND
    assert look.is_without_names
    assert not look.is_in_a_hurry
    assert not look.is_blind


def test_look_in_a_hurry_is_without_some_names_and_says_why():
    look = Look(lambda text, **_: InAHurry(FOUND))

    assert look(WORDS) == look.surely(WORDS) == FOUND
    assert look.is_in_a_hurry
    assert look.is_without_names
    assert not look.is_blind


def test_fault_is_logged_without_a_word_of_the_text(caplog):
    Look(failing)(WORDS)

    assert "KeyError" in caplog.text
    assert "Quillfeather" not in caplog.text
    assert not any(record.exc_info for record in caplog.records)


def test_text_too_long_for_one_look_is_no_fault(caplog):
    def too_long(text, **options):
        raise TooLong

    assert scanner.scan_fields(WORDS, find=too_long).is_blind
    assert caplog.text == ""
