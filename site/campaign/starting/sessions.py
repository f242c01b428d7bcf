"""The sessions for trainers that a new site begins with: in our words, and drafts until stories are quoted in them."""

import json
from typing import Any

from campaign import starting
from campaign.models import LearningIndexPage, LearningPage

# The fields that are kept as they stand in the file.
_AS_WRITTEN = ("slug", "title", "seo_title", "search_description", "aim", "for_whom")


def lay(index: LearningIndexPage) -> None:
    """Make each as a draft below the list: a session needs passages, and a new site has no story."""
    for words in starting.read("learning"):
        session = LearningPage(**{name: words[name] for name in _AS_WRITTEN}, **_streams(words), live=False)
        index.add_child(instance=session)
        session.save_revision(log_action=True)


def _streams(words: dict[str, Any]) -> dict[str, str]:
    pairs = [{"instead_of": instead, "say": say} for instead, say in words["wording"]]
    streams = {
        "plan": _blocks("step", words["plan"]),
        "notes": words["notes"],
        "passages": [],
        "questions": _blocks("question", words["questions"]),
        "figure": _blocks("figure", [{"figure": words["figure"]}]),
        "good": _blocks("text", [words["good"]]),
        "wording": _blocks("words", pairs),
    }
    return {name: json.dumps(blocks) for name, blocks in streams.items()}


def _blocks(kind: str, values: list[Any]) -> list[dict[str, Any]]:
    return [{"type": kind, "value": value} for value in values]
