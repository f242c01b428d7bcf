"""What runs where names tests that are there; no new test waits for a time to pass, or has a name of two lines."""

import re

from tests import timings

# What is left waits between two looks until something is true, up to a deadline that only a fault reaches.
WAITS = 35


def test_every_test_that_is_listed_is_there_and_has_a_place():
    entries = timings.listed()

    assert [name for name in entries if not timings.is_there(name)] == []
    assert {place for place, _ in entries.values()} == set(timings.PLACES)


def test_no_more_places_wait_for_a_time():
    waits = re.compile(r"(?:wait_for_timeout|\bsleep)\(")
    files = [path for path in (timings.ROOT / "tests").rglob("*.py") if path.name != "test_timings.py"]

    assert sum(len(waits.findall(path.read_text())) for path in files) <= WAITS


def test_no_name_is_longer_than_eighty_characters():
    names = re.compile(r"^ *def (test_\w{76,})\(", re.M)

    assert [
        name for path in (timings.ROOT / "tests").rglob("test_*.py") for name in names.findall(path.read_text())
    ] == []
