"""What may not go public by mistake."""

import pytest

from stories import pii
from stories.core.publication_gate import HELD_BACK, kinds_in_words, sure_ones, why_not
from tests.promises.test_p5_nothing_leads_straight_to_somebody import ONE_OF_EACH


def looked(*texts):
    return [(text, pii.find_identifying(text)) for text in texts]


@pytest.mark.parametrize("kind", sorted(HELD_BACK))
def test_sure_finding_of_each_kind_is_held_back(kind):
    found = sure_ones(looked(ONE_OF_EACH[kind]))

    assert [each.found.kind for each in found] == [kind]
    assert why_not(found, left={})


@pytest.mark.parametrize("kind", sorted(HELD_BACK))
def test_a_written_reason_lets_it_through(kind):
    found = sure_ones(looked(ONE_OF_EACH[kind]))

    assert why_not(found, left={found[0].key: "It is the force's own."}) is None


UNREADABLE = ["", " ", "\n\t", ".", "– …", "\u2800", "\u3164" * 5, "\u200d", "\u00ad", "x", "\u3164a"]


@pytest.mark.parametrize("blank", UNREADABLE)
def test_a_reason_that_nobody_can_read_is_none(blank):
    found = sure_ones(looked(ONE_OF_EACH["PHONE"]))

    assert why_not(found, left={found[0].key: blank})


def test_reason_for_one_doesnt_speak_for_another():
    found = sure_ones(looked(ONE_OF_EACH["PHONE"] + " " + ONE_OF_EACH["EMAIL"]))

    said = why_not(found, left={found[0].key: "It is a charity's."})

    assert "email address" in said
    assert "phone number" not in said


def test_every_kind_that_is_held_back_is_a_kind():
    assert set(pii.KINDS) > HELD_BACK
    assert set(ONE_OF_EACH) == HELD_BACK


def test_names_places_and_days_are_left_to_the_people_who_read():
    text = "Officer Quillfeather in Nettlebridge told Jamie Oakes on 3 March 2021."

    assert any(each.sure for each in pii.find_identifying(text))
    assert sure_ones(looked(text)) == []


def test_unsure_findings_are_left_to_the_people_who_read():
    text = ONE_OF_EACH["PHONE"]
    unsure = [pii.Finding(each.start, each.end, each.kind, each.why, False) for each in pii.find_identifying(text)]

    assert unsure
    assert sure_ones([(text, unsure)]) == []


def test_the_same_words_in_two_texts_are_one_wording():
    assert len(sure_ones(looked(ONE_OF_EACH["PHONE"], "Again: 07700 900123."))) == 1


def test_refusal_names_kinds_and_how_many_and_never_the_words():
    found = sure_ones(looked("Ring 07700 900123 or 07700 900456, or write to jamie.oakes@nettle.example."))

    said = why_not(found, left={})

    assert "2 × phone number" in said
    assert "email address" in said
    assert "07700" not in said
    assert "jamie" not in said.lower()


def test_nothing_held_back_is_nothing_to_say():
    assert why_not([], left={}) is None
    assert kinds_in_words([]) == ""


@pytest.mark.parametrize("why", ["Desk", "101", "Eu rhif nhw", "هذا رقم الشرطة", "警察的号码"])
def test_few_words_of_any_language_are_a_reason(why):
    found = sure_ones(looked(ONE_OF_EACH["PHONE"]))

    assert why_not(found, left={found[0].key: why}) is None
