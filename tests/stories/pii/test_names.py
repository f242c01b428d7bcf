"""Names of people, officers, places and workplaces, told by the words around them."""

import pytest

from stories.pii import find_identifying

FOUND = [
    ("OFFICER_NAME", "pc hussein at the desk", "hussein"),
    ("OFFICER_NAME", "The officer in charge was Ayinde Mangat.", "Ayinde Mangat"),
    ("OFFICER_NAME", "Det Con O'Malley rang", "O'Malley"),
    ("OFFICER_NAME", "my oficer: ojua. never heard again", "ojua"),
    ("OFFICER_NAME", "SERGEANT BELL LAUGHED AT ME", "BELL"),
    ("OFFICER_NAME", "dc tank told me to delete it", "tank"),
    ("OFFICER_NAME", "Jo the PCSO saw it", "Jo"),
    ("OFFICER_NAME", "georgia rahman was my oic", "georgia rahman"),
    ("PERSON", "my ex kieron o'dowd did it", "kieron o'dowd"),
    ("PERSON", "my ex-husband oisín sidebottom left", "oisín sidebottom"),
    ("PERSON", "dorotas mum rang me", "dorota"),
    ("PERSON", "fehintola's mum rang me", "fehintola"),
    ("PERSON", "Kind regards,\nAlice Bell", "Alice Bell"),
    ("PERSON", "mark posted it on monday", "mark"),
    ("PERSON", "his ex wife joy warned me", "joy"),
    ("PERSON", "It's me, Valerie, I wrote before", "Valerie"),
    ("PERSON", "besnik hoxha lives next door", "besnik hoxha"),
    ("PERSON", "it was mrs adeyemi, the manager", "mrs adeyemi"),
    ("PERSON", "my aunty folake came with me", "aunty folake"),
    ("PERSON", "It was addressed to Mrs Xu at number six", "Mrs Xu"),
    ("PERSON", "me and big sue went down together", "big sue"),
    ("PERSON", "imam yusuf was brilliant", "imam yusuf"),
    ("PERSON", "i am nguyễn thị hoa and i write slowly", "nguyễn thị hoa"),
    ("PERSON", "IMRAN SHEIKH OF THIS TOWN HAS MY PICTURES", "IMRAN SHEIKH"),
    ("PERSON", "my names will, and it happens to blokes", "will"),
    ("PERSON", "will sent them to everybody", "will"),
    ("PERSON", "faith is me. i've had the jokes", "faith"),
    ("PERSON", "that was grace, my eldest, on the phone", "grace"),
    ("PERSON", "they went without a word. Zuz", "Zuz"),
    ("PERSON", "then april from accounts asked if i was ok", "april"),
    ("PERSON", "My friend Preet Dhaliwal drove me", "Preet Dhaliwal"),
    ("OFFICER_NAME", "guy was the dc, really", "guy"),
    ("OFFICER_NAME", "pc long was short with me", "long"),
    ("OFFICER_NAME", "the first officer who came, Ackroyd or Ackers, sat down", "Ackers"),
    ("OFFICER_NAME", "the detective in my case (osei) retired", "osei"),
    ("OFFICER_NAME", "inspecter wolstenholme said no", "wolstenholme"),
    ("OFFICER_NAME", "then a seargent whitlock came on the line", "whitlock"),
    ("OFFICER_NAME", "nadia from the safeguarding team rang", "nadia"),
    ("OFFICER_NAME", "the call handler, keisha, stayed on the line", "keisha"),
    ("PLACE", "sat in the cab at hartshead till it went dark", "hartshead"),
    ("PLACE", "he sent it to my dad in mirpur", "mirpur"),
    ("PLACE", "it was in newcastel it happened", "newcastel"),
    ("PLACE", "she's from lodz way, i think", "lodz"),
    ("PLACE", "on the whinney banks side of the river", "whinney banks"),
    ("PLACE", "the lads off the raffles estate had it", "raffles"),
    ("PLACE", "he's barrow born and bred", "barrow"),
    ("PLACE", "i live in swadlincote now", "swadlincote"),
    ("PLACE", "We moved to Stoke-on-Trent then", "Stoke-on-Trent"),
    ("PLACE", "i went to moss side and back", "moss side"),
    ("PLACE", "he works at weston-super-mare cid", "weston-super-mare"),
    ("SCHOOL_EMPLOYER", "she goes to the priory school now", "the priory school"),
    ("SCHOOL_EMPLOYER", "I work at Bostock & Sons now", "Bostock & Sons"),
    ("SCHOOL_EMPLOYER", "he works for amazon in castle donington now", "amazon in castle donington"),
    ("SCHOOL_EMPLOYER", "HE TAUGHT AT KEELE UNIVERSITY", "KEELE UNIVERSITY"),
]


@pytest.mark.parametrize(("kind", "text", "detail"), FOUND)
def test_name_is_found_whole(kind, text, detail):
    assert (kind, detail) in [(one.kind, text[one.start : one.end]) for one in find_identifying(text)]


def test_every_name_of_a_list_is_found():
    text = "Four officers: gallagher, okafor, chowdhury and bevan."

    assert [text[one.start : one.end] for one in find_identifying(text)] == [
        "gallagher",
        "okafor",
        "chowdhury",
        "bevan",
    ]


def test_a_name_that_something_told_is_found_again():
    text = "my ex is called skye. i blame skye. DC Brook rang. then Brook rang off."

    found = [(one.kind, text[one.start : one.end]) for one in find_identifying(text)]

    assert found == [("PERSON", "skye"), ("PERSON", "skye"), ("OFFICER_NAME", "Brook"), ("OFFICER_NAME", "Brook")]


def test_capitals_say_nothing_where_every_word_has_one():
    assert find_identifying("My Ex Told The Police That It Was A Joke And The Officer Believed It Was A Joke Too") == []


def test_a_typing_slip_is_no_name():
    assert find_identifying("the polcie laguhed at me and teh offcier siad noting") == []
