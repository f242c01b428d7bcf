"""The demo's sessions for trainers: the drafts of a new site, with passages of the demo's invented stories."""

import json
from pathlib import Path
from typing import Any

from campaign.models import LearningPage
from stories.models import Story

_PASSAGES = json.loads((Path(__file__).parent / "data" / "learning.json").read_text())
EXAMPLE = "<p>This session is an example. The stories that it quotes are invented.</p>"


def publish() -> int:
    """Put the passages in and publish each session as its editor would; returns how many."""
    for slug, quoted in _PASSAGES.items():
        session = LearningPage.objects.get(slug=slug)
        session.notes.insert(0, ("notice", _rich(session, EXAMPLE)))
        for field in ("passages", "good"):
            getattr(session, field).extend(("training_quote", _value(*each)) for each in quoted[field])
        session.full_clean()
        session.save_revision(log_action=True).publish()
    return len(_PASSAGES)


def _rich(session: LearningPage, words: str) -> Any:
    return session.notes.stream_block.child_blocks["notice"].to_python(words)


def _value(title: str, passage: str) -> dict[str, str]:
    return {"story": Story.live.get(title=title).slug, "passage": passage}
