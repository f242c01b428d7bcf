"""The one table of kinds."""

import pytest

from stories.pii import KINDS, find_identifying, words_for
from stories.pii.kinds import COMBINATIONS, NEUTRAL_WORDS, PROFILE, RELATIONS, make_finding

EVERY = {**KINDS, **RELATIONS, **COMBINATIONS, "PROFILE": PROFILE}


@pytest.mark.parametrize("name", EVERY)
def test_every_kind_has_words_for_people_and_something_neutral_to_say(name):
    kind = EVERY[name]

    assert kind.contributor
    assert kind.moderator
    assert kind.why
    assert kind.replacements
    assert all(words.startswith("[") and words.endswith("]") for words in kind.replacements)


def test_reasons_tell_the_special_kinds_apart():
    special = [kind.why for kind in (PROFILE, *RELATIONS.values(), *COMBINATIONS.values())]

    assert len(set(special)) == len(special)
    assert not set(special) & {kind.why for kind in KINDS.values()}


@pytest.mark.parametrize("kind", KINDS)
def test_plain_finding_has_the_words_of_its_kind(kind):
    assert words_for(make_finding((0, 1), kind)) == (KINDS[kind], "")


@pytest.mark.parametrize("name", sorted(NEUTRAL_WORDS))
def test_neutral_words_are_not_found_again(name):
    text = f"I rang and {name} answered, and I said it to {name}."

    assert find_identifying(text) == []
