"""Details that identify together, each beside what looks like it and points at nobody."""

import pytest

from stories.pii import find_identifying, words_for

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
QUIET = [
    "She was the only officer in the station who listened.",
    "It was the only way in.",
    "The only station in Bakewell is shut.",
    "They were the only people in the room.",
    "My vet is kind. I went to the vet.",
    "He was seen on 12 March 2024 in Manchester.",
    "My daughter is 15. She is at home.",
    "I'm Latvian and the Met had no interpreter.",
    "The officer was Polish, and Cumbria Police was kind.",
]


def together(text):
    return [each for each in find_identifying(text) if each.kind == "TOGETHER"]


@pytest.mark.parametrize(("marked", "what", "others"), TOGETHER)
def test_combination_is_found_with_the_words_that_make_it_up(marked, what, others):
    text = marked.replace("{", "").replace("}", "")

    (found,) = together(text)

    assert (found.start, found.end) == (marked.index("{"), marked.index("}") - 1)
    assert words_for(found)[0].contributor == what
    assert words_for(found)[1] == others
    assert not found.sure


@pytest.mark.parametrize("text", QUIET)
def test_what_only_looks_like_one_stays_quiet(text):
    assert together(text) == []


def test_words_that_make_it_up_are_not_in_what_an_error_would_show():
    (found,) = together("I was the only Polish PCSO in Bakewell.")

    assert "Bakewell" in found.why
    assert "Bakewell" not in repr(found)


def test_the_other_part_keeps_its_own_finding():
    kinds = [each.kind for each in find_identifying("I was the only Polish PCSO in Bakewell.")]

    assert kinds == ["TOGETHER", "PLACE"]


def test_name_within_is_not_covered():
    found = find_identifying("the only friend Dave Oldroyd in Bakewell knew")

    assert "PERSON" in [each.kind for each in found]
    assert together("the only friend Dave Oldroyd in Bakewell knew") == []
