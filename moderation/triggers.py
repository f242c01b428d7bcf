"""Triggers in the database itself: no row of a story can hold words that two people did not agree on.

Python's checks can be walked round (`bulk_create`, `update`, `loaddata`, a shell); these can't, and are created again
after every migration. A story is bound to its own submission's agreements, so that another's agreed words don't fit
it; once its submission is erased the agreements are gone, and only what doesn't touch the words can still change. No
row of a story is ever deleted: its words go, and its address stays to say so. Releases of figures are only added to.
"""

from typing import NamedTuple

from django.db import connections

from stories.core.agreed_text import FIELDS, LEFT_OUT_WHEN_EMPTY, TEXT_COLUMNS


class Trigger(NamedTuple):
    """A trigger before `event` on `table`; what isn't `good` is refused."""

    name: str
    table: str
    event: str
    good: str
    message: str


def _fits_its_digest(vendor: str) -> str:
    """Say in SQL that the columns equal the agreed document, and that it carries its digest."""
    if vendor == "sqlite":
        # SHA256 is Django's own function: a connection without it can't write such a row at all.
        sha = "SHA256(NEW.salt || char(10) || NEW.agreed)"
        says = "json_extract(CASE WHEN json_valid(NEW.agreed) THEN NEW.agreed ELSE '{{}}' END, '$.{name}')"
    else:
        sha = "encode(sha256(convert_to(NEW.salt || chr(10) || NEW.agreed, 'UTF8')), 'hex')"
        says = "(NULLIF(NEW.agreed, '')::json ->> '{name}')"
    named = {name: says.format(name=name) for name in _COLUMNS}
    named |= {name: f"COALESCE({named[name]}, '')" for name in LEFT_OUT_WHEN_EMPTY}
    parts = [f"{words} = {_COLUMNS[name]}" for name, words in named.items()]
    return " AND ".join(["NEW.agreed <> ''", f"NEW.digest = {sha}", *parts])


# The two people whom the row names said yes, each in their place, to one of its own versions, and that nobody is in
# danger.
_TWO_YESES = (
    "EXISTS (SELECT 1 FROM moderation_workingcopy AS version"
    " JOIN moderation_agreement AS first_yes ON first_yes.working_copy_id = version.sealed_id"
    " JOIN moderation_agreement AS second_yes ON second_yes.working_copy_id = version.sealed_id"
    " WHERE version.submission_id = NEW.submission_id AND version.digest = NEW.digest"
    " AND first_yes.place = 'first' AND first_yes.by_id = NEW.first_reader_id"
    " AND second_yes.place = 'second' AND second_yes.by_id = NEW.second_reader_id"
    " AND first_yes.digest = NEW.digest AND second_yes.digest = NEW.digest"
    " AND first_yes.no_danger AND second_yes.no_danger)"
)


# A yes is to its version's digest: the first from its writer, the second from who wrote none.
_OF_VERSION = "(SELECT {} FROM moderation_workingcopy WHERE sealed_id = NEW.working_copy_id)"
_OWN_WORDS = (
    "EXISTS (SELECT 1 FROM moderation_workingcopy AS mine JOIN moderation_workingcopy AS agreed"
    " ON mine.submission_id = agreed.submission_id"
    " WHERE agreed.sealed_id = NEW.working_copy_id AND mine.written_by_id = NEW.by_id)"
)
_GOOD_AGREEMENT = (
    f"NEW.digest = {_OF_VERSION.format('digest')} AND (NEW.place = 'first' OR NEW.place = 'second')"
    f" AND (NEW.place = 'second' OR NEW.by_id = {_OF_VERSION.format('written_by_id')})"
    f" AND (NEW.place = 'first' OR NOT {_OWN_WORDS}) AND NEW.no_danger"
)

SAME_WORDS = (
    "NEW.digest = OLD.digest AND NEW.salt = OLD.salt"
    " AND NEW.first_reader_id = OLD.first_reader_id AND NEW.second_reader_id = OLD.second_reader_id"
)
NEVER = "1 = 0"

