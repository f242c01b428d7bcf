"""The campaign's part of each edition: when a change begins a new one, and what is built for it, as JSON."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields
from datetime import date
from itertools import islice

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    published as is_published,
    unpublished as is_unpublished,
)

from campaign import fixed_pages, models
from campaign.models.settings import ALLOWED_SITES, DEFAULT_SITE
from campaign.quotes import story_quotes
from campaign.quotes.story_quotes import QUOTING
from stories.core import journal, snapshot
from stories.reading.ask_progress import Update
from stories.reading.offences import PublicOffence

# Each table whose rows are drafts until somebody publishes them.
DRAFT_MODELS: tuple[type[Model], ...] = (models.Ask,)
# Each table beside the pages whose every save a reader could notice.
LIVE_MODELS: tuple[type[Model], ...] = (
    *(models.Addressee, models.Brand, models.Exit, models.HelpLine, models.Menu, models.Offence, models.Picture),
)
_held_back: ContextVar[bool] = ContextVar("held_back", default=False)


def connect_receivers() -> None:
    """Connect the signals.

    A page's save is not among them, nor an ask's: drafts are saved as somebody types, and no reader sees those. A
    changed slug comes with `page_published`, a move with a signal of its own.
    """
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(begin_edition, dispatch_uid="campaign.snapshots")
    # Wagtail sends it for a page that is deleted, too.
    page_unpublished.connect(_note_page, dispatch_uid="campaign.journal")
    for model in DRAFT_MODELS:
        for change in (is_published, is_unpublished, post_delete):
            change.connect(begin_edition, sender=model, dispatch_uid=f"campaign.snapshots.{model.__name__}")
    # Of a deleted page Django tells as its own type and as a Page: once is enough.
    post_delete.connect(begin_edition, sender=Page, dispatch_uid="campaign.snapshots")
    for model in LIVE_MODELS:
        for change in (post_save, post_delete):
            change.connect(begin_edition, sender=model, dispatch_uid=f"campaign.snapshots.{model.__name__}")


def begin_edition(**kwargs: object) -> None:
    if not _held_back.get():
        snapshot.invalidate()


def _note_page(instance: Page, **kwargs: object) -> None:
    journal.note_deed("page", instance.pk)


@contextmanager
def one_edition() -> Iterator[None]:
    token = _held_back.set(True)
    try:
        yield
    finally:
        _held_back.reset(token)
    snapshot.invalidate()


def build_furniture() -> dict[str, object]:
    """Everything for the edition, as JSON: addresses and words, and no moment of the day."""
    # Wagtail's own `load` would write a row where there is none, and so begin an edition within this one.
    brand, menu, way_out = (model.objects.first() or model() for model in (models.Brand, models.Menu, models.Exit))
    led_to = Page.objects.live().filter(depth=fixed_pages.FIXED_DEPTH, slug__in=("about", "images-online", "languages"))
    easy = Page.objects.live().filter(depth=fixed_pages.FIXED_DEPTH + 1, url_path__contains=fixed_pages.EASY_READ)
    in_others = models.ContentPage.objects.live().exclude(language="").order_by("path")
    return {
        "brand": brand.for_furniture(),
        "menu": menu.header_links(),
        "footer": menu.footer_links(),
        "help_lines": [line.for_furniture() for line in models.HelpLine.objects.filter(models.HelpLine.seen)],
        # One that isn't on the list any more is led to by nobody.
        "exit_url": way_out.target if way_out.target in dict(ALLOWED_SITES) else DEFAULT_SITE,
        # Pages to which forms and other pages lead; a site that was begun before them may lack one.
        "pages": {(address := fixed_pages.address(page)).strip("/"): address for page in (*led_to, *easy)},
        "languages": [
            {"lang": page.language, "title": page.title, "url": fixed_pages.address(page)} for page in in_others
        ],
    }


def _row_of(kind: type[PublicOffence | Update], source: Model) -> dict[str, object]:
    values = {each.name: getattr(source, each.name) for each in fields(kind)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def build_offences() -> list[dict[str, object]]:
    """Every offence that is shown, as JSON: a draft never leaves the admin."""
    return [_row_of(PublicOffence, offence) for offence in models.Offence.objects.filter(models.Offence.seen)]


def build_asks() -> list[dict[str, object]]:
    """Every public ask, the newest first; one without any update was never asked."""
    found = models.Ask.objects.filter(live=True).select_related("addressee").prefetch_related("updates", "demands")
    rows = [ask_row(ask) for ask in found.order_by("-pk") if ask.updates.all()]
    return sorted(rows, key=lambda each: str(each["since"]), reverse=True)


def ask_row(ask: models.Ask) -> dict[str, object]:
    """One ask in the shape of `stories.reading.ask_progress.PublicAsk`, as JSON."""
    history = ask.history()
    return {
        "slug": ask.slug,
        "sentence": ask.sentence,
        "whom": ask.addressee.name,
        "whom_kind": ask.addressee.kind,
        "force": ask.addressee.force_id or "",
        "state": ask.state,
        "since": history[0].on.isoformat(),
        "due": ask.due.isoformat() if ask.due else None,
        "what_it_took": ask.it_took,
        "updates": [_row_of(Update, each) for each in history],
        "demands": [demand.pk for demand in ask.demands.all()],
    }


def build_actions() -> list[dict[str, object]]:
    found = models.ActionPage.objects.live().select_related("ask").order_by("-state", "path")
    return [
        {
            "ask": page.ask.slug if page.ask else "",
            "title": page.title,
            "path": fixed_pages.address(page),
            "is_open": page.is_open,
            "is_to_a_force": page.is_to_a_force,
            "words": page.intro if page.is_open else page.achieved,
        }
        for page in found
    ]


def build_patterns() -> dict[str, object]:
    """Every public pattern in the editors' order, and the lines that home chooses from: what may be quoted now."""
    home, pages = models.HomePage.objects.live().first(), models.PatternPage.objects.live().order_by("path")
    pages = list(pages.select_related("ask").prefetch_related("themes"))
    streams = [home.voices if home else [], *(page.passages for page in pages)]
    found = iter(
        story_quotes.passages_of(
            [block.value for stream in streams for block in stream], use=QUOTING, using=DEFAULT_DB_ALIAS
        )
    )
    voices, *passages = ([each for each in islice(found, len(stream)) if each] for stream in streams)
    return {
        "patterns": [page.row(shown) for page, shown in zip(pages, passages, strict=True)],
        "voices": [[voice.story.slug, voice.words] for voice in voices],
    }
