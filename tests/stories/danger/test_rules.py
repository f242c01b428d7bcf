"""Named examples of what is danger to life, what is a child, and what softens either."""

import pytest

from stories.danger import NONE, Danger, scan_all, scan_for_danger, weighing
from stories.danger.spelling import sentences
from tests.stories.danger import weigh

NOW = [
    "I have the tablets here and tonight I will end it.",
    "im gonna kil myself 2nite",
    "I don't want to be here any more.",
    "everyones better off without me",
    "ive took 30 paracetamol",
    "I have taken an overdose an hour ago",
    "By the time you read this I will be gone.",
    "She has cut herself and the bleeding won't stop",
    "He says he is going to kill me.",
    "He says he'll throw acid in my face.",
    "he says he will burn the house down with us in it",
    "If this goes to court I will kill myself.",
    "my daughter has taken an overdose",
    "Dw i eisiau marw.",
    "Rwy'n meddwl am ladd fy hun bob nos.",
    "dwi wedi cymryd y tabledi i gyd",
    "Mae'n dweud ei fod am fy lladd i heno.",
    "I'm not sleeping. I am not okay. I want to die.",
]
NEAR = [
    "He is outside my house now and says he will kill me tonight.",
    "hes outside my door rn",
    "he's banging on the door",
    "he is downstairs and he has a knife",
    "hes on his way here now",
    "He still has a key to my flat and he says he will use it.",
    "I'm locked in the bathroom, he is smashing the place up.",
    "Mae o tu allan i'r tŷ rŵan.",
]
PAST = [
    "Three years ago I wanted to die.",
    "I tried to take my own life in 2019.",
    "I was suicidal for months after.",
    "I used to self harm but I have been clean for three years",
    "He threatened to kill me in 2016 and I moved away.",
    "My best friend took her own life in 2021 because of what he posted.",
    "Dair blynedd yn ôl roeddwn i eisiau marw.",
    "Ceisiais ladd fy hun yn 2019.",
]
CHILDREN = [
    "I'm 15.",
    "im 15 and this boy at school has got pics of me",
    "My son is 14. A girl online asked him for pictures.",
    "She's only twelve.",
    "I am in year 10.",
    "im in s5 and doing my highers",
    "I've got my GCSEs this summer",
    "I ticked over 18 because it wouldn't let me go on",
    "I am under 18",
    "everyone at my school has seen me",
    "my little girl has been sent pictures by a grown man",
    "I was 14 when he asked, I'm 15 now.",
    "he is 24 and i am 15",
    "Dw i'n 15.",
    "Mae fy mab yn 14 oed.",
    "Rwy'n bymtheg oed",
    "Dwi ym mlwyddyn 10.",
    "Dwi'n gwneud fy TGAU yr haf yma.",
]
NOTHING = [
    "The officer asked her to tell it in front of them. He said then he cannot take a report.",
    "She kept asking whether I was sure it was me, and I'm like, I know my own ceiling.",
    "I live near him and I still see him on the bus.",
    "i do the seal rescue on the prom on saturdays so everyone knew",
    "I was dying of embarrassment at the front desk.",
    "It killed my confidence.",
    "He will kill me when he sees the bill.",
    "The waiting is killing me.",
    "My phone died in the middle of the call.",
    "He was charged with threats to kill.",
    "He was convicted of threatening to kill me and got two years.",
    "They asked if I was suicidal. I said no.",
    "I am not suicidal.",
    "I don't want to die, I want it down.",
    "The page said if you are thinking of ending your life call Samaritans.",
    "I wanted to end it with him long before that.",
    "I took my tablets as usual and went to bed",
    "there was an officer outside the interview room",
    "My landlord has a key.",
    "I was 15 when it happened. I am 31 now.",
    "When I was in year 9 a teacher took photos. I am a grandmother now.",
    "my daughter is three and was at nursery when they came",
    "15 minutes later they rang back",
    "I teach year 10.",
    "The officer looked about fifteen.",
    "Cafodd ei gyhuddo o fygwth lladd.",
    "Bydd mam yn fy lladd i pan welith hi'r bil.",
    "Dydw i ddim eisiau marw.",
    "Roeddwn i'n 15 pan ddigwyddodd, dwi'n 31 rŵan.",
    "",
    " \n ",
    "👩‍👧",
]


