"""What the store could change is tested on both stores."""

from tests import on_postgresql


def test_test_that_leans_on_the_store_runs_on_both_or_says_why_not():
    assert on_postgresql.named_nowhere() == []


def test_whatever_is_named_is_there():
    named = [*on_postgresql.paths(), *on_postgresql.ANY_STORE]

    assert [path for path in named if not (on_postgresql.ROOT / path).exists()] == []
