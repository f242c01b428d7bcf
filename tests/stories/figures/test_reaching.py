from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from stories.figures import disclosure_audit
from stories.figures.disclosure_audit import World, subtracted
from tests.stories.figures.counting_people import BY_KIND, BY_LAW, BY_WHY, LAW_BY_KIND, LAW_BY_WHY, totals


def world_of(values, bounds):
    """A world of these numbers, each bound a (form, slack below, slack above) around what is true."""
    world = World()
    for value in values:
        world.variable(value)
    for form, below, above in bounds:
        world.bind(form, world.value(form) - below, world.value(form) + above)
    return world


def by_trying_all(values, bounds, form):
    """Every value of a sum in every world there is, up to a size that these bounds can't go beyond."""
    found = set()
    for other in product(range(13), repeat=len(values)):
        fits = all(
            -below <= sum((other[at] - values[at]) * times for at, times in bound.items()) <= above
            for bound, below, above in bounds
        )
        if fits:
            found.add(sum(other[at] * times for at, times in form.items()))
    return found


FORMS = st.dictionaries(st.integers(0, 2), st.sampled_from([1, 1, -1]), min_size=1)


@given(
    st.lists(st.integers(0, 5), min_size=3, max_size=3),
    st.lists(st.tuples(FORMS, st.integers(0, 2), st.integers(0, 2)), max_size=4),
    FORMS,
)
@settings(max_examples=60, deadline=None)
def test_search_finds_what_trying_every_world_finds(values, bounds, form):
    bounds = [*bounds, *(({at: 1}, 5, 4) for at in range(3))]
    true = sum(values[at] * times for at, times in form.items())
    wanted = by_trying_all(values, bounds, form)

    found = world_of(values, bounds).possible([(form, 99)])[0]

    assert {each for each in wanted if abs(each - true) <= 3} <= found <= wanted


def test_bound_that_the_true_numbers_break_is_no_bound_of_theirs():
    world = world_of([4], [])

    with pytest.raises(ValueError, match="outside"):
        world.bind({0: 1}, 5)
    with pytest.raises(ValueError, match="any people"):
        world.variable(-1)


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(disclosure_audit, "PATIENCE", (300,))
    return World()


def test_nobody_ticks_an_answer_twice_and_everybody_ticks_one(world):
    counted = disclosure_audit.add_respondents(world, [BY_WHY], totals((12, {"why": ["afraid"]})))
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

    counted = disclosure_audit.add_respondents(world, group, true)

    for table in group:
        for name in (table.name, *table.cells):
            assert world.value(counted[name]) == true[name], name


def test_who_answers_both_answers_each(world):
    """More people in a cell of the pair are as many more in the tables of its questions."""
    counted = disclosure_audit.add_respondents(
        world, [BY_LAW, BY_KIND, LAW_BY_KIND], totals((7, {"law": "no", "kind": "yes"}))
    )
    world.bind(counted["law"], 7, 8)

    assert world.possible([(counted["law.no kind.yes"], 99)]) == [{4, 5, 6, 7, 8}]
