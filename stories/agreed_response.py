"""The one document that two people agree on as what a force said, named by a digest as a story's is."""

import json
from collections.abc import Mapping

from stories import agreed_text

# The public columns of a response, each as text; "stories" holds the slugs of those that it answers.
FIELDS = (
    "force",
    "kind",
    "words",
    "context",
    "about_year",
    "month",
    "source",
    "source_url",
    "owner",
    "due_on",
    "evidence_url",
    "stories",
    "ask",
)
# What of it somebody could have written anything in; the rest comes from lists and calendars.
WORDS = ("words", "context", "source", "source_url", "owner", "evidence_url")
EMPTY = dict.fromkeys(FIELDS, "")


def canonical(fields: Mapping[str, str]) -> str:
    """Return the document: JSON of every public field, in one order, so that equal words are equal strings."""
    return agreed_text.document(fields, FIELDS)


def stories_in(document: str) -> str:
    """Return the slugs that a document names, in order with a blank between; none of what is no document."""
    try:
        said = json.loads(document)
    except ValueError:
        return ""
    return str(said.get("stories", "")) if isinstance(said, dict) else ""
