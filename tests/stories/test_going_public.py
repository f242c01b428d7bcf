"""What may not go public by mistake."""

from stories import pii
from stories.core.publication_gate import HELD_BACK, kinds_in_words, sure_ones, why_not
from tests.promises.test_p5_nothing_leads_straight_to_somebody import ONE_OF_EACH


def looked(*texts):
    return [(text, pii.find_identifying(text)) for text in texts]


def test_sure_finding_of_each_kind_is_held_back_until_somebody_writes_why_it_stays():
    assert set(ONE_OF_EACH) == HELD_BACK < set(pii.KINDS)
    for kind in sorted(HELD_BACK):
        found = sure_ones(looked(ONE_OF_EACH[kind]))

        assert [each.found.kind for each in found] == [kind]
        assert why_not(found, left={})
        assert why_not(found, left={found[0].key: "It is the force's own."}) is None, kind


def test_reason_is_what_somebody_can_read_in_any_language():
    (found,) = sure_ones(looked(ONE_OF_EACH["PHONE"]))

    for why in ("", " ", "\n\t", ".", "– …", "\u2800", "\u3164" * 5, "\u200d", "\u00ad", "x", "\u3164a"):
        assert why_not([found], left={found.key: why}), why
    for why in ("Desk", "101", "Eu rhif nhw", "هذا رقم الشرطة", "警察的号码"):
        assert why_not([found], left={found.key: why}) is None, why


def test_reason_for_one_doesnt_speak_for_another():
    found = sure_ones(looked(ONE_OF_EACH["PHONE"] + " " + ONE_OF_EACH["EMAIL"]))

    said = why_not(found, left={found[0].key: "It is a charity's."})

    assert "email address" in said
    assert "phone number" not in said


def test_names_places_days_and_unsure_findings_are_left_to_the_people_who_read():
    text, phone = "Officer Quillfeather in Nettlebridge told Jamie Oakes on 3 March 2021.", ONE_OF_EACH["PHONE"]
    unsure = [pii.Finding(each.start, each.end, each.kind, each.why, False) for each in pii.find_identifying(phone)]

    assert any(each.sure for each in pii.find_identifying(text))
    assert sure_ones(looked(text)) == []
    assert unsure
    assert sure_ones([(phone, unsure)]) == []


def test_refusal_names_kinds_and_how_many_and_never_the_words():
    found = sure_ones(looked("Ring 07700 900123 or 07700 900456, or write to jamie.oakes@nettle.example."))

    said = why_not(found, left={})

    assert "2 × phone number" in said
    assert "email address" in said
    assert "07700" not in said
    assert "jamie" not in said.lower()
    assert len(sure_ones(looked(ONE_OF_EACH["PHONE"], "Again: 07700 900123."))) == 1
    assert why_not([], left={}) is None
    assert kinds_in_words([]) == ""
