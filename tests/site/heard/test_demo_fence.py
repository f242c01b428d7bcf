"""The demo answers to this machine alone, and each mode refuses the other's database."""

import re

import pytest
from django.core.checks import Tags, run_checks
from django.db import OperationalError

from heard import environment
from heard.demo import mark
from stories.models import QueueKey
from tests import factories

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]


REACHABLE = {
    "heard.example": [("https://heard.example", LOOPBACK), ("http://127.0.0.1:8000", ["127.0.0.1", "heard.example"])],
    "*": [("http://127.0.0.1:8000", ["*"])],
    ".heard.example": [("http://127.0.0.1:8000", [".heard.example"])],
    "0.0.0.0": [("http://0.0.0.0:8000", LOOPBACK)],
    "heardexample.onion": [("http://127.0.0.1:8000", [*LOOPBACK, "heardexample.onion"])],
}


def test_demo_on_loopback_starts_and_one_that_others_could_reach_stops():
    for base_url in ("http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000"):
        environment.stop_unless_loopback(base_url=base_url, hosts=LOOPBACK)
    for named, cases in REACHABLE.items():
        for base_url, hosts in cases:
            with pytest.raises(SystemExit, match=f"not as {re.escape(named)};"):
                environment.stop_unless_loopback(base_url=base_url, hosts=hosts)


@pytest.fixture
def database(db, settings):
    """Tells what a process in each mode would make of the database now: (demo, real)."""

    def reasons():
        found = []
        for settings.DEMO in (True, False):
            found.append(mark.why_not_this_database())
        return found

    return reasons


def test_empty_database_suits_both(database):
    assert database() == [None, None]


def test_demos_database_suits_the_demo_alone(database):
    mark.mark_as_demo()
    factories.person("anyone")

    assert database() == [None, "the demo made this database; a real site begins with an empty one."]


@pytest.mark.parametrize("use", [lambda: factories.person("someone"), lambda: factories.queue_key()])
def test_database_that_somebody_uses_suits_a_real_site_alone(database, use):
    use()
    demo, real = database()

    assert "wasn't made by the demo" in demo
    assert real is None


def test_server_stops_with_one_line_before_it_shows_anything(database, settings):
    mark.mark_as_demo()
    settings.DEMO = False

    with pytest.raises(SystemExit, match=r"^Heard can't start: the demo made this database; [^\n]+$"):
        mark.stop_if_database_is_not_ours()


def test_server_starts_while_the_database_is_away(database, monkeypatch):
    monkeypatch.setattr(mark, "is_marked", _away)

    mark.stop_if_database_is_not_ours()


def test_check_refuses_a_foreign_database(database, settings):
    QueueKey.objects.create(epoch=1, public=b"x" * 32)
    settings.DEMO = True

    found = run_checks(tags=[Tags.database], databases=["default"])

    assert "heard.E002" in [message.id for message in found]


def _away():
    raise OperationalError
