"""What stood in a database before minutes were taken out of it: brought up to date, it holds none of them."""

import json
import os
import secrets
import sqlite3
import subprocess
import sys
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import running_site

pytestmark = [pytest.mark.slow, pytest.mark.full]

SUBMISSIONS = ["a1" * 16, "b2" * 16]
STORY = "c3" * 16
COPY = "d4" * 16
# A contributor wrote between the two deeds of a moderator on another account.
MINUTES = ("12:53", "12:54", "12:55", "12:56", "12:57", "12:58")
DAY = "2026-11-24"


class _Sqlite:
    def __init__(self, folder):
        self.folder = folder
        self.environment = {"DATABASE_URL": f"sqlite:///{folder / running_site.DATABASE}"}

    @contextmanager
    def open(self):
        file = sqlite3.connect(self.folder / running_site.DATABASE)
        with file:
            yield lambda said, *values: file.execute(said.replace("%s", "?").replace("%%", "%"), values).fetchall()
        file.close()

    def bytes(self):
        return b"".join(path.read_bytes() for path in self.folder.glob(f"{running_site.DATABASE}*"))


class _Postgresql:
    def __init__(self, url):
        self.url, self.environment = url, {"DATABASE_URL": url}

    @contextmanager
    def open(self):
        with psycopg.connect(self.url) as server:
            yield lambda said, *values: server.execute(said, values).fetchall()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store(request, tmp_path):
    if request.param == "sqlite":
        yield _Sqlite(tmp_path)
        return
    server, name = os.environ["TEST_POSTGRESQL_URL"], f"days_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as made:
        made.execute(f"CREATE DATABASE {name}")
        yield _Postgresql(server.rsplit("/", 1)[0] + f"/{name}")
        made.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_old_rows_keep_their_days_and_lose_their_minutes(store, tmp_path):
    _manage(store, tmp_path, "shell", "-c", "from tests.moderation import test_days_migration as t; t.go_to_before()")

    _manage(store, tmp_path, "migrate")

    with store.open() as ask:
        assert _events(ask) == [
            [("receive", 1, None), ("claim", 2, DAY), ("open", 3, DAY)],
            [("receive", 1, None), ("write", 2, None)],
        ]
        by_key = [deed for (deed,) in ask("SELECT deed FROM stories_event ORDER BY id")]
        assert len(by_key) == 5
        assert all(int(pk) > 1000 for (pk,) in ask("SELECT id FROM stories_event"))
        days = {
            *ask("SELECT written_on FROM moderation_workingcopy"),
            *ask("SELECT day FROM moderation_agreement"),
            *ask("SELECT asked_on FROM moderation_releasewish"),
            *ask("SELECT settled_on FROM stories_takedownrequest"),
            *ask("SELECT day FROM moderation_pendinglogentry"),
        }
        assert {str(day) for (day,) in days} == {DAY}
        assert ask("SELECT COUNT(*) FROM moderation_claim") == [(0,)]
        kept = ask("SELECT action FROM wagtailcore_modellogentry WHERE action LIKE 'heard.%%' ORDER BY action")
        assert kept == [("heard.invite",), ("heard.vault.admit",)]
        # Of the rest the events say it.
        assert ask("SELECT deed, item FROM moderation_pendinglogentry") == [("vault.unlock", "alice")]
    if isinstance(store, _Sqlite):
        held = store.bytes()
        assert [minute for minute in MINUTES if f"{DAY} {minute}".encode() in held] == ["12:57"]


def _events(ask):
    said = "SELECT deed, number, day FROM stories_event WHERE submission_id = %s ORDER BY number"
    return [[(deed, number, day and str(day)) for deed, number, day in ask(said, pk)] for pk in SUBMISSIONS]


def go_to_before():
    """Make the tables as they were, with rows and triggers; in a process of its own."""
    from heard.demo import mark
    from moderation import triggers

    executor = MigrationExecutor(connection)
    others = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in ("stories", "moderation")]
    executor.migrate([*others, ("stories", "0019_topics_named_as_topics"), ("moderation", "0010_log_entries")])
    mark.mark_as_demo()
    with connection.cursor() as cursor:
        _fill(lambda said, *values: cursor.execute(said, values))
    triggers.create_triggers()