# How each public column stands in the canonical document, where everything is text.
_COLUMNS = {
    **{name: f"NEW.{name}" for name in FIELDS},
    "force": "COALESCE(NEW.force_id, '')",
    "outcome": "COALESCE(NEW.outcome_id, '')",
    "year": "COALESCE(CAST(NEW.year AS TEXT), '')",
}
_WORDS = (*TEXT_COLUMNS, "agreed", "salt", "digest")
_REMOVED = " AND ".join(
    [
        "NEW.status = 'removed'",
        *(f"NEW.{name} = ''" for name in _WORDS),
        *(f"NEW.{name} IS NULL" for name in ("force_id", "outcome_id", "year")),
    ]
)
# A story is given its place once, and is public from then on: not while its contributor wrote what nobody has opened.
_ALL_IS_READ = (
    "NOT EXISTS (SELECT 1 FROM stories_submission"
    " WHERE id = NEW.submission_id AND (unopened_since IS NOT NULL OR status <> 'agreed'))"
)
_WENT_OUT_WITH_TWO = f"(NEW.sequence IS NULL OR OLD.sequence IS NOT NULL OR ({_TWO_YESES} AND {_ALL_IS_READ}))"
# One that was public comes back only where a row can tell of no danger; what is sealed, `put_back` opens.
_COMES_BACK_CALM = (
    "(OLD.sequence IS NULL OR OLD.status = 'live' OR NEW.status <> 'live' OR NOT EXISTS ("
    "SELECT 1 FROM stories_submission WHERE id = NEW.submission_id AND (unopened_since IS NOT NULL OR is_urgent)))"
)
# The address could carry words too, and a story under another submission would outlive its withdrawal.
_SAME_STORY = "NEW.id = OLD.id AND NEW.slug = OLD.slug AND NEW.submission_id = OLD.submission_id"
_RELEASES = "stories_releasedanswers"
_NEWEST_RELEASE = 'NOT EXISTS (SELECT 1 FROM stories_releasedanswers WHERE "release" >= NEW."release")'


def create_triggers(using: str = "default", **kwargs: object) -> None:
    """Put every trigger in place in the database `using`; safe to call again."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if not {"moderation_agreement", "stories_story"} <= tables:
        return
    with connection.cursor() as cursor:
        for trigger in _triggers(connection.vendor):
            for statement in _STATEMENTS[connection.vendor] if trigger.table in tables else ():
                cursor.execute(statement.format(**trigger._asdict()))


def _triggers(vendor: str) -> list[Trigger]:
    fits = _fits_its_digest(vendor)
    words = f"({fits}) AND (({SAME_WORDS}) OR {_TWO_YESES}) AND {_WENT_OUT_WITH_TWO} AND {_COMES_BACK_CALM}"
    changed = f"({_SAME_STORY}) AND (({_REMOVED}) OR ({words}))"
    return [
        Trigger("story_insert", "stories_story", "INSERT", f"({fits}) AND {_TWO_YESES}", "not agreed"),
        Trigger("story_update", "stories_story", "UPDATE", changed, "not agreed"),
        # Its words go, and its row stays: else what was said of it alone would look as if it was said of everything.
        Trigger("story_delete", "stories_story", "DELETE", NEVER, "a story is removed, and never deleted"),
        Trigger("agreement_insert", "moderation_agreement", "INSERT", _GOOD_AGREEMENT, "not theirs to agree"),
        Trigger("agreement_update", "moderation_agreement", "UPDATE", NEVER, "agreements are never changed"),
        Trigger("version_update", "moderation_workingcopy", "UPDATE", NEVER, "versions are never changed"),
        Trigger("released_insert", _RELEASES, "INSERT", _NEWEST_RELEASE, "releases only go forward"),
        Trigger("released_update", _RELEASES, "UPDATE", NEVER, "a release is never changed"),
        Trigger("released_delete", _RELEASES, "DELETE", NEVER, "a release is never deleted"),
    ]


_STATEMENTS = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS heard_{name}",
        # What comes out as NULL isn't known to be good, and so is refused too.
        "CREATE TRIGGER heard_{name} BEFORE {event} ON {table} WHEN NOT COALESCE({good}, 0)"
        " BEGIN SELECT RAISE(ABORT, '{message}'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION heard_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF NOT COALESCE({good}, false) THEN"
        " RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
        "DROP TRIGGER IF EXISTS heard_{name} ON {table}",
        "CREATE TRIGGER heard_{name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION heard_{name}()",
    ),
}
