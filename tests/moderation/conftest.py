"""Alice at her desk with an account in her hands, and Carol, who coordinates. Files that need another say so."""

import pytest

from moderation import claims
from moderation.team.permissions import COORDINATORS
from tests import factories
from tests.moderation import room
from tests.stories.intake.visiting import Visitor


@pytest.fixture
def submission(alice):
    found = factories.submission_at("received")
    claims.take_claim(found, by=alice)
    return found


@pytest.fixture
def browser(alice):
    return factories.client_of(alice)


@pytest.fixture
def carol(queue_key):
    return factories.person("carol", COORDINATORS)


@pytest.fixture
def coordinator(carol):
    return factories.client_of(carol, unlocked=False)


@pytest.fixture
def nothing_unagreed_anywhere(db):
    yield
    room.assert_nowhere(room.EVIL)


@pytest.fixture
def visitor():
    """The contributor, who may come back meanwhile."""
    return Visitor()
