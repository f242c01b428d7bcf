"""The years a report can be of: from this one back to the first, and all before it as one answer.

The form and addresses name that answer by a word. A story's row and an agreed text hold it as the year before the
first, for a column of years holds no word.
"""

FIRST = 2015  # the offence in England and Wales began that April
BEFORE = f"before-{FIRST}"
BEFORE_IN_A_ROW = FIRST - 1


def newest_first(this_year: int) -> range:
    return range(this_year, FIRST - 1, -1)


def slug(year: int) -> str:
    """The year of a row, as addresses name it."""
    return str(year) if year >= FIRST else BEFORE


def in_a_row(slug: str) -> str:
    """The year that was chosen, as a row and an agreed text hold it; empty where none was."""
    if slug == BEFORE:
        return str(BEFORE_IN_A_ROW)
    return slug if slug.isdecimal() else ""
