from hypothesis import given, settings, strategies as st

from stories.figures import table_spec
from stories.figures.disclosure_control import FEW, UNSHOWN
from stories.figures.table_spec import Table
from stories.intake import questions
from tests.stories.figures import counting_people as people
from tests.stories.figures.counting_people import BY_LAW, BY_WHY, LAW_BY_KIND, question, totals

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

    assert {"knew_law", "dignity", "knew_law dignity"} in groups
    assert {"outcome", "stopped_why", "outcome stopped_why"} in groups
    assert {"believed"} in groups
    assert sum(map(len, groups)) == len(table_spec.released_tables())
