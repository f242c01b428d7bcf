"""`migrate` goes on from an empty database, today's chain and the whole old one, and refuses any other part of that."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = [pytest.mark.django_db, pytest.mark.store]

BEGUN = [("campaign", "0002_wide_tables_and_parts"), ("moderation", "0002_moderators_room")]
BEGUN += [("stories", "0002_countedanswers")]
ENDED = [("campaign", "0014_easy_read_and_languages"), ("moderation", "0020_languages_read")]
ENDED += [("stories", "0031_unsent_words")]
TABLES = {"campaign": "campaign_ask", "moderation": "moderation_readywords", "stories": "stories_peppercheck"}


def record(links):
    """Let the database remember these of the old chain; one that is kept between runs may remember others."""
    recorder = MigrationRecorder(connection)
    for link in (*BEGUN, *ENDED):
        (recorder.record_applied if link in links else recorder.record_unapplied)(*link)


def lose(table):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO without_{table}")


def plan():
    """What `migrate` would do."""
    said = io.StringIO()
    call_command("migrate", plan=True, stdout=said)
    return said.getvalue()


def is_refused(*words):
    with pytest.raises(CommandError, match=r"^This database is halfway [^\n]+ with the code of commit c29ee287\.$"):
        call_command("migrate", *words, verbosity=0)


def test_today_s_chain_and_the_whole_old_one_leave_nothing_to_do():
    for links in ([], [*BEGUN, *ENDED]):
        record(links)
        assert "No planned migration operations." in plan()


def test_empty_database_gets_every_migration():
    MigrationRecorder(connection).flush()
    for table in TABLES.values():
        lose(table)

    planned = plan()

    assert {f"{app}.0001_initial" for app in TABLES} <= set(planned.split())


@pytest.mark.parametrize("missing", ENDED, ids=".".join)
def test_part_of_the_old_chain_is_refused_before_anything_changes(missing):
    record({*BEGUN, *ENDED} - {missing})
    before = MigrationRecorder(connection).applied_migrations().keys()

    for words in ([], ["stories"], ["moderation", "zero"]):
        is_refused(*words)
    assert MigrationRecorder(connection).applied_migrations().keys() == before


@pytest.mark.parametrize(("app", "link"), BEGUN, ids=".".join)
def test_beginning_of_the_old_chain_in_one_app_and_its_first_link_alone_are_refused(app, link):
    record([(app, link)])
    is_refused()
    record([])
    lose(TABLES[app])

    is_refused()
