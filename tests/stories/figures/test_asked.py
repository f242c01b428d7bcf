from stories.figures import table_spec
from stories.intake import questions
from tests.stories.figures.counting_people import BY_LAW, LAW_BY_KIND


def test_every_counted_question_has_its_table_with_all_answers_that_a_total_can_hold():
    tables = {table.name: table for table in table_spec.released_tables()}

    assert list(tables) == [*questions.COUNTED, *map(" ".join, questions.COUNTED_TOGETHER)]
    for name in questions.COUNTED:
        given = [option.slug for option in questions.question_options(questions.BY_NAME[name], this_year=2027)]
        assert list(tables[name].questions[0].slugs) == given
        assert tables[name].takes_many == (questions.BY_NAME[name].kind == "many")


def test_cells_are_called_as_totals_call_them():
    assert BY_LAW.lines == [["law.yes", "law.some", "law.no"]]
    assert LAW_BY_KIND.lines[0] == ["law.yes kind.yes", "law.yes kind.no", "law.yes kind.unsure"]
    assert len(LAW_BY_KIND.cells) == 9


def test_tables_that_share_a_question_stand_in_one_group_and_each_table_in_one():
    groups = [{table.name for table in group} for group in table_spec.table_groups()]

    assert {"knew_law", "dignity", "knew_law dignity"} in groups
    assert {"outcome", "stopped_why", "outcome stopped_why"} in groups
    assert {"believed"} in groups
    assert sum(map(len, groups)) == len(table_spec.released_tables())
