"""P1 No trace: from a copy of the database nobody works out when a contributor wrote, not to the hour.

A contributor's row has no time of its own. What could tell it stands beside it: a moderator's minute before and after,
in one row or in the order of rows.
"""

import random
import re
import uuid
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.utils import timezone

from moderation import claims, conflict_of_interest, decisions, publishing, reading, working_copies
from moderation.forces import objections
from moderation.models import LogEntry, ModeratorKey
from moderation.queue import floods
from moderation.team import audit_log
from moderation.team.permissions import COORDINATORS
from stories.core import lifecycle
from stories.figures import releases
from stories.intake import coming_back, messages, retention, take_down_requests
from stories.models import Event, Force, Story, Submission
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, 50, 17, tzinfo=UTC)
# What has to end by the minute, for as long as it lasts.
LASTS = {
    ("moderation_claim", "expires_at"): "a claim, while somebody works",
    ("stories_sealedtext", "sends_at"): "a message, while it can be taken back",
    ("stories_onitsway", "sends_at"): "a decision, while it can be taken back",
}
# Which stories an answer or a letter is about: moderators and coordinators tie the two, and no contributor's deed does.
COUNTED = {"stories_response_stories", "stories_letter_stories"}


@pytest.fixture
def clock(clock, db):
    """Stands at noon of a Tuesday, on a site that was set up in that month."""
    clock.move_to(NOON.isoformat())
    releases.renew_security_contact()
    return clock


def test_two_days_of_one_week_leave_the_same_dates(clock):
    tuesday = factories.submission_at("received")
    clock.shift(timedelta(days=2))
    thursday = factories.submission_at("received")

    assert (tuesday.week, tuesday.erase_on) == (thursday.week, thursday.erase_on)


def test_claim_and_opening_a_minute_later_say_nothing_of_who_wrote_between(clock, alice):
    mine = factories.submission_at("received")
    clock.shift(5 * 60)
    claims.take_claim(mine, by=alice)
    theirs = factories.submission_at("received")
    clock.shift(60)
    reading.read_account(mine, vault=factories.open_vault(alice))

    found = [each for each in pinned(_tables()) if each[:2] not in LASTS]

    # They would be told by `claim 12:55 · receive — · open 12:56`, read in the order of the rows.
    assert Event.objects.filter(submission=theirs).count() == 1
    assert found == []


def test_no_row_and_no_two_rows_of_a_filled_database_tell_an_hour(clock, alice, bob, charlie):
    _work_a_day(clock, alice, bob, charlie)
    # But for a claim and what is on its way, while they last.
    assert {each[:2] for each in pinned(_tables())} == set(LASTS)
    # The evening and the night: claims end, messages leave, and the clock runs.
    clock.shift(16 * 3600)
    retention.run_retention(today=lifecycle.today())

    tables = _tables()

    assert {name for name, rows in tables.items() if rows.tied} >= {
        *("stories_submission", "stories_event", "stories_sealedtext", "stories_story", "stories_takedownrequest"),
        *("moderation_workingcopy", "moderation_agreement", "moderation_pendinglogentry"),
        *("moderation_putback", "moderation_releasewish", "moderation_aside"),
    }
    assert pinned(tables) == []
    # A minute that somebody wrote among words wouldn't be missed.
    item = Submission.objects.first().pk.hex[:12]
    LogEntry.objects.create(deed="claim 12:55", item=item, day=NOON.date())
    assert {each[:2] for each in pinned(_tables())} == {("moderation_pendinglogentry", "deed")}


def test_no_column_of_any_table_orders_what_was_done_to_different_submissions(clock, alice, bob):
    """Deeds by turns, in an order of chance; of ten rows an order by chance is this one once in 3.6 million times."""
    steps, submissions = _Steps(), []
    for _ in range(12):
        submissions.append(factories.submission_at("received"))
        steps.note()
    for deed in (
        lambda submission: claims.take_claim(submission, by=alice),
        lambda submission: _write(submission, "I remembered something."),
        lambda submission: conflict_of_interest.skip_account(submission, by=bob),
        lambda submission: factories.put_forward(factories.unfold(submission, by=alice), by=alice),
        lambda submission: _ask_to_release(submission, by=alice),
    ):
        for submission in random.sample(submissions, 12):
            deed(submission)
            steps.note()

    checked = {table for table, *_rest in steps.columns()}

    assert checked >= {"stories_submission", "stories_event", "stories_sealedtext", "moderation_claim"}
    assert checked >= {"moderation_workingcopy", "moderation_aside", "moderation_releasewish", "moderation_agreement"}
    assert [(table, column) for table, column, is_order in steps.columns() if is_order] == []


