"""What a story's objections hold: the force only while the story shows that same force, and words while it is there."""

from typing import Any

from stories.models import Objection, Story

# What a row holds of a force's words once they are erased.
NOTHING: dict[str, Any] = {"box": b"", "erase_on": None, "queue_epoch": None}


def follow(story: Story) -> None:
    """Take out of the story's objections each force that it doesn't show; their boxes go on saying it."""
    Objection.objects.filter(story=story).exclude(force=story.force_id).update(force=None)


def erase(story: Story) -> None:
    """Empty the boxes of a story that is gone for good; that a force objected, its clock and what came of it stay."""
    follow(story)
    Objection.objects.filter(story=story).update(**NOTHING)
