import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.seeding import stories as seeding
from stories.figures import counts
from stories.models import Force
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_choice_is_a_figure_of_its_own_and_none_is_of_one_force_or_unknown():
    choices = counts.figure_choices()

    assert len(dict(choices)) == len({words for _key, words in choices}) == len(choices)
    assert dict(choices)["stories-in-wales"] == "stories in Wales"
    names = {name.lower() for name in Force.objects.values_list("name", flat=True)}
    assert not [words for _key, words in choices if any(name in words.lower() for name in names)]
    figure = counts.named_figure("stories-in-wales")
    assert counts.named_figure("stories-in-kent") is counts.named_figure("") is None
    assert (figure.value, figure.url) == ("0", "/stories/?nation=wales")
    assert figure.caution == "From people who chose to write, not a sample."


def test_figure_is_what_its_list_shows_and_asks_nothing_but_the_edition(visitor):
    seeding.seed(150, chance=3)
    keys = ("stories", "stories-in-england", "stories-with-closed", "stories-about-waiting")

    for key in keys:
        figure = counts.named_figure(key)
        assert figure.value == re.search(r"(\d+) stor", visitor.words(figure.url))[1], key
    factories.a_second_passes()
    with CaptureQueriesContext(connection) as asked:
        counts.named_figure("stories")
        counts.named_figure("stories-in-england")
    assert len(asked) == 1
