"""What a filter lists, and what it counts beside each choice."""

import random

import pytest
from django.http import QueryDict

from bench.seeding import stories as seeding
from stories.core import named_lists, snapshot, takedown
from stories.models import Story
from stories.reading import choices, facets, story_queries
from stories.reading.filters import StoryFilter
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def read(query):
    return StoryFilter.from_query(QueryDict(query))


def test_number_beside_a_choice_is_what_the_list_then_shows():
    told, asked = factories.live_story(), factories.live_story(fields={"force": "essex"})
    factories.a_response(stories=[told])
    factories.a_letter("essex", stories=[asked])
    seeding.seed(400, chance=3)
    snapshot.forget_snapshot()
    dice, names = random.Random(7), named_lists.get_named_lists()
    options = [(facet.name, slug) for facet in facets.FACETS for slug in facet.options(names)]
    for number in range(12):
        asked = dice.sample(options, dice.randint(1, 4) if number else 0)
        query = "&".join(f"{name}={slug}" for name, slug in asked)
        wanted = read(query)
        for facet in facets.FACETS:
            for slug, count in choices.choice_counts(facet, wanted).items():
                chosen = wanted.chosen.get(facet.name, ())
                is_in = slug in chosen and not facet.leaves_out
                then = {**wanted.chosen, facet.name: (slug,) if is_in else (*chosen, slug)}
                more = wanted.count() if chosen and not is_in and not facet.leaves_out else 0
                assert StoryFilter(wanted.names, then).count() == more + count, (query, facet.name, slug)


def test_story_stands_under_each_place_that_it_shows_and_no_finer():
    for shown, force, query in [
        ("force", "kent", "region=south-east&nation=england&force=kent"),
        ("region", "kent", "region=south-east&nation=england"),
        ("nation", "kent", "nation=england"),
        ("nation", "gwent", "nation=wales&region=wales"),
        ("force", "south-wales", "nation=wales&region=wales&force=south-wales"),
    ]:
        story = factories.live_story(fields={"place_shown": shown, "force": force})

        marks = set(facets.story_marks(Story.live.get(pk=story.pk), named_lists.get_named_lists()))

        places = {mark for mark in marks if mark.split(":")[0] in ("force", "region", "nation")}
        assert places == {pair.replace("=", ":") for pair in query.split("&")}
        assert next(story_queries.all_found(read(query))).pk == story.pk


def test_story_that_is_down_is_counted_nowhere():
    takedown.hide_story(factories.live_story())
    snapshot.forget_snapshot()

    assert read("").count() == 0
    assert {option for facet in facets.FACETS for option in choices.choice_counts(facet, read("")).values()} == {0}


def test_no_two_marks_are_one_word_of_a_search():
    names = named_lists.get_named_lists()
    marks = {mark for facet in facets.FACETS for slug in facet.options(names) for mark in facet.marks(names, slug)}

    assert len({facets.mark_token(mark) for mark in marks}) == len(marks) > 80
