"""A run ends as a failure where a test failed, and where one was skipped though everything was asked for."""

import pytest

from tests import run_all


@pytest.mark.parametrize(
    ("failed", "skipped", "require_all", "status"),
    [(0, 0, True, 0), (1, 0, False, 1), (0, 1, True, 1), (0, 1, False, 0)],
)
def test_run_ends_with_what_it_found(failed, skipped, require_all, status):
    totals = {"passed": 9, "failed": failed, "skipped": skipped}

    assert run_all.status_of(totals, require_all=require_all) == status
