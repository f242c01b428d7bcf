"""Triggers for forces' objections: none is settled but as somebody chose before, and by a second person."""

from moderation.triggers import Trigger

_TABLE = "stories_objection"
_SAME_OBJECTION = " AND ".join(
    [
        *(f"NEW.{name} = OLD.{name}" for name in ("id", "story_id", "ground", "week", "written_down_by_id")),
        # It is emptied where the story doesn't show that force any more, and never filled.
        "(NEW.force_id IS NULL OR NEW.force_id = OLD.force_id)",
    ]
)
_OPEN = "NEW.outcome = '' AND NEW.second_by_id IS NULL AND NEW.settled_month IS NULL AND NOT NEW.is_standing"
_NO_LOOK = "{row}.first_outcome = '' AND {row}.reason = '' AND {row}.first_by_id IS NULL"
_WHOLE_LOOK = "NEW.first_outcome <> '' AND NEW.reason <> '' AND NEW.first_by_id IS NOT NULL"
_SAME_LOOK = (
    "NEW.first_outcome = OLD.first_outcome AND NEW.reason = OLD.reason"
    " AND COALESCE(NEW.first_by_id, 0) = COALESCE(OLD.first_by_id, 0)"
)
_NEW_NO_LOOK, _OLD_NO_LOOK = _NO_LOOK.format(row="NEW"), _NO_LOOK.format(row="OLD")
# A first look is taken or sent back, and never another's put in its place at one stroke.
_WAITS = f"{_OPEN} AND (({_SAME_LOOK}) OR ({_NEW_NO_LOOK}) OR ({_OLD_NO_LOOK} AND {_WHOLE_LOOK}))"
_SETTLES = (
    f"{_WHOLE_LOOK} AND {_SAME_LOOK} AND NEW.outcome = OLD.first_outcome AND NEW.second_by_id <> OLD.first_by_id"
    " AND NEW.settled_month IS NOT NULL AND NEW.is_standing = (NEW.outcome = 'withheld')"
)
# What is sealed is sealed anew with the team's key, and goes in the end; a story that is put back ends the standing.
_STAYS_SETTLED = (
    f"{_SAME_LOOK} AND NEW.outcome = OLD.outcome AND NEW.second_by_id = OLD.second_by_id"
    " AND NEW.settled_month = OLD.settled_month AND (OLD.is_standing OR NOT NEW.is_standing)"
    " AND NEW.due_on IS NULL AND (NEW.erase_on IS NULL OR NEW.erase_on = OLD.erase_on)"
)
_CHANGED = (
    f"{_SAME_OBJECTION}"
    f" AND ((OLD.outcome = '' AND (({_WAITS}) OR ({_SETTLES}))) OR (OLD.outcome <> '' AND {_STAYS_SETTLED}))"
)
FENCES = [
    Trigger("objection_insert", _TABLE, "INSERT", f"({_OPEN} AND {_NEW_NO_LOOK})", "not settled by two"),
    Trigger("objection_update", _TABLE, "UPDATE", f"({_CHANGED})", "not settled by two"),
]
