import pytest

from stories.figures import respondents
from stories.figures.respondents import World, subtracted
from tests.stories.figures.counting_people import BY_KIND, BY_LAW, BY_WHY, LAW_BY_KIND, LAW_BY_WHY, totals


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(respondents, "PATIENCE", (300,))
    return World()


def test_nobody_ticks_an_answer_twice_and_everybody_ticks_one(world):
    counted = respondents.add_respondents(world, [BY_WHY], totals((12, {"why": ["afraid"]})))
    world.bind(counted["why"], 10, 12)
    world.bind(counted["why.slow"], 0, 1)
    world.bind(counted["why.health"], 0, 0)

    without = subtracted(counted["why"], counted["why.afraid"])

    assert world.possible([(without, 99)]) == [{0, 1}]


@pytest.mark.parametrize("second", ["kind", "why"])
def test_totals_of_a_pair_are_told_apart_into_who_answered_what(world, second):
    group = {"kind": [BY_LAW, BY_KIND, LAW_BY_KIND], "why": [BY_LAW, BY_WHY, LAW_BY_WHY]}[second]
    given = {"kind": ["yes"], "why": ["slow", "afraid"]}[second]
    true = totals((7, {"law": "no", second: given}), (5, {"law": "no"}), (4, {second: given}))

    counted = respondents.add_respondents(world, group, true)

    for table in group:
        for name in (table.name, *table.cells):
            assert world.value(counted[name]) == true[name], name


def test_who_answers_both_answers_each(world):
    """More people in a cell of the pair are as many more in the tables of its questions."""
    counted = respondents.add_respondents(
        world, [BY_LAW, BY_KIND, LAW_BY_KIND], totals((7, {"law": "no", "kind": "yes"}))
    )
    world.bind(counted["law"], 7, 8)

    assert world.possible([(counted["law.no kind.yes"], 99)]) == [{4, 5, 6, 7, 8}]
