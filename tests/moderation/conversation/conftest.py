"""The contributor, who may come back meanwhile."""

import pytest

from tests.stories.intake.visiting import Visitor


@pytest.fixture
def visitor():
    return Visitor()
