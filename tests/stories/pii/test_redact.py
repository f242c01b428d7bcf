"""Other words in place of what was found: the sentence around them can still be read."""

import pytest

from stories.pii import redact

PUT_IN = [
    ("my ex, Kyle Brennan, had put them up", "Kyle Brennan", "[my ex]", "[my ex] had put them up"),
    ("my ex, Kyle Brennan, had put them up", "Kyle Brennan", "[somebody]", "[somebody] had put them up"),
    ("My ex, Kyle, and his mates", "Kyle", "[my ex]", "[my ex] and his mates"),
    ("PC Harris came round", "Harris", "[an officer]", "[an officer] came round"),
    ("a PC Harris came round", "Harris", "[an officer]", "[an officer] came round"),
    ("Then Detective Sergeant Harris rang", "Harris", "[an officer]", "Then [an officer] rang"),
    ("the officer, PC Harris, rang", "Harris", "[an officer]", "[an officer] rang"),
    ("My daughter Cadi is six", "Cadi", "[my daughter]", "[my daughter] is six"),
    ("my daughter Cadi's school", "Cadi", "[my daughter]", "[my daughter]'s school"),
    ("my daughter (Cadi) saw it", "Cadi", "[my daughter]", "[my daughter] saw it"),
    ("Mae fy merch Cadi yn chwech", "Cadi", "[fy merch]", "Mae [fy merch] yn chwech"),
    ("my solicitor, Mrs Rao, wrote", "Rao", "[my solicitor]", "[my solicitor] wrote"),
    ("his new girlfriend Kayleigh knew", "Kayleigh", "[his new partner]", "[his new partner] knew"),
    ("my ex's new girlfriend Kayleigh knew", "Kayleigh", "[somebody]", "[somebody] knew"),
    ("Beth, my best friend, knew", "Beth", "[my best friend]", "[my best friend] knew"),
    ("Beth, my best friend, knew", "Beth", "[somebody]", "[somebody], my best friend, knew"),
    ("I told my mum, Kyle had hit me", "Kyle", "[my ex]", "I told my mum, [my ex] had hit me"),
    ("I told my mum Kyle had hit me", "Kyle", "[my ex]", "I told my mum [my ex] had hit me"),
    ("you are the victim here, Mr Gill", "Mr Gill", "[me]", "you are the victim here, [me]"),
    ("you are the victim here, mr gill", "gill", "[me]", "you are the victim here, [me]"),
    ("my friend, 24, saw it", "24", "[in their twenties]", "my friend, [in their twenties], saw it"),
    ("my daughter, six, saw it", "six", "[a young child]", "my daughter, [a young child], saw it"),
    ("I am the only woman on the crew", "only woman", "[one of a few]", "I am [one of a few] on the crew"),
    ("from the Tiverton team", "Tiverton", "[a nearby town]", "from the [nearby town] team"),
    ("a Tiverton lad", "Tiverton", "[a nearby town]", "[a nearby town] lad"),
    ("I am a 44 year old", "44 year old", "[in my forties]", "I am [in my forties]"),
    ("my Cadi saw it", "Cadi", "[my daughter]", "[my daughter] saw it"),
    ("I told her Kyle had gone", "Kyle", "[my ex]", "I told her [my ex] had gone"),
    ("my daughter Cadi is six", "Cadi", "K", "my daughter K is six"),
    ("my daughter Cadi is six", "Cadi", "a girl", "a girl is six"),
    ("I told PC Harris so", "Harris", "the first one", "I told the first one so"),
    ("My daughter Cadi is six", "Cadi", "our eldest", "Our eldest is six"),
    ("the name Kyle", "Kyle", "a name of my own", "the name a name of my own"),
]
TAKEN_OUT = [
    ("my ex, Kyle Brennan, had put them up", "Kyle Brennan", "my ex had put them up"),
    ("My daughter Cadi is six", "Cadi", "My daughter is six"),
    ("my daughter Cadi's school", "Cadi", "my daughter's school"),
    ("my daughter (Cadi) saw it", "Cadi", "my daughter saw it"),
    ("I spoke to PC Harris about it.", "Harris", "I spoke about it."),
    ("I spoke to PC Harris.", "Harris", "I spoke."),
    ("the officer, PC Harris, rang", "Harris", "the officer rang"),
    ("the officer Harris rang", "Harris", "the officer rang"),
    ("He told me, Mr Gill, to wait", "Mr Gill", "He told me to wait"),
    ("you are the victim here, Mr Gill", "Mr Gill", "you are the victim here"),
    ("an officer called Harris rang", "Harris", "an officer rang"),
    ("a man who called himself Marcus rang", "Marcus", "a man rang"),
    ("my daughter, who is seven, saw it", "seven", "my daughter saw it"),
    ("my son, aged 14, saw it", "14", "my son saw it"),
    ("my 14 year old daughter saw it", "14 year old", "my daughter saw it"),
    ("I am an 18 year old student", "18 year old", "I am a student"),
    ("I am a 44 year old artist", "44 year old", "I am an artist"),
    ("I live in Hull.", "Hull", "I live."),
    ("In Hull, he hit me", "Hull", "He hit me"),
    ("In Hull he hit me", "Hull", "He hit me"),
    ("in hull he hit me", "hull", "he hit me"),
    ("I lived in Hull with him", "Hull", "I lived with him"),
    ("in Hull city centre", "Hull", "in city centre"),
    ("from the Tiverton team", "Tiverton", "from the team"),
    ("Ring me on 07700 900123, he said", "07700 900123", "Ring me, he said"),
    ("Dave and Kyle hit me", "Kyle", "Dave hit me"),
    ("Kyle and Dave hit me", "Kyle", "Dave hit me"),
    ("Dave, Kyle, Bob and I", "Kyle", "Dave, Bob and I"),
    ("It was bad. Kyle's mates saw it.", "Kyle", "It was bad. Mates saw it."),
    ("Kyle, my ex, rang", "Kyle", "My ex rang"),
    ("I went and PC Harris came", "Harris", "I went and came"),
    ("My daughter is six and I am 44.", "44", "My daughter is six."),
    ("my partner and mrs bowen on the desk knew", "bowen", "my partner on the desk knew"),
    ("I told Kyle, my ex, to go", "Kyle", "I told my ex to go"),
    ("07700 900123", "07700 900123", ""),
    ("Kyle", "Kyle", ""),
]


@pytest.mark.parametrize(("text", "words", "neutral", "wanted"), PUT_IN)
def test_other_words_take_the_noun_title_or_article_with_them(text, words, neutral, wanted):
    start = text.index(words)

    assert redact.replaced_text(text, start, start + len(words), neutral) == wanted


@pytest.mark.parametrize(("text", "words", "wanted"), TAKEN_OUT)
def test_what_is_taken_out_takes_its_comma_title_and_space_with_it(text, words, wanted):
    start = text.index(words)

    assert redact.replaced_text(text, start, start + len(words), "") == wanted


def test_several_are_replaced_from_the_last_to_the_first():
    text = "PC Harris and my ex, Kyle, and I stood in Hull."
    for words, neutral in (("Hull", ""), ("Kyle", "[my ex]"), ("Harris", "[an officer]")):
        start = text.index(words)
        text = redact.replaced_text(text, start, start + len(words), neutral)

    assert text == "[an officer] and [my ex] and I stood."


def test_an_edit_reaches_no_further_back_than_what_stands_before():
    text = "my ex, Kyle, had"
    done = redact.edit_text(text, 7, 11, "[my ex]", floor=3)

    assert done.start >= 3
    assert redact.edit_text(text, 7, 11, "", floor=7).start == 7
