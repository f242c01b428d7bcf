"""What is said in Welsh: whose name it is, how old, which school, and a town whose first letter changes."""

import pytest

from stories.pii import find_identifying
from stories.pii.context import places
from stories.pii.replacements import group_wordings

TOLD = [
    ("Mae fy merch Cadi yn chwech oed.", {"Cadi": "PERSON", "chwech oed": "AGE"}),
    ("Mae hi'n mynd i Ysgol y Gelli yng Nghaernarfon.", {"Ysgol y Gelli": "SCHOOL_EMPLOYER", "Nghaernarfon": "PLACE"}),
    ("Es i swyddfa heddlu Caernarfon a siarad.", {"Caernarfon": "PLACE"}),
    ("Mae fy nghyn-ŵr, Dafydd Owen, yn byw ym Mangor.", {"Dafydd Owen": "PERSON", "Mangor": "PLACE"}),
    ("Es i Fangor ac o Gaerdydd i Ddinbych, a dyna ni.", {"Fangor": "PLACE", "Gaerdydd": "PLACE", "Ddinbych": "PLACE"}),
    ("Rhannodd fy nghyn-gariad Rhys luniau ohonof i.", {"Rhys": "PERSON"}),
    ("Mae hi'n bedair ar ddeg oed.", {"bedair ar ddeg oed": "AGE"}),
    ("Roedd fy ffrind Elin yn Ysbyty Gwynedd.", {"Elin": "PERSON", "Ysbyty Gwynedd": "SCHOOL_EMPLOYER"}),
]
QUIET = [
    "Mae fy chwaer yn gwybod popeth, ond wnaeth hi ddim dweud dim wrth neb.",
    "Mae'r heddlu wedi dweud na fydd dim byd yn digwydd.",
    "Roedd yn anodd iawn i mi, ac i fy mam hefyd.",
    "Es i at Heddlu Gogledd Cymru ar ôl tri mis.",
]
AGES = [
    ("chwech oed", "[a young child]"),
    ("chwe blwydd oed", "[a young child]"),
    ("ddeg oed", "[a child]"),
    ("un ar ddeg oed", "[a child]"),
    ("bedair ar ddeg oed", "[a child]"),
    ("14 oed", "[a child]"),
    ("dwy ar bymtheg oed", "[a child]"),
    ("ddeunaw oed", "[in their late teens]"),
    ("bedair ar bymtheg oed", "[in their late teens]"),
    ("dau ar hugain oed", "[in their twenties]"),
    ("bedwar deg pedwar oed", "[in their forties]"),
]


@pytest.mark.parametrize(("text", "wanted"), TOLD)
def test_what_is_told_in_welsh_is_found(text, wanted):
    assert {text[each.start : each.end]: each.kind for each in find_identifying(text)} == wanted
    assert {text[each.start : each.end]: each.kind for each in find_identifying(text, by_rules_alone=True)} == wanted


@pytest.mark.parametrize("text", QUIET)
def test_plain_welsh_is_left_quiet(text):
    assert find_identifying(text) == find_identifying(text, by_rules_alone=True) == []


@pytest.mark.parametrize(("age", "neutral"), AGES)
def test_age_in_welsh_has_words_from_its_number(age, neutral):
    text = f"Mae hi'n {age}."

    assert [each.neutral[0] for each in group_wordings([(text, find_identifying(text))])] == [neutral]


def test_own_words_of_a_welsh_text_stay_welsh():
    text = "Mae fy merch Cadi yn drist."

    assert group_wordings([(text, find_identifying(text))])[0].neutral[0] == "[fy merch]"


@pytest.mark.parametrize(
    "town", ["caernarfon", "nghaernarfon", "gaernarfon", "mangor", "fangor", "ddinbych", "lanrwst"]
)
def test_a_town_is_known_by_any_first_letter(town):
    assert places.is_a_town(town)


@pytest.mark.parametrize("text", ["I met Paula in the pub", "i Gave up", "we met at Gate 4"])
def test_english_has_no_welsh_towns(text):
    assert not [each for each in find_identifying(text, by_rules_alone=True) if each.kind == "PLACE"]
