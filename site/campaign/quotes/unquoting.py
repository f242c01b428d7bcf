"""Take passages that a story no longer has out of the pages and asks that quote it, of all their versions and previews.

Nothing of them is shown by then. But what was erased or corrected is gone everywhere, and a version of a page is kept
for years.
"""

import json
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.signals import post_save
from wagtail.admin.models import FormState
from wagtail.models import Revision, get_page_models

from campaign.models import Ask
from campaign.quotes import story_quotes
from stories.models import Story


def connect_receivers() -> None:
    """Connect the signal."""
    post_save.connect(_after_a_story, sender=Story, dispatch_uid="campaign.quotes.unquoting")


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
    instance: Story, *, created: bool, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    """Look at the pages where words may have gone: nobody quotes a story that has just been made."""
    if not created and (update_fields is None or "text" in update_fields):
        empty_passages(instance)


def _holding(rows: QuerySet[Any], name: str, slug: str) -> Any:
    return rows.annotate(as_text=Cast(name, TextField())).filter(as_text__contains=slug)


def _within_json(value: Any, story: Story) -> Any:
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
