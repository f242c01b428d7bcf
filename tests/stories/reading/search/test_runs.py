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


def test_another_case_other_spaces_and_other_points_hide_nothing(story):
    told = TOLD.upper().replace(" ", "\n ").replace(".", " –")

    assert runs.shared_runs([told]).story == story


def test_fewer_words_in_a_row_are_nobodys(story):
    apart = [" ".join(WORDS[at : at + runs.LEAST - 1]) for at in range(0, len(WORDS), runs.LEAST)]

    assert runs.shared_runs([" and then ".join(apart)]) is None
    assert runs.shared_runs(["", "Kind and slow."]) is None


def test_story_that_went_down_is_not_told_of(story):
    takedown.hide_story(story)

    assert runs.shared_runs([TOLD]) is None


def test_long_page_is_looked_at_to_its_end(story):
    page = " ".join(f"Sentence number {number} of a page by the campaign itself." for number in range(400))

    assert runs.shared_runs([page]) is None
    assert runs.shared_runs([f"{page} {TOLD}"]).story == story


# --- Stories that aren't on the site ---------------------------------------------------------


def hidden(story):
    takedown.hide_story(story)


def agreed_and_waiting(story):
    Story.objects.filter(pk=story.pk).update(status="agreed")


@pytest.mark.parametrize("unseen", [hidden, takedown.withhold_story, agreed_and_waiting])
@pytest.mark.parametrize("name", ["text", "differently", "well"])
def test_words_that_are_kept_are_told_of_too(alice, bob, db, unseen, name):
    story = factories.live_story(fields={name: TOLD})
    unseen(story)

    found = next(runs.every_unseen(around(TOLD.upper())))

    assert (found.story, found.is_live) == (story, False)
    assert found.words in TOLD.upper()


def test_live_stories_are_no_matter_of_theirs_and_of_a_removed_one_nothing_is_kept(story):
    assert list(runs.every_unseen([TOLD])) == []

    takedown.remove_story(story)

    assert list(runs.every_unseen([TOLD])) == []


def test_short_words_ask_for_no_story(story, django_assert_num_queries):
    takedown.hide_story(story)

    with django_assert_num_queries(0):
        assert list(runs.every_unseen(["Kind and slow.", ""])) == []
