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
    return ["Nothing of it.", f"What we heard last month, in short: {run}, and so we ask for one thing alone."]


def test_twelve_words_in_a_row_are_found_wherever_they_begin(story):
    for at in range(0, len(WORDS) - runs.LEAST, 3):
        found = runs.shared_runs(around(" ".join(WORDS[at : at + runs.LEAST])))

        assert found.story == story, at
        assert found.words.split()[0].strip(".") == WORDS[at].strip(".")


def test_another_case_or_points_hide_nothing_and_neither_does_a_long_page(story):
    page = " ".join(f"Sentence number {number} of a page by the campaign itself." for number in range(400))

    assert runs.shared_runs([TOLD.upper().replace(" ", "\n ").replace(".", " –")]).story == story
    assert runs.shared_runs([page]) is None
    assert runs.shared_runs([f"{page} {TOLD}"]).story == story


def test_fewer_words_in_a_row_are_nobodys(story):
    apart = [" ".join(WORDS[at : at + runs.LEAST - 1]) for at in range(0, len(WORDS), runs.LEAST)]

    assert runs.shared_runs([" and then ".join(apart)]) is None
    assert runs.shared_runs(["", "Kind and slow."]) is None


def test_words_that_are_kept_are_told_of_too(alice, bob, db):
    for unseen, name in (
        (takedown.hide_story, "text"),
        (takedown.withhold_story, "differently"),
        (lambda story: Story.objects.filter(pk=story.pk).update(status="agreed"), "well"),
    ):
        story = factories.live_story(fields={name: TOLD})
        # Of a live one the store tells.
        assert list(runs.every_unseen([TOLD])) == []
        unseen(story)

        found = next(runs.every_unseen(around(TOLD.upper())))

        assert (found.story, found.is_live) == (story, False)
        assert found.words in TOLD.upper()
        assert runs.shared_runs([TOLD]) is None
        takedown.remove_story(story)
        assert list(runs.every_unseen([TOLD])) == [], "of a removed one nothing is kept"


def test_short_words_ask_for_no_story(story, django_assert_num_queries):
    takedown.hide_story(story)

    with django_assert_num_queries(0):
        assert list(runs.every_unseen(["Kind and slow.", ""])) == []
