"""Words of a page that stand in a live story: found wherever they begin, and only where there are twelve in a row."""

import pytest

from stories.core import takedown
from stories.models import Story
from stories.reading.search import runs
from tests import factories

pytestmark = pytest.mark.store

TOLD = (
    "I rang 101 from the car park because I could not do it at home. The call taker was kind and slow. She asked for "
    "the links and said that nobody would make me watch them again. Two weeks later a letter said the case was closed."
)
WORDS = TOLD.split()


@pytest.fixture
def story(db, alice, bob):
    return factories.live_story(fields={"text": TOLD})


def around(run):
    return f"Nothing of it.\n\nWhat we heard last month, in short: {run}, and so we ask for one thing alone."


def first(text):
    return next(runs.every_run(text), None)


def test_twelve_words_in_a_row_are_found_anywhere_in_any_case_and_on_a_long_page(story):
    for at in range(0, len(WORDS) - runs.LEAST, 3):
        found = first(around(" ".join(WORDS[at : at + runs.LEAST])))

        assert found.story == story, at
        assert found.words.split()[0].strip(".") == WORDS[at].strip(".")
    page = " ".join(f"Sentence number {number} of a page by the campaign itself." for number in range(400))
    assert first(TOLD.upper().replace(" ", "\n ").replace(".", " –")).story == story
    assert first(page) is None
    assert first(f"{page} {TOLD}").story == story


def test_fewer_words_in_a_row_are_nobodys_and_ask_for_no_story(story, django_assert_num_queries):
    apart = [" ".join(WORDS[at : at + runs.LEAST - 1]) for at in range(0, len(WORDS), runs.LEAST)]

    assert first(" and then ".join(apart)) is None
    with django_assert_num_queries(0):
        assert [*runs.every_run("Kind and slow."), *runs.every_unseen("Kind and slow.")] == []


def test_words_that_are_kept_are_told_of_too(alice, bob, db):
    for unseen, name in (
        (takedown.hide_story, "text"),
        (takedown.withhold_story, "differently"),
        (lambda story: Story.objects.filter(pk=story.pk).update(status="agreed"), "well"),
    ):
        story = factories.live_story(fields={name: TOLD})
        # Of a live one the store tells.
        assert list(runs.every_unseen(TOLD)) == []
        unseen(story)

        found = next(runs.every_unseen(around(TOLD.upper())))

        assert (found.story, found.is_live) == (story, False)
        assert found.words in TOLD.upper()
        assert first(TOLD) is None
        takedown.remove_story(story)
        assert list(runs.every_unseen(TOLD)) == [], "of a removed one nothing is kept"
