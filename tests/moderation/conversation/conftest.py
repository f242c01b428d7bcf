"""An account in Alice's hands, she at her desk, and the contributor who may come back."""

import pytest

from moderation import claims
from tests import factories
from tests.stories.telling.visiting import Visitor


@pytest.fixture
def submission(alice):
    found = factories.submission_at("received")
    claims.take(found, by=alice)
    return found


@pytest.fixture
def browser(alice):
    return factories.client_of(alice)


@pytest.fixture
def visitor():
    return Visitor()
