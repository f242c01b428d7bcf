"""The years a report can be of: from this one back to the first, and all before it as one answer.

The form and addresses name that answer by a word. A story's row and an agreed text hold it as the year before the
first, for a column of years holds no word.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

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


def words(slug: str) -> str:
    """The year as pages name it; empty for an empty slug."""
    return _("Before 2015") if slug == BEFORE else slug


def words_of_a_row(year: str) -> str:
    """The year of an agreed text in words; empty where it holds none."""
    return words(slug(int(year))) if year else ""


def choices(this_year: int) -> Iterator[tuple[str, str]]:
    """Every year for a form, as a row holds it and as pages name it."""
    for chosen in (*map(str, newest_first(this_year)), BEFORE):
        yield in_a_row(chosen), words(chosen)
