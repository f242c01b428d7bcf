import csv

import pytest

from stories.core import rendering


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-1", "@sum", "\t=1", "\r=1", "\n=1", "＝1+1", "＠sum"])
def test_cell_that_a_spreadsheet_would_run_is_a_text(cell):
    (line,) = rendering.csv_lines([[cell, 7]])

    assert next(csv.reader([line])) == [f"'{cell}", "7"] or cell[0] in "\r\n"
    assert rendering.safe_cell(cell) == f"'{cell}"


def test_lines_come_one_at_a_time():
    def rows():
        yield ["first", "a,b"]
        raise RuntimeError("somebody read on")

    assert next(rendering.csv_lines(rows())) == 'first,"a,b"\r\n'
