"""Which texts are of nearly the same words: each stands in one group, and none with a sentence of its own in any."""

import random
import uuid

from hypothesis import given, strategies as st

from moderation.queue import similar_texts
from moderation.queue.similar_texts import group_similar

# No word of the one stands in the other.
FLOOD = [f"flood{letter}{other}" for letter in "abcdefgh" for other in "klmnopqr"]
OWN = [f"own{letter}{other}" for letter in "abcdefgh" for other in "klmnopqr"]


def of(*texts):
    """The groups of these texts, each as the places of its texts among them."""
    keys = [uuid.uuid4() for _ in texts]
    groups = group_similar(dict(zip(keys, texts, strict=True)))
    return [[keys.index(key) for key in group] for group in groups]


def sentence(words):
    return " ".join(words).capitalize() + ". "


def test_same_words_stand_together_whatever_their_capitals_marks_numbers_and_order():
    said = ("Come to our bright new casino. You win 100 pounds today!", "Ring 07700 900123. Come and see us.")
    alike = (" ".join(said), " ".join(reversed(said)).upper(), "\n".join(said).replace("100", "2000"))

    assert of(*alike, "Not this.") == [[0, 1, 2], [3]]


def test_one_word_in_seven_may_differ_and_a_shorter_sentence_or_one_less_may_not():
    long, whole = "Come to our bright new casino and win {} pounds.", sentence(FLOOD[:9]) + sentence(FLOOD[9:14])
    assert of(long.format("many"), long.format("lovely")) == [[0, 1]]

    for one, other in (("He told me to leave.", "He told me to strip."), ("Yes.", "No."), ("", "Help.")):
        assert of(one, other) == [[0], [1]], one
    assert of(whole, sentence(FLOOD[:9]), whole) == [[0, 2], [1]]


def test_what_is_said_in_the_middle_of_a_long_sentence_stands_by_itself():
    words = FLOOD[:60]
    for own in ("he hit me", "please they have my photos"):
        for place in range(0, 60, 7):
            spoken = [*words[:place], own, *words[place:]]
            assert of(" ".join(words), " ".join(spoken)) == [[0], [1]], (own, place)


flood_sentences = st.lists(st.lists(st.sampled_from(FLOOD), min_size=1, max_size=25), min_size=1, max_size=12)
own_sentence = st.lists(st.sampled_from(OWN), min_size=1, max_size=25)


@given(st.lists(flood_sentences, min_size=1, max_size=4), st.lists(own_sentence, max_size=4), st.randoms())
def test_no_text_is_lost_or_stands_twice_and_none_with_its_own_sentence_in_a_group(floods, own, chance):
    texts, alone = [], set()
    for flood in floods:
        texts += ["".join(map(sentence, flood))] * chance.randint(1, 5)
    for number, words in enumerate(own):
        flood = list(chance.choice(floods))
        # Nobody else says it: the words have this text's number.
        flood.insert(chance.randint(0, len(flood)), [f"{word}{'xyzw'[number]}" for word in words])
        alone.add("".join(map(sentence, flood)))
    texts += alone
    chance.shuffle(texts)

    groups = of(*texts)

    assert sorted(place for group in groups for place in group) == list(range(len(texts)))
    for group in groups:
        assert len(group) == 1 or not alone & {texts[place] for place in group}
    for text in set(texts) - alone:
        assert len([group for group in groups if text in {texts[place] for place in group}]) == 1


def test_thousand_texts_are_held_against_few_however_much_they_share(monkeypatch):
    chance, held = random.Random(1), []
    is_alike = similar_texts._is_alike
    monkeypatch.setattr(similar_texts, "_is_alike", lambda *texts: held.append(1) or is_alike(*texts))
    # Each begins and ends as all the others do.
    shared = sentence(FLOOD[:8]) * 3
    texts = [shared + sentence(chance.choices(OWN, k=40)) + shared for _ in range(1_000)]

    assert len(of(*texts)) == 1_000
    assert len(held) <= similar_texts._MOST_HELD_AGAINST * 1_000
