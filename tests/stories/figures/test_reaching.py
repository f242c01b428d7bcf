from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.figures.respondents import World, subtracted


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
    world = World()
    at = world.variable(4)

    with pytest.raises(ValueError, match="outside"):
        world.bind({at: 1}, 5)
    with pytest.raises(ValueError, match="any people"):
        world.variable(-1)


def test_difference_leaves_out_what_stands_on_both_sides():
    assert subtracted({1: 1, 2: 1}, {2: 1, 3: 1}) == {1: 1, 3: -1}
