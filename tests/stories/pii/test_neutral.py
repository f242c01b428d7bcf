"""Neutral words never accuse, and say nothing that is not so: each row of what once went wrong."""

from stories.pii import find_identifying
from stories.pii.kinds import ALL_KINDS, BY_HAND, NEUTRAL_WORDS
from stories.pii.replacements import group_wordings, replace_wordings
from stories.pii.rule_files import sections_of
from tests.stories.pii import scoring

ACCUSES = ("[the person who did it]", "[an officer]", "[my ex]", "[his new partner]", "[her new partner]")


def listed(text):
    return {each.words: each for each in group_wordings([(text, find_identifying(text))])}


def with_first(text):
    """The text with the first neutral words of everything that is found in it."""
    found = find_identifying(text)
    chosen = {each.key: each.neutral[0] for each in group_wordings([(text, found)])}
    return replace_wordings(text, found, chosen)


def lines(section):
    return [line.split(" -> ") for line in sections_of(scoring.DATA / "redacted.txt")[section].splitlines()]


def test_first_words_accuse_nobody_and_can_be_read():
    for text, wanted in lines("first words"):
        assert with_first(text) == wanted


def test_words_for_an_age_come_from_its_number_and_from_whose_it_is():
    for text, wanted in lines("ages"):
        assert [each.neutral[0] for each in listed(text).values() if each.found.kind == "AGE"] == [wanted], text


def test_age_in_welsh_has_words_from_its_number():
    for age, wanted in lines("welsh ages"):
        assert [each.neutral[0] for each in listed(f"Mae hi'n {age}.").values()] == [wanted], age
    assert listed("Mae fy merch Cadi yn drist.")["Cadi"].neutral[0] == "[fy merch]"


def test_no_child_is_put_into_its_twenties_and_no_grown_up_is_called_a_child():
    for age in range(1, 100):
        (wording,) = listed(f"My {'daughter' if age < 18 else 'sister'} is {age} years old.").values()

        never, first = (("twenties", "my"), "[a ") if age < 18 else (("child",), "[in their ")
        assert not [words for words in wording.neutral if any(each in words for each in never)], age
        assert wording.neutral[0].startswith(first), age
        assert ("child" in wording.neutral[0]) == (age < 18), age


def test_first_words_of_every_kind_accuse_nobody():
    for kind in ALL_KINDS:
        is_an_officer = kind.moderator == "officer's name"

        assert kind.replacements[0] not in ACCUSES or (is_an_officer and kind.replacements[0] == "[an officer]")
        assert " my " not in f" {kind.replacements[0].strip('[]')} "


def test_a_name_can_be_ones_own():
    assert "[me]" in listed("you are the victim here, Mr Gill")["Mr Gill"].neutral


def test_only_who_is_surely_an_officer_is_called_one_first():
    assert listed("PC Harris rang")["Harris"].neutral[0] == "[an officer]"
    assert listed("mrs bowen on the front desk rang")["bowen"].neutral[:2] == ("[somebody]", "[an officer]")


def test_one_age_of_two_people_is_nobodys():
    assert [(each.times, each.neutral[0]) for each in listed("I am 44. My sister is 44.").values()] == [(2, "[an age]")]


def test_name_told_once_has_those_words_everywhere_and_one_of_two_people_has_neither():
    assert with_first("Imogen saw it. My daughter Imogen cried.") == "[my daughter] saw it. [my daughter] cried."
    assert listed("My daughter Imogen cried. His friend Imogen rang.")["Imogen"].neutral[0] == "[a child]"


def test_what_is_chosen_by_hand_is_known_to_the_catalogue():
    assert {"group or chat"} == set(BY_HAND)
    assert all(words in NEUTRAL_WORDS for offered in BY_HAND.values() for words in offered)
