"""Whose name it is, so that the neutral words fit."""

import pytest

from stories.pii import find_identifying, words_for

TOLD = [
    ("my daughter Imogen saw it", "Imogen", "a child's name"),
    ("our son Alfie heard", "Alfie", "a child's name"),
    ("his new girlfriend kayleigh messaged me", "kayleigh", "a partner's name"),
    ("my mum Denise came along", "Denise", "a relative's name"),
    ("I told Beth, my best friend", "Beth", "a friend's name"),
    ("my solicitor, Priyanka Rao, wrote", "Priyanka Rao", "a supporter's name"),
    ("my ex-husband Grzegorz did it", "Grzegorz", "a name"),
    ("I met Siobhan there", "Siobhan", "a name"),
]


@pytest.mark.parametrize(("text", "name", "label"), TOLD)
def test_name_is_told_apart(text, name, label):
    labels = {text[each.start : each.end]: words_for(each)[0].contributor for each in find_identifying(text)}

    assert labels[name] == label


def test_child_stays_a_child_wherever_the_name_stands():
    found = [
        each
        for each in find_identifying("My daughter Imogen saw it. I could not tell Imogen why.")
        if each.kind == "PERSON"
    ]

    assert [words_for(each)[0].moderator for each in found] == ["child's name", "child's name"]


def test_kind_stays_the_same_so_that_a_name_is_a_name():
    assert [each.kind for each in find_identifying("my daughter Imogen saw it")] == ["PERSON"]


def test_neutral_words_of_an_ex_and_of_a_child_differ():
    (ex,), (child,) = find_identifying("my ex Dave left"), find_identifying("my son Dave left")

    assert "[my ex]" in words_for(ex)[0].replacements
    assert "[my son]" in words_for(child)[0].replacements


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [("My ex Gareth Loomis rang", True), ("my daughter Amy saw it", True), ("my mate hope came with me", False)],
)
def test_a_name_written_as_one_beside_whose_it_is_is_sure(text, is_sure):
    assert [each.sure for each in find_identifying(text, by_rules_alone=True)] == [is_sure]
