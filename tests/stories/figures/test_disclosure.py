"""The check of a release finds what can be worked out, names it, and lets pass what can't; and the tables it checks."""

import random
from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from stories.figures import disclosure_audit, table_spec
from stories.figures.disclosure_audit import Version, World, subtracted
from stories.figures.disclosure_control import FEW, UNSHOWN
from stories.figures.table_spec import Table
from stories.intake import questions
from tests.stories.figures import counting_people as people
from tests.stories.figures.counting_people import BY_KIND, BY_LAW, BY_WHY, LAW, LAW_BY_KIND, question, totals


@pytest.fixture(autouse=True)
def _short_of_patience(monkeypatch):
    """What isn't found soon in tables as small as these isn't there."""
    monkeypatch.setattr(disclosure_audit, "PATIENCE", (1000,))


def law(yes, some, no):
    """And three who answered other questions alone."""
    return totals((yes, {"law": "yes"}), (some, {"law": "some"}), (no, {"law": "no"}), (3, {}))


def names(group, added, shown):
    return {known.name for known in disclosure_audit.find_disclosures(group, added, shown)}


def alone(shown):
    return {"law": [Version(0, shown)]}


@pytest.fixture
def _as_shown(monkeypatch):
    """Each number is what it says, and a hidden one is small or isn't."""
    spans = {FEW: (0, 9), UNSHOWN: (10, None)}
    read = lambda table, shown: {name: spans.get(cell) or (cell, cell) for name, cell in shown.items()}  # noqa: E731
    monkeypatch.setattr(table_spec, "possible_spans", read)


def test_table_made_by_the_rules_tells_nothing_but_new_numbers_after_nine_people():
    for answered in ((9, 9, 9), (41, 22, 3), (13, 13, 13), (120, 12, 60), (10, 0, 0)):
        assert not names([BY_LAW], [law(*answered)], people.versions([BY_LAW], [law(*answered)])), answered
    for more, told in ((9, {"law"}), (10, set())):
        added = [law(31, 42, 53), law(more, 0, 0)]
        assert names([BY_LAW], added, people.versions([BY_LAW], added)) == told, more


@pytest.mark.usefixtures("_as_shown")
def test_cell_that_is_hidden_alone_under_an_exact_total_is_named():
    shown = {"law.yes": 40, "law.some": 20, "law.no": FEW, "law": 64}

    assert "law.no" in names([BY_LAW], [law(40, 20, 4)], alone(shown))


