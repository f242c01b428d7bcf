"""What the triggers of stories and of responses are made of: a document that fits its row, and two good yeses."""

from collections.abc import Collection, Mapping
from typing import NamedTuple


class Fence(NamedTuple):
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
