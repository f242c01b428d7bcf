"""Keeping `Objection.force`: it names the force that objects only while the story itself shows that same force."""

from stories.models import Objection, Story


def follow(story: Story) -> None:
    """Take out of the story's objections each force that it doesn't show; their boxes go on saying it."""
    Objection.objects.filter(story=story).exclude(force=story.force_id).update(force=None)
