"""The same words find the same stories on either store; what search keeps follows the stories; and words in a row.

Words of a page that stand in a live story are found wherever they begin, and only where there are twelve in a row.
"""

import random
import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.utils import DEFAULT_DB_ALIAS
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings, strategies as st

from bench.seeding import stories as seeding
from moderation import publishing
from stories.core import named_lists, snapshot, takedown
from stories.models import LastRun, Story
from stories.reading import choices, facets, filters, marked_sets, story_queries
from stories.reading.filters import StoryFilter
from stories.reading.search import runs, store, terms, words
from tests import factories
from tests.stories.intake.visiting import raising

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
    monkeypatch.setattr(store, "take_out", raising(DatabaseError("no words in here")))

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


def read(query):
    return StoryFilter.from_query(QueryDict(query))


def ask(typed, *chosen):
    return store.find_matches(terms.parse_search(typed), chosen or ((), ()), size=20)


def places(found):
    return marked_sets.newest_places(found, most=5000)


@pytest.fixture
def all_live(monkeypatch):
    """As if at every place there were a live story."""
    monkeypatch.setattr(marked_sets, "current_sets", lambda: marked_sets.MarkedSets((1 << 200) - 1, {}))


@pytest.fixture
def few(all_live):
    """Four stories that stand in search alone, told by their places."""
    store.index_story(
        Story(sequence=sequence, **words)
        for sequence, words in enumerate(
            (
                {"title": "Nobody", "text": "They policed nothing. I rang 101, and nobody called me back."},
                {"title": "Lost", "text": "The police called. They said it’s a civil matter, and lost the evidence."},
                {"text": "Café José rang: “don’t” wait. The evidential review.", "differently": "Save the evidence."},
                {"text": "Un échange de mots, 証拠 and доказ. No no no.", "well": "She listened"},
            ),
            start=1,
        )
    )


FOUND = {
    "POLICING": [2, 1],
    "listening": [4],
    '"no she"': [],
    "evid*": [3, 2],
    "evidenti*": [3],
    "evidences -civil": [3],
    "-police": [4, 3],
    "-police -jose": [4],
    "-evid*": [4, 1],
    "police -police": [],
    '"called me back"': [1],
    '"me called back"': [],
    '"nobody they"': [],
    '"review save"': [],
    '"no no no"': [4],
    '"no no no no"': [],
    "rang evidence": [3],
    "rang OR evidence": [3],
    "and the": [2],
    "they were nobody": [1],
    "JOSE": [3],
    "dont": [3],
    "its civil": [2],
    "echan*": [4],
    "証拠": [4],
    "доказ -证": [4],
    "civil-matter": [2],
    'evidence -"civil matter"': [3],
    "and NEAR": [],
    "0all1 swait": [],
    "forcekent": [],
}


def test_words_find_what_they_say(few):
    assert {typed: places(ask(typed).searched) for typed in FOUND} == FOUND


def test_search_finds_exactly_the_stories_that_hold_the_words_and_carry_the_choices(all_live):
    makes, names, some = seeding._Maker(random.Random(5)), named_lists.get_named_lists(), 0
    many = [makes.story(sequence, date(2026, 12, 16)) for sequence in range(1, 121)]
    store.index_story(many)
    for query in ("force=kent&force=essex&nation=wales", "without=threats", "outcome=closed&year=2024&year=2023"):
        wanted = read(query)
        for typed in ("police", "evid*", '"the police"', "-kind", "asked -nobody"):
            answer = ask(typed, *wanted.tokens())

            marks = {story.sequence: set(facets.story_marks(story, names)) for story in many}
            fits = {place for place, has in marks.items() if all(has & group for group in wanted.groups())}
            fits = {place for place in fits if not marks[place] & wanted.left_out()}
            assert places(answer.searched) == places(ask(typed).searched)
            fitting = [place for place in places(answer.searched) if place in fits]
            assert places(answer.matched) == fitting, (query, typed)
            some += 0 < answer.count < answer.searched.bit_count()
    assert some > 5


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80), st.text(max_size=80))
@example("", "\x00")
@example("NEAR 's' \\ &", '"""*** -"" -* ""* NEAR( ) { } ^ : + | & ! <-> \' \\ %s %(x)s')
@example("x" * 10_000, "x" * 10_000)
@example("a " * 20_000, " ".join(f"word{number}" for number in range(500)))
@example("¼\u0301 ﷺ e\u0301\u0301 ß", "-" * 300)
@example("\ud800", "\ud800 a\ud800b")
def test_no_search_is_an_error_in_no_text(db, all_live, text, typed):
    store.index_story([Story(sequence=7, text=text)])

    assert places(ask(typed).searched) in ([], [7])
    assert places(ask(f'"{text[:150]}"').searched) == ([7] if terms.parse_search(f'"{text[:150]}"').terms else [])


def test_only_the_newest_are_looked_at_and_that_is_said(few, monkeypatch):
    monkeypatch.setattr(store, "MOST", 2)
    store.index_story([Story(sequence=5, text="The police came.", force_id="kent")])

    both, one = ask("police -civil"), ask("police", [["0forcekent"]], [])
    all_three = ask("police")

    assert (places(both.searched), both.is_capped, both.is_counted) == ([5, 1], False, True)
    assert (places(one.matched), one.is_capped, one.is_counted) == ([5], False, False)
    assert (places(all_three.matched), all_three.is_capped, all_three.is_counted) == ([5, 2], True, False)


def test_pages_of_a_search_hold_each_story_once_in_one_query_and_lead_back(django_assert_num_queries):
    seeding.seed(60, chance=5)
    marked_sets.current_sets()
    for more in ("q=police", "q=evid*&force=kent", f"q=-police&before={filters.place_code(40)}", "q=heron"):
        wanted = read(more)
        with django_assert_num_queries(1):
            story_queries.find_page(wanted)
    query = "q=nobody+asked&without=threats"
    everything = [story.sequence for story in story_queries.all_found(read(query))]

    def page(where=""):
        return story_queries.find_page(read(f"{query}{where}"), size=3)

    first = page()
    second = page(f"&before={first.older}")
    third = page(f"&before={second.older}")
    back = page(f"&after={third.newer}")

    assert len(everything) == first.count > 9
    assert [story.sequence for story in (*first.stories, *second.stories, *third.stories)] == everything[:9]
    assert back == second
    assert first.newer == ""


def test_number_beside_a_choice_is_what_the_search_then_lists():
    seeding.seed(60, chance=5)
    wanted = read("q=police&without=threats")
    searched = story_queries.find_page(wanted).searched

    for name in ("outcome", "without"):
        facet = facets.BY_NAME[name]
        for slug, count in choices.choice_counts(facet, wanted, searched=searched).items():
            slugs = (*wanted.chosen.get(name, ()), slug) if facet.leaves_out else (slug,)
            then = StoryFilter(wanted.names, {**wanted.chosen, name: slugs}, q="police")
            assert story_queries.find_page(then).count == count, (name, slug)