def test_every_row_that_belongs_to_a_submission_has_a_key_by_chance():
    counted = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if _leads_to_a_submission(model) and isinstance(model._meta.pk, models.AutoField)
        if not model._meta.pk.has_default()
    }

    assert counted == COUNTED


def test_log_in_that_ended_goes_with_the_hour(alice):
    """It says when somebody was last at work; a log-in is kept while it lasts."""
    factories.client_of(alice)
    factories.client_of(alice)
    over, lasts = Session.objects.all()
    Session.objects.filter(pk=over.pk).update(expire_date=timezone.now() - timedelta(seconds=1))

    retention.run_retention()

    assert Session.objects.get() == lasts


def _work_a_day(clock, alice, bob, charlie):
    """Every deed of the room that leaves a row, with contributors' deeds between, a minute after each other."""
    carol = factories.person("carol", COORDINATORS)
    audit_log.log_deed(audit_log.UNLOCK, ModeratorKey.objects.get(moderator=alice), by=alice)
    audit_log.log_deed("end sessions", alice, by=carol)
    rows = [factories.submission_at("received") for _ in range(5)]
    for row in rows:
        clock.shift(60)
        claims.take_claim(row, by=alice)
        _write(row, f"And then {row.pk.hex[:6]} rang.")
        clock.shift(60)
        reading.read_account(row, vault=factories.open_vault(alice))
        working_copies.keep_version(row, factories.FIELDS, by=alice, after=0, left={}, window="a-window-of-alic.1")
        audit_log.log_deed("end sessions", alice, by=carol)
    decisions.send_message(rows[0], "We read it.", by=alice)
    decisions.ask_contributor(rows[1], "Which year was it?", by=alice)
    decisions.decline_account(rows[2], reason="not-an-account", by=alice, note="It is no account.")
    decisions.hold_account(rows[3], look_again_on=lifecycle.today() + timedelta(days=30), by=alice)
    decisions.release_hold(rows[3], by=alice)
    decisions.mark_urgent(rows[4], by=bob)
    claims.hand_on(rows[4], by=alice)
    conflict_of_interest.declare_conflict(rows[4], by=bob)
    conflict_of_interest.skip_account(rows[3], by=charlie)
    _publish_and_take_down(clock, alice, bob, carol)
    tray = factories.submission_at("received")
    Submission.objects.filter(pk=tray.pk).update(is_flood=True)
    floods.decline_all([tray.pk], by=bob)
    retention.withdraw_submission(coming_back.open_code(factories.submission_at("received").code))
    claims.take_claim(factories.submission_at("received"), by=bob)


def _publish_and_take_down(clock, alice, bob, carol):
    for _ in range(3):
        clock.shift(60)
        factories.submission_at("agreed", first="alice", second="bob")
    publishing.publish_batch()
    story, other, *_rest = Story.live.all()
    _write(Submission.objects.get(pk=story.submission_id), "Thank you for this.")
    asked = take_down_requests.Asked(story, "other", "Please look.")
    publishing.settle_request(take_down_requests.ask_to_take_down(asked, request_id=uuid.uuid4()), by=alice)
    objections.record_objection(other, Force.objects.get(pk="kent"), "force-law", "We object.", by=carol)
    publishing.take_down(other, by=alice)
    publishing.put_back(other, vault=factories.open_vault(alice))
    _write(Submission.objects.get(pk=other.submission_id), "What became of it?")


def _write(submission, words):
    messages.take_message(Submission.objects.get(pk=submission.pk), words)


def _ask_to_release(submission, *, by):
    lifecycle.advance(submission, "hold", by=by)
    decisions.release_hold(submission, by=by)


class _Steps:
    """Which rows of a submission came at which step, with the values that they had then."""

    def __init__(self):
        self.seen, self.rows, self.step = set(), defaultdict(list), 0

    def note(self):
        """Look for what is new; call it after each deed."""
        self.step += 1
        for table, rows in _tables(_OURS).items():
            for row in rows.tied:
                key = (table, row[_keys()[table]])
                if key not in self.seen:
                    self.seen.add(key)
                    self.rows[table].append((self.step, row))

    def columns(self):
        """Each column of each table that got rows at ten steps at least, and whether it tells their order."""
        for table, rows in self.rows.items():
            if len({step for step, _row in rows}) < 10:
                continue
            for column in rows[0][1]:
                told = [(row[column], step) for step, row in rows]
                values = [value for value, _step in told]
                if len({str(value) for value in values}) < len(values) or None in values:
                    continue
                steps = [step for _value, step in sorted(told, key=lambda each: each[0])]
                yield table, column, steps in (sorted(steps), sorted(steps, reverse=True))


