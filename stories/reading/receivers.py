"""The builders that the stories give every edition, and what begins a new one without being asked."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.apps import AppConfig
from django.db import DatabaseError
from django.db.models import F
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save, pre_delete

from stories.core import named_lists, snapshot
from stories.figures import charts, transparency
from stories.models import ContentNote, Demand, Edition, Force, Letter, Outcome, Response, Story, Theme
from stories.reading import marked_sets, responses
from stories.reading.export import package
from stories.reading.search import store

_is_unseen: ContextVar[bool] = ContextVar("is_unseen", default=False)


def register_builders(app: AppConfig) -> None:
    """Call it once, while the stories app gets ready: in the admin's process too, because that one publishes."""
    snapshot.register_builder("taxonomies", named_lists.build_named_lists, hangs_on_stories=False)
    snapshot.register_follower(marked_sets.follow_noted)
    snapshot.register_builder("responses", responses.build_responses)
    snapshot.register_builder("transparency", transparency.build_transparency, hangs_on_stories=False)
    snapshot.register_builder("answers", charts.make_newest_release, hangs_on_stories=False)
    snapshot.register_builder("quarters", package.make_quarters, hangs_on_stories=False)
    for change in (post_save, post_delete):
        change.connect(marked_sets.note_story, sender=Story, dispatch_uid="sets-note-story")
    post_save.connect(store.follow_story, sender=Story, dispatch_uid="search-follows-story")
    post_delete.connect(store.forget_story, sender=Story, dispatch_uid="search-forgets-story")
    post_migrate.connect(store.create_search, sender=app, dispatch_uid="search-after-migration")
    # Another release may make other things, and a migration may change what they are made from.
    post_migrate.connect(_start_over_and_count, sender=app, dispatch_uid="edition-after-migration")
    for model in (Force, Outcome, Theme, ContentNote, Demand, Response, Letter):
        post_save.connect(_start_over, sender=model, dispatch_uid=f"edition-after-{model.__name__}-saved")
        post_delete.connect(_start_over, sender=model, dispatch_uid=f"edition-after-{model.__name__}-deleted")
    m2m_changed.connect(follow_answers, sender=Response.stories.through, dispatch_uid="stories-follow-responses")
    pre_delete.connect(_part_from_stories, sender=Response, dispatch_uid="stories-part-from-response")
    for through in (Response.stories.through, Letter.stories.through):
        m2m_changed.connect(_start_over, sender=through, dispatch_uid=f"edition-after-{through.__name__}")


@contextmanager
def without_receivers() -> Iterator[None]:
    """Begin no edition for what happens until the end: no page shows it, and anybody can see when one began."""
    token = _is_unseen.set(True)
    try:
        yield
    finally:
        _is_unseen.reset(token)


def _start_over(sender: object, using: str, **kwargs: object) -> None:
    if not _is_unseen.get():
        # A story is also sorted by the region of its force.
        snapshot.start_over(using, recount=sender is Force)


def _start_over_and_count(using: str, **kwargs: object) -> None:
    snapshot.start_over(using, recount=True)
    # Of the tables of another release nothing is counted: the first reader does it.
    with suppress(DatabaseError, Edition.DoesNotExist):
        marked_sets.count_all(using)


def refresh_answered(stories: Collection[UUID]) -> None:
    """Have these stories say whether they are answered, as the responses stand now; search follows each."""
    if not stories:
        return
    answers = Response.public.filter(stories__in=stories, force=F("stories__force"))
    found = set(answers.values_list("stories", flat=True))
    for story in Story.objects.select_for_update().filter(pk__in=stories):
        if story.is_answered != (story.pk in found):
            story.is_answered = story.pk in found
            story.save(update_fields=["is_answered"])


def follow_answers(
    sender: object, instance: Any, action: str, reverse: bool, pk_set: set[UUID] | None, **kwargs: object
) -> None:
    """The same where a response is joined to stories or parted from them: for Django's signal `m2m_changed`."""
    if action == "pre_clear":
        instance._parted = set() if reverse else set(instance.stories.values_list("pk", flat=True))
    elif action in ("post_add", "post_remove", "post_clear"):
        parted = getattr(instance, "_parted", set()) if action == "post_clear" else pk_set
        refresh_answered([instance.pk] if reverse else parted or [])


def _part_from_stories(sender: object, instance: Response, **kwargs: object) -> None:
    """A response that is deleted answers nothing: called before it goes."""
    instance.stories.clear()
