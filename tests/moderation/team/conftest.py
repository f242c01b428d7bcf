"""A newcomer's link, and Alice at the second step."""

import pytest

from tests import factories
from tests.moderation.team import second_step
from tests.moderation.team.newcomers import invite, link_in
from tests.moderation.team.second_step import give_password, new_browser


@pytest.fixture
def root(db):
    return factories.person("root", is_superuser=True, is_staff=True)


@pytest.fixture
def link(coordinator):
    return link_in(invite(coordinator))


@pytest.fixture
def codes(alice):
    """Alice has a second factor; these are her recovery codes."""
    return second_step.set_up(alice)


@pytest.fixture
def browser(codes):
    """Alice gave her password here, and nothing else."""
    browser = new_browser()
    give_password(browser, "alice")
    return browser
