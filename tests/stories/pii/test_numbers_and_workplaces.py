"""References, officers' numbers, usernames and workplaces in the ways people write them, beside what looks alike."""

import pytest

from stories.pii import find_identifying

FOUND = [
    ("CRIME_REF", "gave me {log 0417 of the 9th}, and I wrote it down"),
    ("CRIME_REF", "I got {incident 612} and a link"),
    ("CRIME_REF", "auto reply {TAA-4410-23-4600-C00} and nothing else"),
    ("CRIME_REF", "my refernce is {44/1122/23} they say"),
    ("CRIME_REF", "the number is {42 slash 8812 slash 23} comma"),
    ("CRIME_REF", "crime number is {four four two one nine} full stop"),
    ("COLLAR_NUMBER", "Collar number {2086}. Give her a rise."),
    ("COLLAR_NUMBER", "Whoever {3316} is, that is how he signs"),
    ("COLLAR_NUMBER", "Caroline Fitzmaurice {C9087} | Investigation Support"),
    ("COLLAR_NUMBER", "shoulder says 4471. {4471} never rang."),
    ("COLLAR_NUMBER", "i spoke with officers {2210 and 2214} in june"),
    ("HANDLE", "{prettyboy.ste} he was on snap"),
    ("HANDLE", "3rd acount now. 1st was {mehmo.exe}. i sent both"),
    ("HANDLE", "the discord name was {tinman#2210} or so"),
    ("SCHOOL_EMPLOYER", "the lads at {Pennine Pallets} had the group chat"),
    ("SCHOOL_EMPLOYER", "i work nights at {rosebank lodge}, the care home"),
    ("SCHOOL_EMPLOYER", "he sits outside {little acorns nursery} every day"),
    ("SCHOOL_EMPLOYER", "she does reception at {the Cobden Street surgery}; it was her"),
    ("SCHOOL_EMPLOYER", "people from our church, {Living Waters Assembly}, saw it"),
    ("SCHOOL_EMPLOYER", "he told everyone at {costa in the arndale}. i work there"),
    ("SCHOOL_EMPLOYER", "i clean at {the royal gwent} nights"),
    ("SCHOOL_EMPLOYER", "i study at {Univeristy of Kent} and they helped"),
    ("SCHOOL_EMPLOYER", "she works for {northern powergrid} i think"),
    ("ADDRESS", "we bought {The Old Forge} together"),
    ("ADDRESS", "at {3 Weaver's Court, Dock Street} they knocked"),
]
QUIET = [
    "incident 2 weeks ago, case 2 of 3, crime in 2019, a 30-day-wait and covid-19-2020-21",
    "I asked for 200 pounds back. Officer 1 said yes. My PC 5000 is broken.",
    "went home.then rang my account.then he blocked me on insta.so yeah, see statement.docx on facebook",
    "on snap he was horrible. on facebook.com he was nice",
    "The Victim Care Unit passed me to Adult Social Care and then to the Law Society.",
    "He ordered from Argos and I bought a new phone from currys.",
    "we met at a posh hotel and went to a private surgery in the car park of the garage",
    "he cant take care of himself, he joined a band, she works in security",
    "At Call Centre they say go in. At Front Counter they say ring.",
    "my soc president dm'd me like \"hey hun is this you in the picture\"",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "marked"), FOUND)
def test_number_or_workplace_is_found_whole(kind, marked):
    start, end = marked.index("{"), marked.index("}") - 1

    found = [(one.kind, one.start, one.end) for one in find_identifying(marked.replace("{", "").replace("}", ""))]

    assert (kind, start, end) in found


@pytest.mark.parametrize("text", QUIET)
def test_what_looks_alike_stays_quiet(text):
    assert find_identifying(text) == []


@pytest.mark.parametrize("years", ["2016/17", "2017/18", "1999/00"])
def test_a_run_of_years_is_no_reference_and_a_reference_beside_it_is(years):
    text = f"The figures of {years} are out. They gave me 201617/24 on the phone."

    assert [text[each.start : each.end] for each in find_identifying(text, by_rules_alone=True)] == ["201617/24"]


@pytest.mark.parametrize("number", ["07700·900·456", "07700/900456", "07700 / 900 456"])
def test_phone_number_with_unusual_marks_between_is_found(number):
    text = f"Ring {number} please"

    assert [text[each.start : each.end] for each in find_identifying(text, by_rules_alone=True)] == [number]


def test_postcode_with_letters_that_none_has_is_found_when_it_is_written_as_one():
    text = "I live at BS35 2KD, over the shop"

    assert [text[each.start : each.end] for each in find_identifying(text, by_rules_alone=True)] == ["BS35 2KD"]


@pytest.mark.parametrize(
    "name", ["the University of Stirling", "the University of Reading", "uni of the west of scotland"]
)
def test_university_of_a_place_is_found_and_one_of_doing_is_not(name):
    text = f"i was at {name} and it felt like the university of waiting"

    assert [text[each.start : each.end] for each in find_identifying(text, by_rules_alone=True)] == [name]


@pytest.mark.parametrize("place", ["the school where his mother works", "the bakery where I work"])
def test_a_workplace_is_told_by_who_works_there(place):
    text = f"He went to {place} and shouted"

    assert [text[each.start : each.end] for each in find_identifying(text)] == [place]


def test_a_workplace_with_a_name_is_found_by_its_name():
    text = "He came to the bakery where I work, Parkside Bakery, and shouted"

    assert [text[each.start : each.end] for each in find_identifying(text)] == ["Parkside Bakery"]


@pytest.mark.parametrize("text", ["I went to the office where I reported it", "He is at the garage and works on cars"])
def test_a_place_where_nobody_works_stays_quiet(text):
    assert find_identifying(text) == []


@pytest.mark.parametrize("text", ["I went to A&E", "i went to a&e after work", "They sent me to A&E at night"])
def test_a_and_e_is_no_workplace(text):
    assert find_identifying(text, by_rules_alone=True) == []
