"""The one table of kinds, and which of its words fit a finding: whose name it is, and what identifies together."""

import re

from stories.pii import KINDS, find_identifying, words_for
from stories.pii.kinds import COMBINATIONS, NEUTRAL_WORDS, PROFILE, RELATIONS, make_finding

EVERY = {**KINDS, **RELATIONS, **COMBINATIONS, "PROFILE": PROFILE}
WHOSE = [
    ("my daughter Imogen saw it", "Imogen", "a child's name"),
    ("our son Alfie heard", "Alfie", "a child's name"),
    ("his new girlfriend kayleigh messaged me", "kayleigh", "a partner's name"),
    ("my mum Denise came along", "Denise", "a relative's name"),
    ("I told Beth, my best friend", "Beth", "a friend's name"),
    ("my solicitor, Priyanka Rao, wrote", "Priyanka Rao", "a supporter's name"),
    ("my ex-husband Grzegorz did it", "Grzegorz", "a name"),
    ("I met Siobhan there", "Siobhan", "a name"),
    ("Jas, my business partner, saw it first.", "Jas", "a friend's name"),
    ("My daughter Imogen saw it. I could not tell Imogen why.", "Imogen", "a child's name"),
]
TOGETHER = [
    ("I was the {only Polish PCSO} in Bakewell.", "the only one somewhere", "Bakewell"),
    ("im the {only asian girl} in my year", "the only one somewhere", "my year"),
    ("She is the {only woman firefighter} at Alston.", "the only one somewhere", "Alston"),
    ("I am a {vet} in Alston and everyone knows me.", "a rare job and a small place", "Alston"),
    ("He is the village {blacksmith} and I live in Alston.", "a rare job and a small place", "Alston"),
    ("He was seen on {12 March 2024} in Bakewell.", "an exact date and a small place", "Bakewell"),
    ("My daughter is {15} and at Fernhill School.", "an age and a school", "Fernhill School"),
    ("I'm {Latvian}, and Gwent Police had nobody.", "a nationality or faith and a small force", "Gwent Police"),
    ("I am {deaf}. Cumbria Police would not text me.", "a disability or identity and a small force", "Cumbria Police"),
]  # fmt: skip


def test_every_kind_has_words_for_people_and_something_neutral_to_say():
    for name, kind in EVERY.items():
        assert all((kind.contributor, kind.moderator, kind.why, kind.replacements)), name
        assert all(words.startswith("[") and words.endswith("]") for words in kind.replacements), name


def test_reasons_tell_the_special_kinds_apart():
    special = [kind.why for kind in (PROFILE, *RELATIONS.values(), *COMBINATIONS.values())]

    assert len(set(special)) == len(special)
    assert not set(special) & {kind.why for kind in KINDS.values()}
    assert all(words_for(make_finding((0, 1), kind)) == (KINDS[kind], "") for kind in KINDS)


def test_neutral_words_are_not_found_again():
    texts = [f"I rang and {words} answered, and I said it to {words}." for words in NEUTRAL_WORDS]

    assert [text for text in texts if find_identifying(text)] == []


def test_name_is_told_apart_wherever_it_stands():
    for text, name, label in WHOSE:
        named = [each for each in find_identifying(text) if text[each.start : each.end] == name]

        assert [(each.kind, words_for(each)[0].contributor) for each in named] == [("PERSON", label)] * text.count(name)


def test_a_name_written_as_one_beside_whose_it_is_is_sure():
    texts = ("My ex Gareth Loomis rang", "my daughter Amy saw it", "my mate hope came with me")
    found = [find_identifying(text, by_rules_alone=True) for text in texts]

    assert [[each.sure for each in some] for some in found] == [[True], [True], [False]]


def test_combination_is_found_with_the_words_that_make_it_up():
    for marked, what, others in TOGETHER:
        (found,) = [each for each in find_identifying(re.sub("[{}]", "", marked)) if each.kind == "TOGETHER"]

        assert (found.start, found.end, found.sure) == (marked.index("{"), marked.index("}") - 1, False), marked
        assert (words_for(found)[0].contributor, words_for(found)[1]) == (what, others)
        # No error shows the others.
        assert others in found.why
        assert others not in repr(found)


def test_name_within_a_combination_is_not_covered():
    found = find_identifying("the only friend Dave Oldroyd in Bakewell knew")

    assert [each.kind for each in found] == ["PERSON", "PLACE"]
