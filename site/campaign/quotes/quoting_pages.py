"""The pages and asks that quote a story: found by its slug, told of a gap, emptied of what it no longer says."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.signals import post_save
from django.dispatch import receiver
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


def quoting_rows(story: Story) -> Iterator[Quoting]:
    """The public pages and asks with the story in them, and those whose newest draft has it."""
    for model, kinds in ((Page, get_page_models()), (Ask, [Ask])):
        # The slug is twelve random characters, so nothing else has it by chance.
        public = {pk for kind in kinds for pk in _ids_holding(kind.objects.filter(live=True), story.slug)}
        for row in sorted(model.objects.filter(pk__in=public), key=str):
            address = fixed_pages.address(row) if isinstance(row, Page) else row.get_absolute_url()
            yield Quoting(str(row), addresses.public_url(addresses.path_in_language(address)))
        for row in _drafts(model, story.slug).exclude(pk__in=public):
            title = f"{row.draft_title if isinstance(row, Page) else row.sentence} (a draft)"
            yield Quoting(title, AdminURLFinder().get_edit_url(row), is_public=False)


def _ids_holding(rows: QuerySet, slug: str) -> list[int]:
    words = [field.name for field in rows.model._meta.concrete_fields if isinstance(field, StreamField | TextField)]
    return list(_holding_any(rows, words, [slug]).values_list("pk", flat=True))


def _holding_any(rows: QuerySet, columns: list[str], sought: Collection[str]) -> QuerySet:
    as_text = {f"{name}_as_text": Cast(name, TextField()) for name in columns}
    holds = reduce(or_, (Q(**{f"{name}__contains": each}) for name in as_text for each in sought))
    return rows.annotate(**as_text).filter(holds)


def _drafts(model: type[Page | Ask], slug: str) -> QuerySet:
    newest = Revision.objects.filter(pk__in=model._default_manager.values("latest_revision"))
    return model._default_manager.filter(latest_revision__in=_holding_any(newest, ["content"], [slug]).values("pk"))


def quote_gaps() -> list[tuple[str, str, str]]:
    """Where each public page or ask with passages that nobody is shown is changed, its title, and how many they are."""
    finder = AdminURLFinder()
    places = (place for model in (*get_page_models(), Ask) for place in _quoting(model))
    found = ((finder.get_edit_url(place) or "", str(place), gaps_on(place)) for place in places)
    return sorted(((url, title, f" ({many})") for url, title, many in found if many), key=lambda gap: gap[1])


def gaps_on(page: Page | Ask) -> int:
    """The number of passages of it that may not be shown now: one query for each use that it makes of stories."""
    asked: dict[str, list[Mapping[str, str]]] = {}
    for name in story_quotes.quoting_streams(type(page)):
        for block in getattr(page, name):
            if use := story_quotes.BLOCKS.get(block.block_type):
                asked.setdefault(use, []).append(block.value)
    return sum(story_quotes.passages_of(values, use=use).count(None) for use, values in asked.items())


def gaps_in_words(many: int) -> str:
    return ngettext(
        "A passage on this page isn’t shown any more: its story was taken down or changed, or its contributor took the "
        "permission back. The page reads on without it. Choose another, or take it out.",
        "%(many)d passages on this page aren’t shown any more: their stories were taken down or changed, or their "
        "contributors took the permission back. The page reads on without them. Choose others, or take them out.",
        many,
    ) % {"many": many}


def _quoting(model: type[Page | Ask]) -> Iterable[Page | Ask]:
    streams = story_quotes.quoting_streams(model)
    kinds = [f'"{kind}"' for kind in story_quotes.BLOCKS]
    return _holding_any(model._default_manager.filter(live=True), streams, kinds) if streams else ()


@receiver(post_save, sender=Story)
def empty_passages(
    instance: Story, *, created: bool, update_fields: Collection[str] | None = None, **kwargs: object
) -> None:
    """Where words of a story may have gone, empty each passage that isn't in it any more.

    The block stays, and tells whoever opens the page what became of it. Nobody quotes a story that has just been made.
    """
    if created or (update_fields is not None and "text" not in update_fields):
        return
    for model in (*get_page_models(), Ask):
        for name in story_quotes.quoting_streams(model):
            for page in _holding_any(model.objects.all(), [name], [instance.slug]):
                setattr(page, name, json.dumps([_emptied(block, instance) for block in getattr(page, name).raw_data]))
                page.save(clean=False, update_fields=[name])
    for version in _holding_any(Revision.objects.all(), ["content"], [instance.slug]):
        content = {name: _within_json(value, instance) for name, value in version.content.items()}
        Revision.objects.filter(pk=version.pk).update(content=content)
    FormState.objects.filter(data__contains=instance.slug).delete()


def tables() -> list[str]:
    """The tables in which a passage may have stood, for the database to forget what it still holds of them."""
    quoting = [model for model in (*get_page_models(), Ask) if story_quotes.quoting_streams(model)]
    return [model._meta.db_table for model in (*quoting, Revision, FormState)]


def _within_json(value: object, story: Story) -> object:
    """A stream of blocks is kept in a version as text; other words may look like one."""
    if not isinstance(value, str) or story.slug not in value:
        return value
    try:
        blocks = json.loads(value)
    except json.JSONDecodeError:
        return value
    return json.dumps([_emptied(block, story) for block in blocks]) if isinstance(blocks, list) else value


def _emptied(block: object, story: Story) -> object:
    """The block, without a passage of the story that it doesn't hold; one that isn't whole stays as it is."""
    match block:
        case {"type": kind, "value": {"story": story.slug, **said}, **others} if kind in story_quotes.BLOCKS:
            if not story_quotes.holds_passage(story, str(said.get("passage") or "")):
                return {"type": kind, "value": {"story": story.slug, **said, "passage": ""}, **others}
    return block
