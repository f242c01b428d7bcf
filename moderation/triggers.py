"""Triggers in the database itself: no row of a story can hold words that two people did not agree on.

Python's checks can be walked round (`bulk_create`, `update`, `loaddata`, a shell); these can't be
walked round from any of those. They are created again after every migration. Nor is a row of a story ever deleted: its
words go, and its address stays to say so.

A story is bound to its own submission's agreements, so that another story's agreed words don't fit
it either. Once its submission is erased the agreements are gone, and only what doesn't touch the
words can still change. The record of deeds is only added to, as are the releases of figures.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.db import connections

from stories.agreed_text import FIELDS, LEFT_OUT_WHEN_EMPTY


class Trigger(NamedTuple):
    """A trigger before `event` on `table`; what isn't `good` is refused."""

    name: str
    table: str
    event: str
    good: str
    message: str


def fits_its_digest(vendor: str, columns: Mapping[str, str], *, left_out_when_empty: Collection[str] = ()) -> str:
    """Say in SQL that the columns equal the agreed document, and that it carries its digest."""
    if vendor == "sqlite":
        # SHA256 is Django's own function: a connection without it can't write such a row at all.
        sha = "SHA256(NEW.salt || char(10) || NEW.agreed)"
    else:
        sha = "encode(sha256(convert_to(NEW.salt || chr(10) || NEW.agreed, 'UTF8')), 'hex')"
    named = {name: said(vendor, name) for name in columns}
    named |= {name: f"COALESCE({named[name]}, '')" for name in left_out_when_empty}
    parts = [f"{words} = {columns[name]}" for name, words in named.items()]
    return " AND ".join(["NEW.agreed <> ''", f"NEW.digest = {sha}", *parts])


def said(vendor: str, name: str, *, document: str = "NEW.agreed") -> str:
    """Say in SQL what a document holds under a name."""
    if vendor == "sqlite":
        return f"json_extract(CASE WHEN json_valid({document}) THEN {document} ELSE '{{}}' END, '$.{name}')"
    return f"(NULLIF({document}, '')::json ->> '{name}')"


def two_yeses(versions: str, *, key: str, yeses: str, of: str, is_own: str, says: str = "") -> str:
    """Say in SQL that the two people whom the row names said yes, each in their place, to one of its own versions.

    `key` is what the yeses' column `of` names of a version; `is_own` says of `version` that it is of this row.
    `says` is a column that has to be true of both.
    """
    both_say = f" AND first_yes.{says} AND second_yes.{says}" if says else ""
    return (
        f"EXISTS (SELECT 1 FROM {versions} AS version"  # noqa: S608
        f" JOIN {yeses} AS first_yes ON first_yes.{of} = version.{key}"
        f" JOIN {yeses} AS second_yes ON second_yes.{of} = version.{key}"
        f" WHERE {is_own} AND version.digest = NEW.digest"
        " AND first_yes.place = 'first' AND first_yes.by_id = NEW.first_reader_id"
        " AND second_yes.place = 'second' AND second_yes.by_id = NEW.second_reader_id"
        f" AND first_yes.digest = NEW.digest AND second_yes.digest = NEW.digest{both_say})"
    )


def good_yes(versions: str, *, key: str, of: str, thing: str) -> str:
    """Say in SQL that a yes is to its version's own digest: the first from its writer, the second from who wrote none.

    `thing` is the column that versions of one text share.
    """
    the_versions = f"(SELECT {{column}} FROM {versions} WHERE {key} = NEW.{of})"  # noqa: S608
    own_words = (
        f"EXISTS (SELECT 1 FROM {versions} AS mine JOIN {versions} AS agreed ON mine.{thing} = agreed.{thing}"  # noqa: S608
        f" WHERE agreed.{key} = NEW.{of} AND mine.written_by_id = NEW.by_id)"
    )
    return " AND ".join(
        (
            f"NEW.digest = {the_versions.format(column='digest')}",
            "(NEW.place = 'first' OR NEW.place = 'second')",
            f"(NEW.place = 'second' OR NEW.by_id = {the_versions.format(column='written_by_id')})",
            f"(NEW.place = 'first' OR NOT {own_words})",
        )
    )


SAME_WORDS = (
    "NEW.digest = OLD.digest AND NEW.salt = OLD.salt"
    " AND NEW.first_reader_id = OLD.first_reader_id AND NEW.second_reader_id = OLD.second_reader_id"
)
NEVER = "1 = 0"


