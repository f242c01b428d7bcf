"""Keeping `Story.is_answered`: true of a story whose own force, which it shows, answered it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import F

from stories.models import Response, Story


def connect_receivers(stories: Collection[UUID]) -> None:
    """Have these stories say whether they are answered, as the responses stand now; search follows each."""
    if not stories:
        return
    answered = Response.public.filter(stories__in=stories, force=F("stories__force")).values_list("stories", flat=True)
    found = set(answered)
    for story in Story.objects.select_for_update().filter(pk__in=stories):
        if story.is_answered != (story.pk in found):
            story.is_answered = story.pk in found
            story.save(update_fields=["is_answered"])


def follow_links(sender: Any, instance: Any, action: str, reverse: bool, pk_set: Any, **kwargs: Any) -> None:
    """The same where a response is joined to stories or parted from them: for Django's signal `m2m_changed`."""
    if action == "pre_clear":
        instance._parted = set() if reverse else set(instance.stories.values_list("pk", flat=True))
    elif action in ("post_add", "post_remove", "post_clear"):
        parted = getattr(instance, "_parted", set()) if action == "post_clear" else pk_set
        connect_receivers([instance.pk] if reverse else parted or [])


def answered_part(sender: Any, instance: Response, **kwargs: Any) -> None:
    """A response that is deleted answers nothing: called before it goes."""
    instance.stories.clear()
