"""How often each page and file asks the database, whatever number of stories there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.seeding import stories as seeding
from stories.core import named_lists, snapshot
from stories.models import Story
from stories.reading import filters, marked_sets
from tests.stories.reading.export.conftest import Taker

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def taker():
    return Taker()


def queries(taker, address):
    """How many queries a page takes in a process that has read the edition, as one does once a second."""
    # Whoever comes first after many were seeded counts them, and keeps that to this test's transaction.
    marked_sets.current_sets()
    snapshot.forget_snapshot()
    named_lists.get_named_lists()
    marked_sets.current_sets()
    with CaptureQueriesContext(connection) as captured:
        taker.take(address)
    return len(captured)


def addresses():
    """A list at its start, in its depth, filtered, searched; the oldest and the newest story; the figures."""
    first, last = Story.live.earliest("sequence"), Story.live.latest("sequence")
    deep = f"before={filters.place_code(60)}"
    lists = ["", f"?{deep}", f"?after={filters.place_code(1)}", "?force=kent", "?says=change&theme=waiting"]
    lists += ["?force=kent&force=essex&year=before-2015&outcome=closed"]
    lists += ["?q=police", "?q=evid*&force=kent&without=threats", f'?q="the+police"+-kind&{deep}']
    stories = (story.get_absolute_url() for story in (first, last))
    files = [f"/stories.{kind}{query}" for kind in ("json", "atom") for query in ("", "?q=rang")]
    files += ["/stories.json?nation=england", "/open-data/", "/open-data/openapi.json"]
    return [*(f"/stories/{query}" for query in lists), *stories, *files, "/what-we-hear/", "/wall/"]


def test_list_search_story_file_and_figures_take_two_queries_at_60_and_at_5000(taker):
    taken = {}
    for more in (60, 4940):
        seeding.seed(more, chance=1)
        taken |= {(Story.live.count(), address): queries(taker, address) for address in addresses()}
        # A CSV asks again for every few hundred rows, and a search first finds which they are.
        assert more > 60 or max(queries(taker, f"/stories.csv{query}") for query in ("", "?q=rang")) <= 3

    assert {count for count, _ in taken} == {60, 5000}
    assert {key: number for key, number in taken.items() if number > 2} == {}


def test_page_of_a_force_takes_as_many_queries_with_many_stories_and_its_index_two(taker):
    snapshot.invalidate()
    assert queries(taker, "/forces/") <= 1
    assert queries(taker, "/forces/kent/") <= 2
    seeding.seed(1000, chance=1)

    assert Story.live.filter(force="kent").count() > 10
    assert queries(taker, "/forces/kent/") <= 2
    assert queries(taker, "/forces/kent/sheet/") <= 1
    assert len(taker.slugs("/forces/kent/")) == 10
    assert 'href="/stories/?force=kent">All stories about Kent Police</a>' in taker.read("/forces/kent/")
