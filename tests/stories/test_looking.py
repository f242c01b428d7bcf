"""One look a text and request, which a fault in the finder never turns into an error page."""

import pytest

from stories.core import scanner
from stories.core.scanner import CannotLook, Look
from stories.pii import Finding, IdentifyingError
from stories.pii.kinds import InAHurry

FOUND = [Finding(0, 3, "OFFICER_NAME", "it is a name", sure=True)]
WORDS = "Quillfeather of Nettlebridge"


def failing(text, **options):
    raise KeyError(text)


def test_each_text_is_looked_at_once_in_a_request():
    seen = []
    for _request in range(2):
        look = Look(lambda text, **_: seen.append(text) or [])
        for text in ("one", "two", "one"):
            look(text)

    assert seen == ["one", "two"] * 2


def test_look_says_what_it_could_not_look_for():
    def failing_model(text, *, by_rules_alone=False):
        return FOUND if by_rules_alone else failing(text)

    for find, is_blind, is_without_names, is_in_a_hurry in [
        (lambda text, **_: FOUND, False, False, False),
        (failing_model, False, True, False),
        (lambda text, **_: InAHurry(FOUND), False, True, True),
        (failing, True, True, False),
    ]:
        look = Look(find)

        assert look(WORDS) == ([] if is_blind else FOUND)
        assert (look.is_blind, look.is_without_names, look.is_in_a_hurry) == (is_blind, is_without_names, is_in_a_hurry)
        if not is_blind:
            assert look.surely(WORDS) == FOUND


def test_fault_on_one_text_says_nothing_of_another():
    look = Look(lambda text, **_: failing(text) if text == WORDS else FOUND)

    assert look(WORDS) == []
    assert look.is_blind_at(WORDS)
    with pytest.raises(CannotLook):
        look.surely(WORDS)
    assert look.surely("Other words") == FOUND
    assert not look.is_blind_at("Other words")


def test_fault_is_logged_without_a_word_of_the_text_and_too_long_a_text_is_none(caplog):
    def too_long(text, **options):
        raise IdentifyingError

    assert scanner.scan_fields(WORDS, find=too_long).is_blind
    assert caplog.text == ""

    Look(failing)(WORDS)

    assert "KeyError" in caplog.text
    assert "Quillfeather" not in caplog.text
    assert not any(record.exc_info for record in caplog.records)
