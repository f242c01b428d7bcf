"""What search keeps follows the stories, whatever way they go; what is taken out is gone; and words in a row.

Words of a page that stand in a live story are found wherever they begin, and only where there are twelve in a row.
"""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.utils import DEFAULT_DB_ALIAS
from django.utils import timezone

from moderation import publishing
from stories.core import snapshot, takedown
from stories.models import LastRun, Story
from stories.reading import marked_sets
from stories.reading.search import runs, store, terms, words
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def found(typed):
    snapshot.forget_snapshot()
    answer = store.find_matches(terms.parse_search(typed), size=5)
    assert len(answer.stories) == answer.count
    return marked_sets.newest_places(answer.searched, most=10)


def kept():
    return sorted(store._places(DEFAULT_DB_ALIAS))


def test_story_is_found_while_it_is_live_and_by_its_words_of_then():
    submission = factories.submission_at("agreed", fields={"title": "a", "text": "The heron stood there."})
    story = submission.story
    Story.objects.update(agreed_week="2020-01-06")
    seen = [found("heron")]

    publishing.publish_batch()
    seen.append(found("heron"))
    takedown.hide_story(story, by_request=True)
    seen.append(found("heron"))
    # Even where search is behind, no page shows it.
    store.index_story([Story.objects.get()])
    assert store.find_matches(terms.parse_search("heron"), size=5).stories == []
    publishing.put_back(story, vault=factories.open_vault(story.first_reader))
    seen.append(found("heron"))
    takedown.follow_choices(story, publish=False, quote=False, training=False)
    seen.append(found("heron"))
    takedown.follow_choices(story, publish=True, quote=False, training=False)
    Story.objects.get(pk=story.pk).save(update_fields=["status"])
    takedown.remove_story(story)
    seen.append(kept())

    assert seen == [[], [1], [], [1], [], []]


def test_save_of_what_search_does_not_hold_leaves_it_alone(django_assert_num_queries):
    story = Story(sequence=3, status=Story.Status.LIVE, text="The heron stood there.")

    with django_assert_num_queries(0):
        store.follow_story(Story, story, DEFAULT_DB_ALIAS, update_fields=["may_quote"])
        store.follow_story(Story, Story(status=Story.Status.AGREED), DEFAULT_DB_ALIAS)
    assert kept() == []

    store.follow_story(Story, story, DEFAULT_DB_ALIAS, update_fields=["force", "edited_month"])
    assert kept() == [3]
    store.forget_story(Story, Story(sequence=3), DEFAULT_DB_ALIAS)
    assert kept() == [], "the row was deleted"


def test_store_that_fails_stops_no_story_from_going_down(monkeypatch, caplog):
    def fail(*args, **options):
        raise DatabaseError("no words in here")

    monkeypatch.setattr(store, "take_out", fail)

    store.follow_story(Story, Story(sequence=3, status=Story.Status.REMOVED), DEFAULT_DB_ALIAS)

    [said] = [record.getMessage() for record in caplog.records]
    assert re.fullmatch(r"Search could not follow a story: [\w.]+:\d+: DatabaseError \(other\)", said)


def test_what_differs_from_the_stories_is_mended(monkeypatch):
    for text in ("The heron stood there.", "The swan stood there."):
        factories.live_story(fields={"text": text})
    store.take_out([1])
    store.index_story([Story(sequence=99, text="The heron stood there.")])
    store.create_search()
    assert (kept(), found("heron")) == ([1, 2], [1])

    # As if another release had read the words otherwise.
    monkeypatch.setattr(words, "EVERY", "0all0")
    store.index_story([Story(sequence=1, text="something else")])
    monkeypatch.undo()
    store.create_search()
    assert (kept(), found("heron")) == ([1, 2], [1])


def test_index_is_made_again_once_a_day_however_often_the_clock_runs(django_assert_num_queries):
    asked = [LastRun.begins_a_day("search tidied") for _ in range(2)]
    LastRun.objects.filter(name="search tidied").update(at=timezone.now() - timedelta(days=1))
    asked += [LastRun.begins_a_day("search tidied") for _ in range(2)]

    assert asked == [True, False, True, False]
    assert connection.in_atomic_block
    with django_assert_num_queries(0):
        store.tidy_search()


TOLD = (
    "I rang 101 from the car park because I could not do it at home. The call taker was kind and slow. She asked for "
    "the links and said that nobody would make me watch them again. Two weeks later a letter said the case was closed."
)
WORDS = TOLD.split()


def around(run):
    return f"Nothing of it.\n\nWhat we heard last month, in short: {run}, and so we ask for one thing alone."


def first(text):
    return next(runs.every_run(text), None)


def test_twelve_words_in_a_row_are_found_anywhere_in_any_case_and_fewer_are_nobodys(django_assert_num_queries):
    story = factories.live_story(fields={"text": TOLD})
    for at in range(0, len(WORDS) - runs.LEAST, 3):
        found = first(around(" ".join(WORDS[at : at + runs.LEAST])))

        assert found.story == story, at
        assert found.words.split()[0].strip(".") == WORDS[at].strip(".")
    page = " ".join(f"Sentence number {number} of a page by the campaign itself." for number in range(400))
    assert first(TOLD.upper().replace(" ", "\n ").replace(".", " –")).story == story
    assert first(page) is None
    assert first(f"{page} {TOLD}").story == story
    apart = [" ".join(WORDS[at : at + runs.LEAST - 1]) for at in range(0, len(WORDS), runs.LEAST)]
    assert first(" and then ".join(apart)) is None
    with django_assert_num_queries(0):
        assert [*runs.every_run("Kind and slow."), *runs.every_unseen("Kind and slow.")] == []


def test_words_that_are_kept_are_told_of_too():
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
