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
    monday, box = "2026-11-23", b"x"
    ask(
        "INSERT INTO auth_user (id, username, password, is_superuser, first_name, last_name, email, is_staff,"
        " is_active, date_joined) VALUES (77, 'alice', '', %s, '', '', '', %s, %s, '2026-01-01')",
        *(False, False, True),
    )
    for pk in SUBMISSIONS:
        ask(
            "INSERT INTO stories_submission (id, look_up_id, status, week, language, is_urgent, is_flood, erase_on,"
            " yes_to_digest, public_key, key_under_code, key_for_queue)"
            " VALUES (%s, %s, 'received', %s, 'en', %s, %s, '2027-02-21', '', %s, %s, %s)",
            *(pk, pk.encode(), monday, False, False, box, box, box),
        )
    mine, theirs = SUBMISSIONS
    for number, (pk, deed, by, minute) in enumerate(
        [
            (mine, "receive", None, None),
            (theirs, "receive", None, None),
            (mine, "claim", 77, "12:55"),
            (theirs, "write", None, None),
            (mine, "open", 77, "12:56"),
        ],
        start=1,
    ):
        ask(
            "INSERT INTO stories_event (id, submission_id, deed, reason, by_id, week, at)"
            " VALUES (%s, %s, %s, '', %s, %s, %s)",
            *(number, pk, deed, by, monday, minute and f"{DAY} {minute}:00+00:00"),
        )
    when = f"{DAY} 12:53:00+00:00"
    ask(
        "INSERT INTO stories_sealedtext (id, submission_id, kind, number, box, sends_at)"
        " VALUES (%s, %s, 'working-copy', 1, %s, NULL), (%s, %s, 'message', 1, %s, %s)",
        *(COPY, mine, box, "e5" * 16, mine, box, when),
    )
    ask(
        "INSERT INTO moderation_workingcopy (sealed_id, submission_id, number, digest, written_by_id, written_at)"
        " VALUES (%s, %s, 1, 'digest', 77, %s)",
        *(COPY, mine, when),
    )
    ask(
        "INSERT INTO moderation_agreement (id, digest, place, by_id, at, working_copy_id, no_danger)"
        " VALUES (1, 'digest', 'first', 77, %s, %s, %s)",
        *(when, COPY, True),
    )
    ask("INSERT INTO moderation_claim (id, submission_id, holder_id, expires_at) VALUES (1, %s, 77, %s)", theirs, when)
    ask(
        "INSERT INTO moderation_releasewish (id, submission_id, asked_by_id, asked_at) VALUES (1, %s, 77, %s)",
        *(mine, when),
    )
    _fill_logs(ask)


def _fill_logs(ask):
    kinds = {"story": 901, "moderatorkey": 902}
    for app, model in (("stories", "story"), ("moderation", "moderatorkey")):
        ask("INSERT INTO django_content_type (id, app_label, model) VALUES (%s, %s, %s)", kinds[model], app, model)
    for action, kind, minute in (
        ("heard.take_down", "story", "12:54"),
        ("heard.vault.unlock", "moderatorkey", "12:54"),
        ("heard.vault.admit", "moderatorkey", "12:57"),
    ):
        ask(
            "INSERT INTO wagtailcore_modellogentry (label, action, data, timestamp, content_changed, deleted,"
            " content_type_id, object_id) VALUES ('', %s, %s, %s, %s, %s, %s, %s)",
            *(action, json.dumps({}), f"{DAY} {minute}:30+00:00", False, False, kinds[kind], STORY),
        )
    for number, (deed, item, minute) in enumerate(
        [
            ("vault.unlock", "alice", "12:54"),
            ("claim", SUBMISSIONS[0][:12], "12:55"),
            ("know them", SUBMISSIONS[1][:12], "12:55"),
            ("open", SUBMISSIONS[0][:12], "12:56"),
            ("invite", "dora", "12:57"),
        ],
        start=1,
    ):
        ask(
            "INSERT INTO moderation_logentry (number, deed, item, by_id, at, chained) VALUES (%s, %s, %s, 77, %s, '')",
            *(number, deed, item, f"{DAY} {minute}:00+00:00"),
        )
    ask("INSERT INTO moderation_loghead (id, number, chained) VALUES (1, 5, '')")


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
