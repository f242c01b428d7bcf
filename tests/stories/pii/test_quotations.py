"""Quotations that a search engine would find, beside what people only said."""

import pytest

from stories.pii import find_identifying

POSTED = [
    'The caption was "{look what she does when she has had a drink}" and my name.',
    'He posted "{everyone say hi to my cheating ex}" on my own wall.',
    "Under it someone had written ‘{she has been round the whole team}’.",
    "“{ask her where she goes on thursdays}”, he wrote under my picture.",
    'Someone left a review saying "{ask her what she does after dark}" on our page.',
    'He messaged everyone I know: "{this is what you get when you cheat on me}".',
    'Mine called it "Stop it". Then the caption: "{guess who is back on the market girls}".',
]
SAID = [
    'The officer said "boys will be boys and girls should know better".',
    'They kept saying "you should not have sent it in the first place".',
    'He messaged me and then he said, "girls can be vicious, can they not".',
    'It was posted as "a joke".',
    'He wrote the old name at the top of the statement, because that was "what it says on the evidence".',
    'They said they would "have a word" with him about it.',
    'The sergeant wrote "no further action, both parties advised".',
    'She said, and I wrote it down: "you have to understand how many of these we get every week".',
    'text i got, copied out: "hi this is jo from the hub, is now a good time to talk to you?"',
    'Mine wrote it down as "Stop it". Bless him, he looked it up, and then he said, "Right, well, that is clever".',
    'He posted it through my door with "sorry you missed us today" printed on.',
    "I didn't post it and he didn't post it, so who's posted it?",
]


def searchable(text):
    return [text[each.start : each.end] for each in find_identifying(text) if each.kind == "SEARCHABLE"]


@pytest.mark.parametrize("marked", POSTED)
def test_words_from_a_post_are_found(marked):
    text = marked.replace("{", "").replace("}", "")

    assert searchable(text) == [marked[marked.index("{") + 1 : marked.index("}")]]


@pytest.mark.parametrize("text", SAID)
def test_words_that_were_spoken_stay_quiet(text):
    assert searchable(text) == []


def test_name_within_a_quotation_keeps_its_own_finding():
    text = 'The caption was "ask Siobhan Kelly what she did in the car park that night".'

    found = [(each.kind, text[each.start : each.end]) for each in find_identifying(text)]

    assert found == [("PERSON", "Siobhan Kelly"), ("SEARCHABLE", "what she did in the car park that night")]


def test_words_written_on_a_site_are_found_and_those_said_on_the_phone_are_not():
    text = (
        'He wrote "everybody come and look at what she is like" on Facebook. She said "there is not a lot we can do".'
    )

    assert [each.kind for each in find_identifying(text, by_rules_alone=True)] == ["SEARCHABLE"]