_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)|(?<![\d:])((?:[01]\d|2[0-3]):[0-5]\d)(?![\d:])")


class _Rows(list):
    """The rows of a table as dictionaries; `tied` are those that belong to a submission."""

    def __init__(self, rows):
        super().__init__(rows)
        self.tied = []


def pinned(tables):
    """What tells the hour of something that belongs to a submission: (table, column, what it says)."""
    found = []
    for name, rows in tables.items():
        found += [(name, column, told) for row in rows.tied for column, told in _minutes(row)]
        found += [(name, column, told) for column, told in _squeezed(rows)]
    return found


def _minutes(row):
    """Every value of the row that is finer than a day."""
    for column, value in row.items():
        if isinstance(value, bytes | memoryview):
            # Sealed, but for what is none: words in a box would stand there in the clear.
            value = bytes(value).decode("latin-1") if b"20" in bytes(value) else ""
            value = " ".join(match[0] for match in _TIME.finditer(value) if match[1])
        is_number = isinstance(value, int | float) and column not in ("id", "number")
        if is_number and any(abs(value / scale - NOON.timestamp()) < 200_000 for scale in (1, 1e3, 1e6)):
            yield column, value
        for match in _TIME.finditer("" if is_number else str(value)):
            if (match[2] or match[3]) != "00:00":
                yield column, match[0]


def _squeezed(rows):
    """Each row of a submission that a counter puts between two minutes which aren't an hour apart."""
    for column in rows[0] if rows.tied else ():
        if not all(type(row[column]) is int for row in rows) or len({row[column] for row in rows}) < len(rows):
            continue
        ordered = sorted(rows, key=lambda row: row[column])
        times = [_time_of(row) for row in ordered]
        for place, row in enumerate(ordered):
            before = next((at for at in reversed(times[:place]) if at), None)
            after = next((at for at in times[place + 1 :] if at), None)
            if row in rows.tied and not times[place] and before and after and abs(after - before) <= timedelta(hours=1):
                yield column, (before, after)


def _time_of(row):
    for _column, told in _minutes(row):
        if isinstance(told, str) and len(told) > 5:
            return datetime.fromisoformat(told[:16].replace(" ", "T"))
    return None


# Where deeds leave rows; to read all that Wagtail keeps after each deed would take minutes.
_OURS = re.compile("stories_|moderation_|wagtailcore_(model|page)logentry")


def _tables(wanted=re.compile("")):
    """Every row of every table, and which of them belong to a submission, by foreign keys or by naming it."""
    tables = {}
    with connection.cursor() as cursor:
        for name in filter(wanted.match, connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            columns = [column[0] for column in cursor.description]
            tables[name] = _Rows([dict(zip(columns, row, strict=True)) for row in cursor.fetchall()])
    _tie(tables)
    return tables


def _tie(tables):
    """Go from the submissions to whatever points at them, and on from there."""
    keys = _keys()
    points = defaultdict(list)
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if field.remote_field and isinstance(field, models.ForeignKey):
                points[model._meta.db_table].append((field.column, field.remote_field.model._meta.db_table))
    tied = {("stories_submission", _plain(row["id"])) for row in tables["stories_submission"]}
    names = {name for _table, pk in tied for name in (pk, pk[:12])}
    before = -1
    while len(tied) != before:
        before = len(tied)
        for table, rows in tables.items():
            for row in rows:
                leads = any((target, _plain(row.get(column))) in tied for column, target in points[table])
                if (leads or any(_names(value, names) for value in row.values())) and table in keys:
                    tied.add((table, _plain(row.get(keys[table]))))
                    if "slug" in row and table == "stories_story":
                        names |= {row["slug"], _plain(row["id"])}
    for table, rows in tables.items():
        rows.tied = [row for row in rows if table in keys and (table, _plain(row.get(keys[table]))) in tied]


def _keys():
    """The key's column of each table that has a model."""
    return {model._meta.db_table: model._meta.pk.column for model in apps.get_models(include_auto_created=True)}


def _plain(value):
    return str(value).replace("-", "")


def _names(value, names):
    return isinstance(value, str) and any(name in value.replace("-", "") for name in names)


def _leads_to_a_submission(model, seen=()):
    if model is Submission:
        return True
    targets = [field.remote_field.model for field in model._meta.concrete_fields if field.remote_field]
    return any(_leads_to_a_submission(each, (*seen, model)) for each in targets if each not in (*seen, model))
