"""The reason that the log gives for an error, of real errors, and never a word of theirs."""

import errno
import os
import sqlite3

import psycopg
import pytest
import redis
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

from stories.core import faults


def caught(deed, kind=Exception):
    with pytest.raises(kind) as found:
        deed()
    return found.value


def query(words):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(words)


def test_reason_of_an_error_of_the_system_is_its_number():
    reasons = {errno.ENOSPC: "disk full", errno.EROFS: "read-only", errno.EACCES: "permission", errno.EIO: "damaged"}
    reasons |= {errno.ECONNREFUSED: "refused", errno.ETIMEDOUT: "timed out", errno.ENOENT: "missing"}
    for number, reason in reasons.items():
        assert faults.reason_of(OSError(number, os.strerror(number))) == reason
        # As somebody else's error, which came of it.
        outer = ValueError("canary")
        outer.__cause__ = OSError(number, "canary")
        assert faults.reason_of(outer) == reason
    assert faults.reason_of(ValueError("canary: disk full")) == faults.UNKNOWN


def test_reason_of_a_server_that_is_not_there():
    assert faults.reason_of(caught(lambda: psycopg.connect("host=127.0.0.1 port=1 dbname=x"))) == "refused"
    assert faults.reason_of(caught(redis.Redis(port=1).ping)) == "refused"


@pytest.mark.django_db
@pytest.mark.store
def test_reason_of_what_a_database_says():
    twice = "INSERT INTO stories_edition (id, number, made) VALUES (1, 1, '{}')"
    assert faults.reason_of(caught(lambda: query(twice), IntegrityError)) == "against a rule"
    assert faults.reason_of(caught(lambda: query("SELECT 1 FROM canary"), DatabaseError)) == "missing"


def test_reason_of_a_file_that_another_writes_or_that_nobody_may(tmp_path):
    path = tmp_path / "it.sqlite3"
    with sqlite3.connect(path, isolation_level=None) as one:
        one.execute("CREATE TABLE it (x)")
        one.execute("PRAGMA max_page_count = 2")
        one.execute("BEGIN IMMEDIATE")
        with sqlite3.connect(path, timeout=0) as other:
            assert faults.reason_of(caught(lambda: other.execute("BEGIN IMMEDIATE"))) == "locked"
        fill = "INSERT INTO it VALUES (zeroblob(9999))"
        assert faults.reason_of(caught(lambda: one.execute(fill))) == "disk full"
    reader = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    error = OperationalError("canary")
    error.__cause__ = caught(lambda: reader.execute("INSERT INTO it VALUES (1)"))
    assert faults.reason_of(error) == "read-only"
