"""Begin a new edition with each change of what the editors keep that a reader could notice."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move
from wagtail.signals import published as is_published
from wagtail.signals import unpublished as is_unpublished

from stories.core import snapshot

_held_back: ContextVar[bool] = ContextVar("held_back", default=False)


def connect_receivers() -> None:
    """Connect the signals.

    A page's save is not among them, nor an ask's: drafts are saved as somebody types, and no reader sees those. A
    changed slug comes with `page_published`, a move with a signal of its own.
    """
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(begin_edition, dispatch_uid="campaign.receivers")
    for model in draft_models():
        for change in (is_published, is_unpublished, post_delete):
            change.connect(begin_edition, sender=model, dispatch_uid=f"campaign.receivers.{model.__name__}")
    # Of a deleted page Django tells as its own type and as a Page: once is enough.
    post_delete.connect(begin_edition, sender=Page, dispatch_uid="campaign.receivers")
    for model in live_models():
        for change in (post_save, post_delete):
            change.connect(begin_edition, sender=model, dispatch_uid=f"campaign.receivers.{model.__name__}")


def draft_models() -> tuple[type[Model], ...]:
    """Each table whose rows are drafts until somebody publishes them."""
    from campaign.models import Ask

    return (Ask,)


def live_models() -> tuple[type[Model], ...]:
    """Each table beside the pages whose every save a reader could notice."""
    from campaign.models import Addressee, Brand, Exit, HelpLine, Menu, Offence, Picture

    return (Addressee, Brand, Exit, HelpLine, Menu, Offence, Picture)


def begin_edition(**kwargs: Any) -> None:
    """Begin a new edition, unless `one_edition` will."""
    if not _held_back.get():
        snapshot.invalidate()


@contextmanager
def one_edition() -> Iterator[None]:
    """Many changes, one new edition at their end."""
    token = _held_back.set(True)
    try:
        yield
    finally:
        _held_back.reset(token)
    snapshot.invalidate()
