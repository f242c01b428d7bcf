"""The list of what runs where names tests that are there: one that got another name would run elsewhere unseen."""

from tests import timings


def test_every_test_that_is_listed_is_there_and_has_a_place():
    entries = timings.listed()

    assert [name for name in entries if not timings.is_there(name)] == []
    assert {place for place, _ in entries.values()} == set(timings.PLACES)
