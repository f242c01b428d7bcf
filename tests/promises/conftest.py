"""Who is no moderator; and the demo on PostgreSQL, in a database of its own that goes away again."""

import os
import secrets

import psycopg
import pytest

from moderation.team.permissions import COORDINATORS, EDITORS
from tests import factories, made_database, running_site


@pytest.fixture
def carol(queue_key):
    return factories.person("carol", COORDINATORS)


@pytest.fixture
def editor(db):
    return factories.client_of(factories.person("edith", EDITORS), unlocked=False)


@pytest.fixture(scope="session")
def postgresql_url():
    """The address of a fresh database on the server that TEST_POSTGRESQL_URL names."""
    server = os.environ["TEST_POSTGRESQL_URL"]
    name = f"promises_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        like = made_database.template(server)
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        yield server.rsplit("/", 1)[0] + f"/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql_site(tmp_path_factory, postgresql_url):
    folder = tmp_path_factory.mktemp("demo-postgresql")
    with running_site.serve_demo(folder, TRUSTED_PROXIES="127.0.0.1", DATABASE_URL=postgresql_url) as site:
        yield site