def _fill(ask):
    """As they were written then: a counter for all, and a moderator's minute."""

    def insert(table, *rows):
        for row in rows:
            marks = ", ".join(["%s"] * len(row))
            ask(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", *row.values())

    monday, box, when = "2026-11-23", b"x", f"{DAY} 12:53:00+00:00"
    mine, theirs = SUBMISSIONS
    names = dict.fromkeys(("password", "first_name", "last_name", "email"), "")
    alice = {"id": 77, "username": "alice", "is_superuser": False, "is_staff": False, "is_active": True}
    insert("auth_user", alice | names | {"date_joined": "2026-01-01"})
    received = {"status": "received", "week": monday, "language": "en", "is_urgent": False, "is_flood": False}
    received |= {"erase_on": "2027-02-21", "yes_to_digest": ""}
    received |= dict.fromkeys(("public_key", "key_under_code", "key_for_queue"), box)
    insert("stories_submission", *({"id": pk, "look_up_id": pk.encode()} | received for pk in SUBMISSIONS))
    deeds = [(mine, "receive", None), (theirs, "receive", None), (mine, "claim", "12:55"), (theirs, "write", None)]
    for number, (pk, deed, minute) in enumerate([*deeds, (mine, "open", "12:56")], start=1):
        at = {"by_id": 77 if minute else None, "at": minute and f"{DAY} {minute}:00+00:00"}
        insert("stories_event", {"id": number, "submission_id": pk, "deed": deed, "reason": "", "week": monday} | at)
    text = {"submission_id": mine, "number": 1, "box": box}
    insert("stories_sealedtext", {"id": COPY, "kind": "working-copy", **text})
    insert("stories_sealedtext", {"id": "e5" * 16, "kind": "message", "sends_at": when, **text})
    copy = {"sealed_id": COPY, "submission_id": mine, "number": 1, "digest": "digest", "written_by_id": 77}
    insert("moderation_workingcopy", copy | {"written_at": when})
    yes = {"id": 1, "digest": "digest", "place": "first", "by_id": 77, "at": when, "working_copy_id": COPY}
    insert("moderation_agreement", yes | {"no_danger": True})
    insert("moderation_claim", {"id": 1, "submission_id": theirs, "holder_id": 77, "expires_at": when})
    insert("moderation_releasewish", {"id": 1, "submission_id": mine, "asked_by_id": 77, "asked_at": when})
    for pk, app, model in ((901, "stories", "story"), (902, "moderation", "moderatorkey")):
        insert("django_content_type", {"id": pk, "app_label": app, "model": model})
    for action, kind, minute in (
        ("take_down", 901, "12:54"),
        ("vault.unlock", 902, "12:54"),
        ("vault.admit", 902, "12:57"),
    ):
        entry = {"label": "", "action": f"heard.{action}", "data": json.dumps({}), "object_id": STORY}
        entry |= {"timestamp": f"{DAY} {minute}:30+00:00", "content_changed": False, "deleted": False}
        insert("wagtailcore_modellogentry", entry | {"content_type_id": kind})
    logged = [("vault.unlock", "alice", "12:54"), ("claim", mine[:12], "12:55"), ("know them", theirs[:12], "12:55")]
    logged += [("open", mine[:12], "12:56"), ("invite", "dora", "12:57")]
    for number, (deed, item, minute) in enumerate(logged, start=1):
        entry = {"number": number, "deed": deed, "item": item, "by_id": 77, "at": f"{DAY} {minute}:00+00:00"}
        insert("moderation_logentry", entry | {"chained": ""})
    insert("moderation_loghead", {"id": 1, "number": 5, "chained": ""})


def _manage(store, folder, *command):
    environment = running_site.demo_environment(folder) | store.environment
    environment |= {"SECRET_KEY": secrets.token_hex(32), "RECEIPT_PEPPER": secrets.token_hex(32)}
    done = subprocess.run(
        [sys.executable, str(running_site.ROOT / "manage.py"), *command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
