"""A contributor at the forms, and time enough to have filled them in."""

import pytest

from stories.intake.views import telling
from tests import factories
from tests.stories.intake.changes import TEXT
from tests.stories.intake.visiting import Visitor


@pytest.fixture
def visitor():
    return Visitor()


@pytest.fixture
def waits_for_yes(alice):
    """One whose text was put forward, and whose contributor asked to see it first."""
    return factories.submission_at("prepared", consent_ask_again=True, fields={"text": TEXT})


@pytest.fixture
def unhurried(monkeypatch):
    """Tests write faster than people; with this, none of them counts as a machine."""
    monkeypatch.setattr(telling, "LEAST_SECONDS", 0)
