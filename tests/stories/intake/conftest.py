"""A contributor at the forms, and time enough to have filled them in."""

import pytest

from stories.intake.views import telling
from tests.stories.intake.visiting import Visitor


@pytest.fixture
def visitor():
    return Visitor()


@pytest.fixture
def unhurried(monkeypatch):
    """Tests write faster than people; with this, none of them counts as a machine."""
    monkeypatch.setattr(telling, "LEAST_SECONDS", 0)
