"""Names and towns that are words too, told by the words around them, each beside what looks alike."""

import pytest

from stories.pii import find_identifying

FOUND = [
    ("OFFICER_NAME", "sergeant long never contacted my witness", "long"),
    ("OFFICER_NAME", "pc law said the computers were down", "law"),
    ("OFFICER_NAME", "pc 9541 page, that is how it was signed", "page"),
    ("OFFICER_NAME", "sgt van den berg and his lot", "van den berg"),
    ("OFFICER_NAME", "I asked Sgt Da Costa about it", "Da Costa"),
    ("OFFICER_NAME", "The inspector, a MacLeod I think, or Moody, took it", "Moody"),
    ("OFFICER_NAME", "Signed by Inspetcor Summers.", "Summers"),
    ("PERSON", "my ex will has my log in", "will"),
    ("PERSON", "my names faith and his names will and that is that", "will"),
    ("PERSON", "and faith is the girl he is with now", "faith"),
    ("PERSON", "A scrap of paper: Will, 07700 900965.", "Will"),
    ("PERSON", "she told Guy McIntyre about it", "Guy McIntyre"),
    ("PERSON", "mo and shaz seen him", "mo"),
    ("PERSON", "debs runs the group", "debs"),
    ("PERSON", "Pat in the post office knew", "Pat"),
    ("PERSON", "there were three of us: me, joy and smudge.", "smudge"),
    ("PERSON", "bouncer deano had it on his phone", "deano"),
    ("PERSON", "everyone calls him spud, even the police", "spud"),
    ("PERSON", "someone they called dizzy had a copy", "dizzy"),
    ("PLACE", "my aunt in reading has not spoken to me", "reading"),
    ("PLACE", "dad's from deal, mum's from sandwich, yes", "sandwich"),
    ("PLACE", "in bath you don't go to the police", "bath"),
    ("PLACE", "he live march near the station, he lives march way", "march"),
    ("PLACE", "Rye is a small town.", "Rye"),
    ("PLACE", "Hook, of all places.", "Hook"),
    ("PLACE", "kirsty in mold told me", "mold"),
]
QUIET = [
    "my ex will say it was a joke and my mum will need to know",
    "the sergeant long since gave up, the sergeant rose from his chair",
    "the pc crashed again, the law said so, the pc just froze",
    "faith is what i had left, hope is the thing he took",
    "they called me crazy, everyone calls him a liar, they called security and they called me back",
    "the social worker visits every week, the bouncer said nothing",
    "for me, love and respect. to me, hell and back.",
    "April: a letter.\nMay nothing\nJune nothing\nSeptember nothing",
    "i sat in bath crying, i was in deal with it mode, i had help in reading the letter",
    "a friend from rugby, my sister in law, my office in chaos, the shop in stock had none",
    "There was a For Sale sign, like a sofa. The Full Monty was on, and the Mona Lisa.",
    "the street, of all places. he came over in march and she came back in may",
    "i am gay and not out, do not chase me, they'd ned to look at the lino",
    "I had told the Sergeant Major, as I called him.",
    "I said Tigrinya. She had Pashto, and a Sharpie.",
    "Dear Professional Standards Department,",
]


@pytest.mark.parametrize(("kind", "text", "detail"), FOUND)
def test_a_word_is_a_name_where_the_words_around_it_say_so(kind, text, detail):
    found = [(each.kind, text[each.start : each.end]) for each in find_identifying(text)]

    assert (kind, detail) in found


@pytest.mark.parametrize("text", QUIET)
def test_the_same_words_are_words_elsewhere(text):
    assert [text[each.start : each.end] for each in find_identifying(text)] == []
