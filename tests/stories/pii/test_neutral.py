"""Neutral words never accuse, and say nothing that is not so: each row of what once went wrong."""

import pytest

from stories.pii import find_identifying
from stories.pii.kinds import ALL_KINDS, BY_HAND, NEUTRAL_WORDS
from stories.pii.replacements import group_wordings, replace_wordings

ACCUSES = ("[the person who did it]", "[an officer]", "[my ex]", "[his new partner]", "[her new partner]")


def listed(text):
    return {each.words: each for each in group_wordings([(text, find_identifying(text))])}


def with_first(text):
    """The text with the first neutral words of everything that is found in it."""
    found = find_identifying(text)
    chosen = {each.key: each.neutral[0] for each in group_wordings([(text, found)])}
    return replace_wordings(text, found, chosen)


FIRST = [
    ("He said: you are the victim here, Mr Gill", "He said: you are the victim here, [somebody]"),
    ("I asked mrs bowen on the front desk", "I asked [somebody] on the front desk"),
    ("a man who called himself Marcus wanted money", "a man who called himself [somebody] wanted money"),
    ("the officer called himself Marcus", "the officer called himself [an officer]"),
    ("Jas, my business partner, knew", "[my business partner] knew"),
    ("Harpreet, my wife, knew", "[my wife] knew"),
    ("I told my wife Harpreet everything", "I told [my wife] everything"),
    ("I am a 44 year old man", "I am a man [in my forties]"),
    ("I was in a group called Tiverton Girls Exposed", "I was in a group called [a place] Girls Exposed"),
    ("He plays for Heathcoat Rovers and lies", "He plays for [a club] and lies"),
    ("I went to Mansfield House police station", "I went to [a police station]"),
    ("It was at Exeter Magistrates' Court", "It was at Exeter Magistrates' Court"),
    ("My daughter Cadi, who is seven, saw it", "[my daughter], who is [a young child], saw it"),
    ("A 14 year old girl was there", "[a child] was there"),
    ("my 14 year old daughter was there", "my [child] daughter was there"),
    ("an 18 year old man was there", "a man [in their late teens] was there"),
    ("PC Harris (badge 1234) rang", "[an officer] (badge [an officer's number]) rang"),
    ("my ex, Kyle Brennan, had put them up", "[my ex] had put them up"),
    ("her ex Kyle Brennan had put them up", "[her ex] had put them up"),
    ("from the Tiverton team", "from the [place] team"),
    ("He went to the school where his mother works, too", "He went to [a school], too"),
    ("I teach at Lister Community School now", "I teach at [a school] now"),
]
WHOSE = [
    ("I am 44.", "[in my forties]"),
    ("He is 44.", "[in their forties]"),
    ("I'm a 44 year old nurse.", "[in my forties]"),
    ("A 44 year old man messaged me.", "[in their forties]"),
    ("My sister is 32.", "[in their thirties]"),
    ("Dave, 52, from Hull, messaged me.", "[in their fifties]"),
    ("When I was nineteen he left.", "[in my late teens]"),
    ("My brother is eighteen.", "[in their late teens]"),
    ("My son is 14.", "[a child]"),
    ("My son is fourteen.", "[a child]"),
    ("My son is fourten.", "[a child]"),
    ("I was 17 then.", "[a child]"),
    ("She is only six and scared.", "[a young child]"),
    ("My daughter Cadi is six.", "[a young child]"),
    ("She was nine when it began.", "[a young child]"),
    ("She was ten years old.", "[a child]"),
    ("My boys are 3 and 5.", "[young children]"),
    ("My kids are 5 and 14.", "[children]"),
    ("My baby is 8 months old.", "[a baby]"),
    ("It was my fourteenth birthday.", "[an age]"),
    ("I was twenty-one then.", "[in my twenties]"),
    ("My nan is 91.", "[in their nineties]"),
]


@pytest.mark.parametrize(("text", "wanted"), FIRST)
def test_first_words_accuse_nobody_and_can_be_read(text, wanted):
    assert with_first(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), WHOSE)
def test_words_for_an_age_come_from_its_number_and_from_whose_it_is(text, wanted):
    ages = [each.neutral[0] for each in listed(text).values() if each.found.kind == "AGE"]

    assert ages == [wanted]


@pytest.mark.parametrize("age", range(1, 18))
def test_no_child_is_put_into_its_twenties(age):
    (wording,) = group_wordings([(text := f"My daughter is {age} years old.", find_identifying(text))])

    assert not [words for words in wording.neutral if "twenties" in words or "my" in words]
    assert wording.neutral[0] in {"[a young child]", "[a child]"}


@pytest.mark.parametrize("age", range(18, 100))
def test_no_grown_up_is_called_a_child(age):
    (wording,) = group_wordings([(text := f"My sister is {age} years old.", find_identifying(text))])

    assert not [words for words in wording.neutral if "child" in words]
    assert wording.neutral[0].startswith("[in their ")


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.moderator)
def test_first_words_of_every_kind_accuse_nobody(kind):
    is_an_officer = kind.moderator == "officer's name"

    assert kind.replacements[0] not in ACCUSES or (is_an_officer and kind.replacements[0] == "[an officer]")
    assert " my " not in f" {kind.replacements[0].strip('[]')} "


def test_a_name_can_be_ones_own():
    assert "[me]" in listed("you are the victim here, Mr Gill")["Mr Gill"].neutral


def test_only_who_is_surely_an_officer_is_called_one_first():
    assert listed("PC Harris rang")["Harris"].neutral[0] == "[an officer]"
    assert listed("mrs bowen on the front desk rang")["bowen"].neutral[:2] == ("[somebody]", "[an officer]")


def test_one_age_of_two_people_is_nobodys():
    (wording,) = group_wordings([(text := "I am 44. My sister is 44.", find_identifying(text))])

    assert (wording.times, wording.neutral[0]) == (2, "[an age]")


def test_a_name_told_of_once_has_those_words_everywhere():
    assert with_first("Imogen saw it. My daughter Imogen cried.") == "[my daughter] saw it. [my daughter] cried."


def test_one_name_of_two_people_is_neither():
    (wording,) = group_wordings([(text := "My daughter Imogen cried. His friend Imogen rang.", find_identifying(text))])

    assert wording.neutral[0] == "[a child]"


def test_what_is_chosen_by_hand_is_known_to_the_catalogue():
    assert {"job", "group or chat", "club", "faith or nationality"} == set(BY_HAND)
    assert all(words in NEUTRAL_WORDS for offered in BY_HAND.values() for words in offered)
