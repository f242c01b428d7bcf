"""Triggers for what forces said: no row holds words, or answers a story, that two people didn't agree on."""

from moderation.triggers import NEVER, SAME_WORDS, Trigger, fits_its_digest, good_yes, said, two_yeses
from stories import agreed_response

_VERSIONS, _YESES = "moderation_responseversion", "moderation_responseyes"
_TWO_YESES = two_yeses(_VERSIONS, key="id", yeses=_YESES, of="version_id", is_own="version.entry_id = NEW.id")
# Its address could carry words too, and its mark at a story's end would follow another id.
_SAME_ROW = "NEW.id = OLD.id AND NEW.slug = OLD.slug"
# What is sealed is sealed anew with the team's key, and goes in the end; the rest of a version stays as it is.
_SAME_VERSION = (
    "NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id AND NEW.number = OLD.number AND NEW.digest = OLD.digest"
    " AND NEW.written_by_id = OLD.written_by_id"
)


def fences(vendor: str) -> list[Trigger]:
    """Every trigger of the tables of responses, for this database."""
    fits = fits_its_digest(vendor, _columns(vendor))
    changed = f"({_SAME_ROW}) AND ({fits}) AND (({SAME_WORDS}) OR {_TWO_YESES})"
    good = good_yes(_VERSIONS, key="id", of="version_id", thing="entry_id")
    answers, of_stories = _answers(vendor), "stories_response_stories"
    return [
        Trigger("response_insert", "stories_response", "INSERT", f"({fits}) AND {_TWO_YESES}", "not agreed"),
        Trigger("response_update", "stories_response", "UPDATE", changed, "not agreed"),
        Trigger("response_story_insert", of_stories, "INSERT", answers, "not agreed"),
        Trigger("response_story_update", of_stories, "UPDATE", answers, "not agreed"),
        Trigger("response_yes_insert", _YESES, "INSERT", good, "not theirs to agree"),
        Trigger("response_yes_update", _YESES, "UPDATE", NEVER, "agreements are never changed"),
        Trigger("response_version_update", _VERSIONS, "UPDATE", _SAME_VERSION, "versions are never changed"),
    ]


def _columns(vendor: str) -> dict[str, str]:
    """How each public column stands in the document, where all is text; its stories have a table of their own."""
    columns = {name: f"NEW.{name}" for name in agreed_response.FIELDS if name != "stories"}
    return columns | {
        "force": "NEW.force_id",
        "about_year": "COALESCE(CAST(NEW.about_year AS TEXT), '')",
        "month": _day(vendor, "NEW.month"),
        "due_on": _day(vendor, "NEW.due_on"),
    }


def _day(vendor: str, column: str) -> str:
    as_text = f"CAST({column} AS TEXT)" if vendor == "sqlite" else f"to_char({column}, 'YYYY-MM-DD')"
    return f"COALESCE({as_text}, '')"


def _answers(vendor: str) -> str:
    """Say in SQL that the agreed document names the story."""
    named = said(vendor, "stories", document="response.agreed")
    return (
        "EXISTS (SELECT 1 FROM stories_response AS response JOIN stories_story AS story ON story.id = NEW.story_id"  # noqa: S608
        f" WHERE response.id = NEW.response_id AND (' ' || {named} || ' ') LIKE ('% ' || story.slug || ' %'))"
    )
