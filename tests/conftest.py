"""What every test may lean on: people with keys, an open vault, a public edition that is read afresh."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

from stories.public import edition
from tests import factories


def pytest_collection_modifyitems(items):
    """Tests that really commit come last, for they leave the database file empty."""
    items.sort(key=_commits)


def _commits(item):
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


def pytest_sessionfinish(session):
    """Throw the kept database away once it was emptied, so that the next run makes it anew."""
    if any(_commits(item) for item in getattr(session, "items", [])):
        name = settings.DATABASES["default"].get("TEST", {}).get("NAME")
        for path in Path(name).parent.glob(f"{Path(name).name}*") if name else []:
            path.unlink()


@pytest.fixture(autouse=True)
def _nothing_remembered():
    edition.forget()
    cache.clear()
    yield
    cache.clear()
    edition.forget()


@pytest.fixture
def queue_key(db):
    return factories.queue_key()


@pytest.fixture
def alice(queue_key):
    """A moderator whose key was admitted days ago; `factories.open_vault(alice)` opens her vault."""
    return factories.moderator("alice")


@pytest.fixture
def bob(queue_key):
    return factories.moderator("bob")


@pytest.fixture
def charlie(queue_key):
    return factories.moderator("charlie")
