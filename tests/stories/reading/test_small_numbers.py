"""No hidden number can be worked out: every small table is published, and those that look the same are compared."""

from collections import defaultdict
from itertools import chain, product

from hypothesis import given, settings, strategies as st

from stories.figures import disclosure_control
from stories.figures.disclosure_control import FEW, UNSHOWN

# A hidden cell could be this many numbers, even to somebody who knows how the table was made.
FREEDOM = 3


def least_freedom(publish, shape, numbers):
    """How many numbers the hidden cell could be that tells most, in all tables of that many cells; and their look.

    Looks with a cell near the end of `numbers` are left out: tables beyond it look like them too.
    """
    looks, found = defaultdict(list), []
    for people in product(numbers, repeat=shape):
        looks[publish(people)].append(people)
    for look, tables in looks.items():
        if max(map(max, tables)) < max(numbers) - 4:
            each = zip(look[0], zip(*tables, strict=True), strict=True)
            found += [(len(set(column)), look) for cell, column in each if isinstance(cell, str)]
    return min(found, key=lambda each: each[0])


def one_way(people):
    shown = disclosure_control.publishable_row(people)
    return tuple(shown.cells), shown.total


def two_by_two(people):
    cells, total = disclosure_control.publishable_table([people[:2], people[2:]])
    return tuple(chain(*cells)), total


def test_nought_to_nine_are_few_the_rest_the_nearest_five_and_percentages_of_those():
    for people, shown in {0: FEW, 9: FEW, 10: 10, 12: 10, 13: 15, 17: 15, 18: 20, 102: 100, 1003: 1005}.items():
        assert disclosure_control.publishable_count(people) == shown, people
    # It needs a base of thirty.
    told = {(20, 50): "40", (10, 30): "33", (10, 345): "3", (100, 100): "100"}
    hidden = dict.fromkeys([(FEW, 50), (UNSHOWN, 50), (10, 25)], "")
    for (part, base), percentage in (told | hidden).items():
        assert disclosure_control.publishable_percentage(part, base) == percentage, (part, base)


def test_line_hides_two_at_least_and_its_total_tells_of_neither():
    for people, cells, total in [
        ([12, 12, 12], [10, 10, 10], 35),
        # One is hidden, and the smallest of the others too.
        ([4, 60, 22, 81], [FEW, 60, UNSHOWN, 80], None),
        ([4, 60, 0, 81], [FEW, 60, FEW, 80], None),
        # A total that would tell that two are nine, or that two are nought, is moved.
        ([9, 9], None, 15),
        ([13, 13, 13, 13, 0, 0], None, 55),
        ([0, 0, 0], [FEW, FEW, FEW], FEW),
    ]:
        shown = disclosure_control.publishable_row(people)

        assert cells in (None, shown.cells), people
        assert total in (None, shown.total), people


def test_no_cell_of_a_line_or_a_table_can_be_worked_out_from_its_totals():
    for publish, cells, numbers in ((one_way, 1, 40), (one_way, 2, 40), (one_way, 3, 34), (two_by_two, 4, 17)):
        freedom, look = least_freedom(publish, cells, range(numbers))

        assert freedom >= FREEDOM, (publish, cells, look)


@given(st.lists(st.integers(0, 60), min_size=2, max_size=9))
@settings(max_examples=300, deadline=None)
def test_no_line_hides_one_alone_and_each_hidden_cell_keeps_its_room(people):
    shown = disclosure_control.publishable_row(people)

    hidden = [at for at, cell in enumerate(shown.cells) if isinstance(cell, str)]
    assert len(hidden) != 1
    for at in hidden:
        others = (n for n in range(max(0, people[at] - FREEDOM), people[at] + FREEDOM + 1) if n != people[at])
        assert any(_looks_the_same(people, at, number) for number in others)


def _looks_the_same(people, at, number):
    """True if, with `number` there and another cell made up for it or not, the same would be shown."""
    changed = [*people[:at], number, *people[at + 1 :]]
    if disclosure_control.publishable_row(changed) == disclosure_control.publishable_row(people):
        return True
    steps = ((other, by) for other in range(len(people)) if other != at for by in range(-5, 6))
    return any(
        disclosure_control.publishable_row([each + by * (place == other) for place, each in enumerate(changed)])
        == disclosure_control.publishable_row(people)
        for other, by in steps
        if changed[other] + by >= 0
    )


def tables(wide):
    return st.lists(st.lists(st.integers(0, 40), min_size=wide, max_size=wide), min_size=2, max_size=4)


@given(st.integers(2, 4).flatmap(tables))
@settings(max_examples=200, deadline=None)
def test_no_row_and_no_column_of_a_table_hides_one_alone(people):
    cells, _total = disclosure_control.publishable_table(people)

    for line in (*cells, *zip(*cells, strict=True)):
        assert sum(isinstance(cell, str) for cell in line) != 1
