"""The pages and asks that quote a story: found by its slug, told of a gap, emptied of what it no longer says."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.models import FormState
from wagtail.fields import StreamField
from wagtail.models import Page, Revision, get_page_models

from campaign import fixed_pages
from campaign.models import Ask
from campaign.quotes import story_quotes
from stories.core import addresses
from stories.core.takedown import Quoting
from stories.models import Story


def quoting_pages(story: Story) -> Iterator[Quoting]:
    """The public pages with the story in them, and those whose newest draft has it."""
    public = _public(story.slug)
    for page in Page.objects.filter(pk__in=public).order_by("title"):
        yield Quoting(page.title, addresses.path_in_language(fixed_pages.address(page)))
    drafts = Page.objects.filter(latest_revision__in=_drafts(story.slug)).exclude(pk__in=public)
    for page in drafts.order_by("draft_title"):
        title = _("%(title)s (a draft)") % {"title": page.draft_title}
        yield Quoting(title, reverse("wagtailadmin_pages:edit", args=[page.pk]), is_public=False)


def quoting_asks(story: Story) -> Iterator[Quoting]:
    """The same of asks, which are no pages."""
    public = _ids_holding(Ask.objects.filter(live=True), story.slug)
    for ask in Ask.objects.filter(pk__in=public):
        yield Quoting(ask.sentence, addresses.path_in_language(ask.get_absolute_url()))
    newest = Revision.objects.filter(pk__in=Ask.objects.values("latest_revision"))
    for ask in Ask.objects.filter(latest_revision__in=_versions(newest, story.slug)).exclude(pk__in=public):
        title = _("%(title)s (a draft)") % {"title": ask.sentence}
        yield Quoting(title, AdminURLFinder().get_edit_url(ask), is_public=False)


def _public(slug: str) -> set[int]:
    """The ids of live pages that hold the slug. It is twelve random characters, so nothing else has it by chance."""
    return {pk for model in get_page_models() for pk in _ids_holding(model.objects.live(), slug)}


def _ids_holding(rows: QuerySet[Any], slug: str) -> list[int]:
    words = [field.name for field in rows.model._meta.concrete_fields if isinstance(field, StreamField | TextField)]
    as_text = {f"{name}_as_text": Cast(name, TextField()) for name in words}
    holds = reduce(or_, (Q(**{f"{name}__icontains": slug}) for name in as_text))
    return list(rows.annotate(**as_text).filter(holds).values_list("pk", flat=True))


def _drafts(slug: str) -> list[int]:
    return _versions(Revision.objects.page_revisions().filter(pk__in=Page.objects.values("latest_revision")), slug)


def _versions(newest: QuerySet[Revision], slug: str) -> list[int]:
    holding = newest.annotate(as_text=Cast("content", TextField())).filter(as_text__icontains=slug)
    return list(holding.values_list("pk", flat=True))


@dataclass(frozen=True)
class Gap:
    """A public page or ask, where it is changed, and how many passages it holds that nobody is shown."""

    title: str
    edit_url: str
    many: int


def quote_gaps() -> list[Gap]:
    """Every public page and ask with such a gap, by title."""
    finder = AdminURLFinder()
    places = (place for model in (*get_page_models(), Ask) for place in _quoting(model))
    found = [Gap(str(place), finder.get_edit_url(place) or "", many) for place in places if (many := gaps_on(place))]
    return sorted(found, key=lambda gap: gap.title)


def gaps_on(page: Page | Ask) -> int:
    """How many passages of it may not be shown now: one query for each use that it makes of stories."""
    asked: dict[str, list[Any]] = {}
    for kind, value in _quotes(page):
        asked.setdefault(story_quotes.BLOCKS[kind], []).append(value)
    return sum(story_quotes.passages_of(values, use=use).count(None) for use, values in asked.items())


def gaps_in_words(many: int) -> str:
    """What an editor reads above the form of such a page."""
    return ngettext(
        "A passage on this page isn’t shown any more: its story was taken down or changed, or its contributor took the "
        "permission back. The page reads on without it. Choose another, or take it out.",
        "%(many)d passages on this page aren’t shown any more: their stories were taken down or changed, or their "
        "contributors took the permission back. The page reads on without them. Choose others, or take them out.",
        many,
    ) % {"many": many}


def _quoting(model: type[Page | Ask]) -> Iterator[Page | Ask]:
    streams = story_quotes.quoting_streams(model)
    if not streams:
        return iter(())
    as_text = {f"{name}_as_text": Cast(name, TextField()) for name in streams}
    holds = reduce(or_, (Q(**{f"{name}__contains": f'"{kind}"'}) for name in as_text for kind in story_quotes.BLOCKS))
    return iter(model._default_manager.filter(live=True).annotate(**as_text).filter(holds))


def _quotes(page: Page | Ask) -> Iterator[tuple[str, object]]:
    for name in story_quotes.quoting_streams(type(page)):
        for block in getattr(page, name):
            if block.block_type in story_quotes.BLOCKS:
                yield block.block_type, block.value


def connect_receivers() -> None:
    """Connect the signal."""
    post_save.connect(_after_a_story, sender=Story, dispatch_uid="campaign.quotes.quoting_pages")


def empty_passages(story: Story) -> None:
    """Empty each passage that isn't in it; the block stays, and tells whoever opens the page what became of it."""
    for model in (*get_page_models(), Ask):
        for name in story_quotes.quoting_streams(model):
            for page in _holding(model.objects.all(), name, story.slug):
                setattr(page, name, json.dumps(_without(list(getattr(page, name).raw_data), story)))
                page.save(clean=False, update_fields=[name])
    for version in _holding(Revision.objects.all(), "content", story.slug):
        content = {name: _within_json(value, story) for name, value in version.content.items()}
        Revision.objects.filter(pk=version.pk).update(content=content)
    FormState.objects.filter(data__contains=story.slug).delete()


def tables() -> list[str]:
    """The tables in which a passage may have stood, for the database to forget what it still holds of them."""
    quoting = [model for model in (*get_page_models(), Ask) if story_quotes.quoting_streams(model)]
    return [model._meta.db_table for model in (*quoting, Revision, FormState)]


def _after_a_story(
    instance: Story, *, created: bool, update_fields: Collection[str] | None = None, **kwargs: object
) -> None:
    """Look at the pages where words may have gone: nobody quotes a story that has just been made."""
    if not created and (update_fields is None or "text" in update_fields):
        empty_passages(instance)


def _holding(rows: QuerySet[Any], name: str, slug: str) -> Any:
    return rows.annotate(as_text=Cast(name, TextField())).filter(as_text__contains=slug)


def _within_json(value: object, story: Story) -> object:
    """A stream of blocks is kept in a version as text; other words may look like one."""
    if not isinstance(value, str) or story.slug not in value:
        return value
    try:
        blocks = json.loads(value)
    except json.JSONDecodeError:
        return value
    return json.dumps(_without(blocks, story)) if isinstance(blocks, list) else value


def _without(blocks: list[Any], story: Story) -> list[Any]:
    return [_emptied(block) if _quotes_more(block, story) else block for block in blocks]


def _quotes_more(block: Any, story: Story) -> bool:
    is_quote = isinstance(block, dict) and block.get("type") in story_quotes.BLOCKS
    value = block.get("value") if is_quote else None
    if not isinstance(value, dict) or value.get("story") != story.slug:
        return False
    return not story_quotes.holds_passage(story, str(value.get("passage") or ""))


def _emptied(block: dict[str, Any]) -> dict[str, Any]:
    return {**block, "value": {**block["value"], "passage": ""}}
