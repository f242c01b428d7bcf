"""What is erased is wiped from the database's files, and `/healthz` says where it could not be."""

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.db import DatabaseError, connection

from stories.intake import coming_back, retention
from stories.models import LastRun, SealedText
from tests import factories
from tests.site.heard import addresses
from tests.stories.intake.visiting import raising

# A reader on another connection sees only what was really committed.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """The tries, with short pauses between them."""
    monkeypatch.setattr(retention, "_FIRST_PAUSE", 0.02)
    monkeypatch.setattr(retention, "_MS_FOR_READERS", 1)


@contextmanager
def reader():
    """Somebody who began to read before, as a backup does, and has not done yet."""
    if connection.vendor == "sqlite":
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        begin = "BEGIN"
    else:
        other = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}, autocommit=True)
        begin = "BEGIN ISOLATION LEVEL REPEATABLE READ"
    with closing(other):
        other.execute(begin)
        other.execute("SELECT count(*) FROM stories_sealedtext").fetchone()
        yield


@pytest.fixture
def sent():
    """A contributor's account in the file itself, as after a day, at a site that is well; and how its box begins."""
    factories.queue_key()
    submission = factories.submission_at("received")
    retention.run_retention()
    assert health() == "ok\n"
    return submission, bytes(SealedText.objects.filter(submission=submission).first().box)[:32]


def withdraw(submission):
    retention.withdraw_submission(coming_back.open_code(submission.code))
    assert not SealedText.objects.exists()


def is_in_files(box):
    path = Path(connection.settings_dict["NAME"])
    return any(box in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def health():
    return addresses.ask("/healthz").content.decode()


@pytest.mark.parametrize("wipe", [retention.scrub_database, retention.run_retention])
def test_account_that_a_reader_keeps_from_being_wiped_is_told_until_it_is(wipe, sent):
    submission, box = sent

    with reader():
        withdraw(submission)
        assert health() == "late: wiping\n"
        assert connection.vendor != "sqlite" or is_in_files(box)
    assert health() == "late: wiping\n"
    wipe()

    assert health() == "ok\n"
    assert connection.vendor != "sqlite" or not is_in_files(box)


def test_reader_who_is_done_between_two_tries_is_not_told(sent, monkeypatch):
    submission, box = sent
    staying = reader()
    staying.__enter__()
    monkeypatch.setattr(retention, "time", SimpleNamespace(sleep=lambda seconds: staying.__exit__(None, None, None)))

    withdraw(submission)

    assert health() == "ok\n"
    assert connection.vendor != "sqlite" or not is_in_files(box)


def test_wiping_that_fails_is_told_breaks_no_deed_and_its_mark_tells_no_time(sent, monkeypatch):
    monkeypatch.setattr(retention, f"_wipe_{connection.vendor}", raising(DatabaseError("canary")))
    withdraw(sent[0])

    assert health() == "late: wiping\n"
    assert LastRun.objects.get(name=retention.NOT_WIPED).at.year == 2000
