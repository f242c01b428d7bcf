"""A site of the earlier release is brought up to date: its public answers, sealed answers and objections all stay."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.moderation import test_days_migration as days
from tests.moderation.test_days_migration import store  # noqa: F401 - a fixture

pytestmark = [pytest.mark.slow, pytest.mark.full]
ANSWER, WAITS, OPEN, SETTLED = ("f1" * 16, "f2" * 16, "f3" * 16, "f4" * 16)
SLUG = "a1b2c3d4e5f6"
TRIGGERS = {
    "response_update": "stories_response",
    "response_story_update": "stories_response_stories",
    "response_version_update": "moderation_responseversion",
    "response_yes_update": "moderation_responseyes",
    "objection_update": "stories_objection",
}


def test_answers_and_objections_of_the_earlier_release_all_stay(store, tmp_path):  # noqa: F811
    said = "from tests.moderation import test_answers_upgrade as t; t.go_to_before()"
    days._manage(store, tmp_path, "shell", "-c", said)

    days._manage(store, tmp_path, "migrate")

    with store.open() as ask:
        answers = ask("SELECT words, story_slugs, live, first_reader_id, second_reader_id FROM stories_response")
        assert [(words, slugs, bool(live), *by) for words, slugs, live, *by in answers] == [
            ("We are sorry.", SLUG, True, 77, 78)
        ]
        assert ask("SELECT state FROM moderation_responseentry") == [("waiting",)]
        assert [bytes(box) for (box,) in ask("SELECT box FROM moderation_responseversion")] == [b"sealed"]
        columns = "ground, first_outcome, first_by_id, settled_by_id, settled_on, due_on, box"
        rows = ask(f"SELECT {columns} FROM stories_takedownrequest ORDER BY ground")  # noqa: S608
        assert [(*row[:4], row[4] and str(row[4]), row[5] and str(row[5]), bytes(row[6])) for row in rows] == [
            ("force-law", "withheld", 77, 78, "2026-11-10", None, b"box"),
            ("force-who", "", None, None, None, "2026-11-27", b"box"),
        ]


def go_to_before():
    """Make the tables as they were, with rows; in a process of its own."""
    from heard.demo import mark
    from moderation import triggers
    from moderation.triggers import NEVER, Trigger

    executor = MigrationExecutor(connection)
    others = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in ("stories", "moderation")]
    executor.migrate([*others, ("stories", "0021_made_when_shown"), ("moderation", "0013_rights_given")])
    mark.mark_as_demo()
    apps = executor.loader.project_state(
        [("stories", "0021_made_when_shown"), ("moderation", "0013_rights_given")]
    ).apps
    _fill(apps.get_model)
    raise_one = {"sqlite": triggers._create_on_sqlite, "postgresql": triggers._create_on_postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        # As strict as the triggers of then, which knew nothing of the tables to come.
        for name, table in TRIGGERS.items():
            raise_one(cursor, Trigger(name, table, "UPDATE", NEVER, "not agreed"))


def _fill(model):
    users = model("auth", "User").objects
    alice, bob = (users.create(pk=pk, username=name) for pk, name in ((77, "alice"), (78, "bob")))
    kent = model("stories", "Force").objects.get_or_create(
        pk="kent", defaults={"name": "Kent Police", "column": 1, "row": 1}
    )[0]
    box = {"public_key": b"x", "key_under_code": b"x", "key_for_queue": b"x", "look_up_id": b"x"}
    submission = model("stories", "Submission").objects.create(week="2026-11-23", erase_on="2027-02-21", **box)
    story = model("stories", "Story").objects.create(
        slug=SLUG, submission=submission, agreed_week="2026-11-23", first_reader=alice, second_reader=bob
    )
    document = f'{{"force":"kent","stories":"{SLUG}"}}'
    people = {"first_reader": alice, "second_reader": bob}
    said = {"kind": "apology", "words": "We are sorry.", "source": "A letter", "agreed": document}
    response = model("stories", "Response").objects.create(
        pk=ANSWER, slug="b1b2c3d4e5f6", force=kent, salt="x", digest="x", **said, **people
    )
    response.stories.add(story)
    queue = model("stories", "QueueKey").objects.create(epoch=1, public=b"x" * 32)
    for pk, state, sealed in ((ANSWER, "agreed", {}), (WAITS, "waiting", {"box": b"sealed", "queue_epoch": queue})):
        entry = model("moderation", "ResponseEntry").objects.create(pk=pk, force=kent, state=state)
        model("moderation", "ResponseVersion").objects.create(
            entry=entry, number=1, digest="x", written_by=alice, written_on="2026-11-24", **sealed
        )
    about = {"story": story, "force": kent, "week": "2026-11-02", "written_down_by": alice, "box": b"box"}
    objections = model("stories", "Objection").objects
    objections.create(pk=OPEN, ground="identifies", queue_epoch=queue, due_on="2026-11-27", **about)
    chosen = {"outcome": "withheld", "first_outcome": "withheld", "reason": "law", "first_by": alice, "second_by": bob}
    settled = {"settled_month": "2026-11-01", "erase_on": "2026-12-10", "is_standing": True}
    objections.create(pk=SETTLED, ground="law", queue_epoch=queue, **about, **chosen, **settled)
