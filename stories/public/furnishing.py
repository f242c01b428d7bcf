"""What the stories give every edition, and what begins a new one without being asked."""

from typing import Any

from django.db.models.signals import post_delete, post_migrate, post_save

from stories.models import AnswerWords, ContentNote, Force, Outcome, Response, Theme
from stories.public import edition, facet_index, named_lists, transparency


def furnish(app: Any) -> None:
    """Call it once, while the stories app gets ready: in the admin's process too, because that one publishes."""
    edition.furnish("taxonomies", named_lists.make)
    edition.furnish(facet_index.NAME, facet_index.make)
    edition.furnish("transparency", transparency.make)
    # Another release may make other things, and a migration may change what they are made from.
    post_migrate.connect(edition.start_over, sender=app, dispatch_uid="edition-after-migration")
    for model in (AnswerWords, Force, Outcome, Theme, ContentNote, Response):
        post_save.connect(_start_over, sender=model, dispatch_uid=f"edition-after-{model.__name__}-saved")
        post_delete.connect(_start_over, sender=model, dispatch_uid=f"edition-after-{model.__name__}-deleted")


def _start_over(sender: Any, using: str, **kwargs: Any) -> None:
    edition.start_over(using)
