"""The one table of kinds."""

from stories.identifying import KINDS


def test_every_kind_has_words_for_people_and_something_neutral_to_say():
    for kind in KINDS.values():
        assert kind.contributor
        assert kind.moderator
        assert kind.why
        assert all(words.startswith("[") and words.endswith("]") for words in kind.replacements)
        assert kind.replacements
