"""Names of people, officers, places and workplaces, told by the words around them."""

import pytest

from stories.identifying import find

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
    assert (kind, detail) in [(one.kind, text[one.start : one.end]) for one in find(text)]


def test_every_name_of_a_list_is_found():
    text = "Four officers: gallagher, okafor, chowdhury and bevan."

    assert [text[one.start : one.end] for one in find(text)] == ["gallagher", "okafor", "chowdhury", "bevan"]


def test_capitals_say_nothing_where_every_word_has_one():
    assert find("My Ex Told The Police That It Was A Joke And The Officer Believed It Was A Joke Too") == []


def test_a_typing_slip_is_no_name():
    assert find("the polcie laguhed at me and teh offcier siad noting") == []
