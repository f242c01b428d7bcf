"""Which pages quote a story or link to it: whatever of their words, drafts too, holds its slug."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page, Revision, get_page_models

from campaign import fixed_pages
from stories import addresses
from stories.models import Story
from stories.quoted import Place


def pages(story: Story) -> Iterator[Place]:
    """The public pages with the story in them, and those whose newest draft has it."""
    public = _public(story.slug)
    for page in Page.objects.filter(pk__in=public).order_by("title"):
        yield Place(page.title, addresses.in_language(fixed_pages.address(page)))
    drafts = Page.objects.filter(latest_revision__in=_drafts(story.slug)).exclude(pk__in=public)
    for page in drafts.order_by("draft_title"):
        title = _("%(title)s (a draft)") % {"title": page.draft_title}
        yield Place(title, reverse("wagtailadmin_pages:edit", args=[page.pk]), is_public=False)


def _public(slug: str) -> set[int]:
    """The ids of live pages that hold the slug. It is twelve random characters, so nothing else has it by chance."""
    return {pk for model in get_page_models() for pk in _holding(model, slug)}


def _holding(model: type[Page], slug: str) -> list[int]:
    words = [field.name for field in model._meta.concrete_fields if isinstance(field, StreamField | TextField)]
    as_text = {f"{name}_as_text": Cast(name, TextField()) for name in words}
    holds = reduce(or_, (Q(**{f"{name}__icontains": slug}) for name in as_text))
    return list(model.objects.live().annotate(**as_text).filter(holds).values_list("pk", flat=True))


def _drafts(slug: str) -> list[int]:
    newest = Revision.objects.page_revisions().filter(pk__in=Page.objects.values("latest_revision"))
    holding = newest.annotate(as_text=Cast("content", TextField())).filter(as_text__icontains=slug)
    return list(holding.values_list("pk", flat=True))