@pytest.mark.parametrize("text", NOW)
def test_danger_to_life_now_is_urgent(text):
    assert scan_for_danger(text).life == "now"
    assert scan_for_danger(text).is_urgent


@pytest.mark.parametrize("text", NEAR)
def test_somebody_outside_armed_or_coming_is_near(text):
    assert scan_for_danger(text) == Danger(life="now", is_near=True)


@pytest.mark.parametrize("text", ["I want to die.", "He says he is going to kill me.", "I tried to take my own life."])
def test_nobody_is_near_where_none_is_told_of(text):
    assert not scan_for_danger(text).is_near


@pytest.mark.parametrize("text", PAST)
def test_what_is_over_is_marked_and_not_urgent(text):
    assert scan_for_danger(text) == Danger(life="past")


@pytest.mark.parametrize("text", CHILDREN)
def test_child_is_marked(text):
    assert scan_for_danger(text) == Danger(child=True)


@pytest.mark.parametrize("text", NOTHING)
def test_what_nobody_means_is_no_danger(text):
    assert scan_for_danger(text) == NONE


def test_child_in_danger_is_both():
    assert scan_for_danger("i'm 15 and i want to die") == Danger(life="now", child=True)


def test_danger_is_found_in_the_midst_of_an_account():
    account = "I rang on Monday. Nobody rang back. " * 40
    assert scan_for_danger(f"{account}I have the tablets here. {account}").life == "now"


def test_now_outweighs_past():
    assert scan_for_danger("I tried to take my own life in 2019. Tonight I want to die again.").life == "now"


@pytest.mark.parametrize(
    "text", ["I WANT TO DIE", "i want to die", "I  want\tto die", "i wanna die", "I w\u00adant to die"]
)
def test_writing_makes_no_difference(text):
    assert scan_for_danger(text).life == "now"


def test_what_any_text_speaks_of_is_said_of_all():
    assert scan_all(["I'm 15.", "hes outside my door rn", "Thank you."]) == Danger("now", child=True, is_near=True)
    assert scan_all([]) == NONE


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("I'm gonna", "im going to"),
        ("we're both twenty-eight", "we are both 28"),
        ("od'd 2nite", "overdosed tonight"),
        ("dwi'n un deg pedwar", "dwin 14"),
        ("yr10", "year 10"),
        ("suicde overdoes tonigt", "suicide overdose tonight"),
    ],
)
def test_one_spelling_for_what_people_type(typed, spelt):
    assert sentences(typed) == [spelt]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("there's a drawer full of co-dydramol here and i keep opening it", Danger("now")),
        ("he is kicking the panels out of the back door as we speak", Danger("now", is_near=True)),
    ],
)
def test_words_are_weighed_where_no_cue_is_met(text, expected, monkeypatch):
    assert scan_for_danger(text) == expected

    monkeypatch.setattr(weighing.Weighed, "heavy", lambda weighed, of_what: iter(()))
    assert scan_for_danger(text) == NONE


@pytest.mark.parametrize("text", ["disappointed", "Hammer.", "class", "Yes. Bottle."])
def test_word_or_two_without_a_cue_are_weighed_for_nothing(text):
    assert scan_for_danger(text) == NONE


@pytest.mark.full
@pytest.mark.slow
def test_weights_are_those_that_are_learned(tmp_path, monkeypatch):
    kept = set(weighing.WEIGHTS.read_text(encoding="utf-8").splitlines())
    monkeypatch.setattr(weighing, "WEIGHTS", tmp_path / "weights.tsv")
    weigh.main()

    learned = set(weighing.WEIGHTS.read_text(encoding="utf-8").splitlines())
    assert len(kept ^ learned) <= len(kept) / 100, "run tests/stories/danger/weigh.py"