def test_naive_rounding_is_named_for_the_small_numbers_that_it_shows(monkeypatch):
    added = [law(41, 22, 3)]
    shown = {name: (added[0][name] + 2) // 5 * 5 for name in (BY_LAW.name, *BY_LAW.cells)}

    nearest = {name: (max(0, cell - 2), cell + 2) for name, cell in shown.items()}
    monkeypatch.setattr(table_spec, "possible_spans", lambda table, shown: nearest)

    assert names([BY_LAW], added, alone(shown)) == {"law.no"}


def test_rounded_numbers_are_named_where_their_total_gives_them_away():
    """Four times thirteen is 15, 15, 15 and 15 under a total of 50: nothing else is."""
    four = Table((question("law", "yes", "some", "no", "unsure"),))
    added = [totals(*((13, {"law": slug}) for slug in four.questions[0].slugs))]
    shown = {name: (added[0][name] + 2) // 5 * 5 for name in (four.name, *four.cells)}

    assert set(four.cells) <= names([four], added, alone(shown))


def test_hidden_cell_is_named_where_the_table_of_one_question_gives_it_away():
    """Of 52 who said no, four times thirteen are shown: that leaves nobody for the answers that are hidden."""
    slugs = ("a", "b", "c", "d", "e", "f")
    kind = question("kind", *slugs)
    by_kind, pair = Table((kind,)), Table((LAW, kind))
    others = [(34, {"law": "yes", "kind": "a"}), (20, {"law": "some", "kind": "a"})]
    added = [totals(*((13, {"law": "no", "kind": slug}) for slug in slugs[:4]), *others)]
    shown = people.versions([BY_LAW, by_kind, pair], added)
    hidden = {"law.no kind.e", "law.no kind.f"}

    assert not hidden & names([BY_LAW, by_kind, pair], added, {pair.name: shown[pair.name]})
    assert hidden <= names([BY_LAW, by_kind, pair], added, shown)


@pytest.mark.usefixtures("_as_shown")
def test_number_is_named_that_only_two_releases_together_give_away():
    """Sixteen said "some" in the second, so no more did in the first, whose two hidden cells are 25 together."""
    added = [law(20, 16, 9), law(10, 0, 0)]
    first = {"law.yes": 20, "law.some": UNSHOWN, "law.no": FEW, "law": 45}
    second = {"law.yes": UNSHOWN, "law.some": 16, "law.no": FEW, "law": 55}
    both = {"law": [Version(0, first), Version(1, second)]}

    for each in both["law"]:
        assert "law.no" not in names([BY_LAW], added, {"law": [each]})
    assert "law.no" in names([BY_LAW], added, both)


def test_releases_of_three_tables_that_share_a_question_tell_nothing():
    dice = random.Random(5)

    def of_one():
        kind = {"kind": dice.choice(people.KIND.slugs)} if dice.random() < 0.8 else {}
        return {"law": dice.choice(LAW.slugs)} | kind

    def of_several():
        return {"law": dice.choice(LAW.slugs), "why": dice.sample(people.WHY.slugs, dice.randint(1, 3))}

    for group, answers in (([BY_LAW, BY_KIND, LAW_BY_KIND], of_one), ([BY_LAW, BY_WHY, people.LAW_BY_WHY], of_several)):
        added = [totals(*((1, answers()) for _ in range(60))) for _ in range(3)]

        assert not names(group, added, people.versions(group, added)), answers


def test_totals_that_no_people_could_have_given_are_refused():
    added = [law(20, 20, 20) | {"law kind": 5, "law.yes kind.yes": 5}]

    with pytest.raises(ValueError, match="any people"):
        disclosure_audit.find_disclosures([BY_LAW, BY_KIND, LAW_BY_KIND], added, {})


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


def test_nobody_ticks_an_answer_twice_and_everybody_ticks_one():
    world = World()
    counted = disclosure_audit.add_respondents(world, [BY_WHY], totals((12, {"why": ["afraid"]})))
    world.bind(counted["why"], 10, 12)
    world.bind(counted["why.slow"], 0, 1)
    world.bind(counted["why.health"], 0, 0)

    without = subtracted(counted["why"], counted["why.afraid"])

    assert world.possible([(without, 99)]) == [{0, 1}]


@pytest.mark.parametrize("second", ["kind", "why"])
def test_totals_of_a_pair_are_told_apart_into_who_answered_what(second):
    group = {"kind": [BY_LAW, BY_KIND, LAW_BY_KIND], "why": [BY_LAW, BY_WHY, people.LAW_BY_WHY]}[second]
    given = {"kind": ["yes"], "why": ["slow", "afraid"]}[second]
    true = totals((7, {"law": "no", second: given}), (5, {"law": "no"}), (4, {second: given}))

    world = World()
    counted = disclosure_audit.add_respondents(world, group, true)

    for table in group:
        for name in (table.name, *table.cells):
            assert world.value(counted[name]) == true[name], name


def test_who_answers_both_answers_each():
    """More people in a cell of the pair are as many more in the tables of its questions."""
    world, answered = World(), totals((7, {"law": "no", "kind": "yes"}))
    counted = disclosure_audit.add_respondents(world, [BY_LAW, BY_KIND, LAW_BY_KIND], answered)
    world.bind(counted["law"], 7, 8)

    assert world.possible([(counted["law.no kind.yes"], 99)]) == [{4, 5, 6, 7, 8}]


TABLES = (BY_LAW, people.BY_KIND, BY_WHY, LAW_BY_KIND, people.LAW_BY_WHY)


def answers():
    one_each = {question.name: st.sampled_from((*question.slugs, None)) for question in (people.LAW, people.KIND)}
    several = st.lists(st.sampled_from(people.WHY.slugs), max_size=3, unique=True)
    everybody = st.fixed_dictionaries({**one_each, "why": several})
    return st.lists(st.tuples(st.integers(1, 40), everybody.map(lambda said: {k: v for k, v in said.items() if v})))


def test_table_hides_a_second_cell_unless_several_are_ticked_and_a_pair_has_its_sum():
    one = table_spec.shown_numbers(BY_LAW, totals((41, {"law": "yes"}), (22, {"law": "some"}), (3, {"law": "no"})))
    many = table_spec.shown_numbers(BY_WHY, totals((30, {"why": ["afraid", "slow"]}), (3, {"why": ["health"]})))
    pair = table_spec.shown_numbers(LAW_BY_KIND, totals((31, {"law": "no", "kind": "yes"}), (9, {"law": "no"})))

    assert one == {"law": 65, "law.yes": 40, "law.some": UNSHOWN, "law.no": FEW}
    assert many == {"why": 35, "why.afraid": 30, "why.slow": 30, "why.health": FEW}
    assert pair["law kind"] == pair["law.no kind.yes"] == 30
    assert (set(pair.values()), len(pair)) == ({30, FEW}, 10)


def test_total_that_was_moved_is_read_as_one():
    for slugs, each, shown, end, bound in (("abcdef", 13, 55, 0, 52), ("ab", 9, 15, 1, 18)):
        table = Table((question("law", *slugs),))
        found = table_spec.shown_numbers(table, totals(*((each, {"law": slug}) for slug in slugs[:4])))
        assert (found["law"], table_spec.possible_spans(table, found)["law"][end]) == (shown, bound)


@given(answers())
@settings(max_examples=100, deadline=None)
def test_what_a_number_could_be_holds_what_it_is(answered):
    counted = totals(*answered)

    for table in TABLES:
        spans = table_spec.possible_spans(table, table_spec.shown_numbers(table, counted))
        for name, (least, most) in spans.items():
            assert least <= counted.get(name, 0), name
            assert most is None or counted.get(name, 0) <= most, name


def test_every_counted_question_has_its_table_with_all_answers_that_a_total_can_hold():
    tables = {table.name: table for table in table_spec.released_tables()}

    assert list(tables) == [*questions.COUNTED, *map(" ".join, questions.COUNTED_TOGETHER)]
    for name in questions.COUNTED:
        given = [option.slug for option in questions.question_options(questions.BY_NAME[name], this_year=2027)]
        assert list(tables[name].questions[0].slugs) == given
        assert tables[name].takes_many == (questions.BY_NAME[name].kind == "many")


def test_tables_that_share_a_question_stand_in_one_group_and_each_table_in_one():
    groups = [{table.name for table in group} for group in table_spec.table_groups()]

    for together in ("knew_law dignity", "outcome stopped_why"):
        assert {together, *together.split()} in groups
    assert {"believed"} in groups
    assert sum(map(len, groups)) == len(table_spec.released_tables())