# --- Stories, agreements, and what is only added to -------------------------------------------

# How each public column stands in the canonical document, where everything is text.
_COLUMNS = {
    **{name: f"NEW.{name}" for name in FIELDS},
    "force": "COALESCE(NEW.force_id, '')",
    "outcome": "COALESCE(NEW.outcome_id, '')",
    "year": "COALESCE(CAST(NEW.year AS TEXT), '')",
}
_WORDS = (
    *("title", "text", "differently", "well", "place_shown", "region", "nation", "themes", "content_notes"),
    *("agreed", "salt", "digest"),
)
_REMOVED = " AND ".join(
    [
        "NEW.status = 'removed'",
        *(f"NEW.{name} = ''" for name in _WORDS),
        *(f"NEW.{name} IS NULL" for name in ("force_id", "outcome_id", "year")),
    ]
)
_COPIES = "moderation_workingcopy"
_TWO_YESES = two_yeses(
    _COPIES,
    key="sealed_id",
    yeses="moderation_agreement",
    of="working_copy_id",
    is_own="version.submission_id = NEW.submission_id",
    says="no_danger",
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
_GOOD_AGREEMENT = good_yes(_COPIES, key="sealed_id", of="working_copy_id", thing="submission_id") + " AND NEW.no_danger"
_NEW_NUMBER = "NOT EXISTS (SELECT 1 FROM moderation_logentry WHERE number = NEW.number)"
_RELEASES = "stories_releasedanswers"
_NEWEST_RELEASE = 'NOT EXISTS (SELECT 1 FROM stories_releasedanswers WHERE "release" >= NEW."release")'


def create_triggers(using: str = "default", **kwargs: Any) -> None:
    """Put every trigger in place in the database `using`; safe to call again."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if not {"moderation_agreement", "stories_story"} <= tables:
        return
    create_one = {"sqlite": _create_on_sqlite, "postgresql": _create_on_postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        for trigger in _triggers(connection.vendor):
            if trigger.table in tables:
                create_one(cursor, trigger)


def _triggers(vendor: str) -> list[Trigger]:
    # Both are made of the parts above.
    from moderation import objection_fences
    from moderation.responses import fences as responses

    fits = fits_its_digest(vendor, _COLUMNS, left_out_when_empty=LEFT_OUT_WHEN_EMPTY)
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
        # `INSERT OR REPLACE` of SQLite takes the old row out without a DELETE.
        Trigger("log_insert", "moderation_logentry", "INSERT", _NEW_NUMBER, "the record is only added to"),
        Trigger("log_update", "moderation_logentry", "UPDATE", NEVER, "the record is never changed"),
        Trigger("log_delete", "moderation_logentry", "DELETE", NEVER, "the record is never deleted"),
        Trigger("released_insert", _RELEASES, "INSERT", _NEWEST_RELEASE, "releases only go forward"),
        Trigger("released_update", _RELEASES, "UPDATE", NEVER, "a release is never changed"),
        Trigger("released_delete", _RELEASES, "DELETE", NEVER, "a release is never deleted"),
        *responses.fences(vendor),
        *objection_fences.FENCES,
    ]


def _create_on_sqlite(cursor: Any, trigger: Trigger) -> None:
    cursor.execute(f"DROP TRIGGER IF EXISTS heard_{trigger.name}")
    # What comes out as NULL isn't known to be good, and so is refused too.
    cursor.execute(
        f"CREATE TRIGGER heard_{trigger.name} BEFORE {trigger.event} ON {trigger.table}"
        f" WHEN NOT COALESCE({trigger.good}, 0)"
        f" BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END"
    )


def _create_on_postgresql(cursor: Any, trigger: Trigger) -> None:
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION heard_{trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF NOT COALESCE({trigger.good}, false) THEN"
        f" RAISE EXCEPTION '{trigger.message}' USING ERRCODE = 'check_violation'; END IF;"
        " RETURN NEW; END $$"
    )
    cursor.execute(f"DROP TRIGGER IF EXISTS heard_{trigger.name} ON {trigger.table}")
    cursor.execute(
        f"CREATE TRIGGER heard_{trigger.name} BEFORE {trigger.event} ON {trigger.table}"
        f" FOR EACH ROW EXECUTE FUNCTION heard_{trigger.name}()"
    )
