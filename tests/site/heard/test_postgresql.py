"""The database's deadlines, with a PostgreSQL of the test's own that is frozen and stopped."""

import time
from contextlib import contextmanager
from types import SimpleNamespace

import environ
import psycopg
import pytest
from django.db import OperationalError, connections

from heard.postgresql import base
from stories.core import replica as replicas
from tests import servers

pytestmark = [pytest.mark.servers]


@pytest.fixture(scope="module")
def server():
    with servers.running(servers.PostgreSQL().lay().start()) as (server,):
        yield server


@pytest.fixture
def connection(server, settings, monkeypatch, django_db_blocker):
    """A connection to it as a serving process has one, with a deadline that a slow machine keeps."""
    settings.IS_SERVING = True
    monkeypatch.setattr(base, "LONGEST_ANSWER", {"default": 60})
    monkeypatch.setattr(base, "_left_alone_until", {})
    made = opened(server)
    # It isn't a test's database, which others would have to put in order again.
    with django_db_blocker.unblock():
        yield made
    made.close()


def opened(server):
    told = connections.configure_settings({"default": environ.Env.db_url_config(server.url)})["default"]
    return base.DatabaseWrapper(told | {"CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 600}, "default")


@contextmanager
def hurried(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(base, "LONGEST_ANSWER", {"default": 0.3})
        yield


def lateness(monkeypatch):
    """Returns `later(seconds)`: whether the replica is late when so many more of them have passed."""
    time = SimpleNamespace(now=0.0)
    monkeypatch.setattr(replicas, "time", SimpleNamespace(monotonic=lambda: time.now))
    monkeypatch.setattr(replicas, "_is_there", lambda: True)
    monkeypatch.setattr(replicas, "_waited_for", None)

    def later(seconds):
        time.now += seconds
        return replicas.replica_is_late()

    return later


def ask(connection, sql="SELECT 37"):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.mark.parametrize("was_open", [True, False])
def test_frozen_server_is_given_up_left_alone_and_asked_again(was_open, connection, server, monkeypatch):
    monkeypatch.setattr(base, "LEFT_ALONE", 600)
    if was_open:
        ask(connection)
    server.freeze()
    with hurried(monkeypatch), pytest.raises(OperationalError):
        ask(connection)
    server.thaw()

    # As a request ends.
    connection.close_if_unusable_or_obsolete()
    with pytest.raises(OperationalError, match="a moment ago"):
        ask(connection)
    later = time.monotonic() + 600
    monkeypatch.setattr(base, "time", SimpleNamespace(monotonic=lambda: later))

    assert ask(connection) == 37
    assert not base._left_alone_until


def test_good_connections_of_others_are_not_asked_while_the_server_is_left_alone(connection, monkeypatch):
    assert ask(connection) == 37
    monkeypatch.setattr(base, "_left_alone_until", {"default": time.monotonic() + 60})
    connection.close_if_unusable_or_obsolete()

    with pytest.raises(OperationalError, match="a moment ago"):
        ask(connection)


def test_what_is_asked_in_vain_is_rolled_back(connection, server, monkeypatch):
    with psycopg.connect(server.url) as other:
        other.execute("CREATE TABLE told (words text)")
    connection.set_autocommit(False)
    ask(connection, "INSERT INTO told VALUES ('x') RETURNING 1")
    with hurried(monkeypatch), pytest.raises(OperationalError):
        ask(connection, "SELECT pg_sleep(20)")

    assert connection.connection.closed
    with psycopg.connect(server.url) as other:
        assert other.execute("SELECT count(*) FROM told").fetchone() == (0,)


def test_command_waits_as_long_as_it_takes(connection, settings, monkeypatch):
    settings.IS_SERVING = False

    with hurried(monkeypatch):
        assert ask(connection, "SELECT 37 FROM pg_sleep(0.6)") == 37
