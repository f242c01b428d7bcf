"""Which pages and asks quote a story or link to it: whatever of their words, drafts too, holds its slug."""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.fields import StreamField
from wagtail.models import Page, Revision, get_page_models

from campaign import fixed_pages
from campaign.models import Ask
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
    public = _holding(Ask.objects.filter(live=True), story.slug)
    for ask in Ask.objects.filter(pk__in=public):
        yield Quoting(ask.sentence, addresses.path_in_language(ask.get_absolute_url()))
    newest = Revision.objects.filter(pk__in=Ask.objects.values("latest_revision"))
    for ask in Ask.objects.filter(latest_revision__in=_versions(newest, story.slug)).exclude(pk__in=public):
        title = _("%(title)s (a draft)") % {"title": ask.sentence}
        yield Quoting(title, AdminURLFinder().get_edit_url(ask), is_public=False)


def _public(slug: str) -> set[int]:
    """The ids of live pages that hold the slug. It is twelve random characters, so nothing else has it by chance."""
    return {pk for model in get_page_models() for pk in _holding(model.objects.live(), slug)}


def _holding(rows: QuerySet[Any], slug: str) -> list[int]:
    words = [field.name for field in rows.model._meta.concrete_fields if isinstance(field, StreamField | TextField)]
    as_text = {f"{name}_as_text": Cast(name, TextField()) for name in words}
    holds = reduce(or_, (Q(**{f"{name}__icontains": slug}) for name in as_text))
    return list(rows.annotate(**as_text).filter(holds).values_list("pk", flat=True))


def _drafts(slug: str) -> list[int]:
    return _versions(Revision.objects.page_revisions().filter(pk__in=Page.objects.values("latest_revision")), slug)


def _versions(newest: QuerySet[Revision], slug: str) -> list[int]:
    holding = newest.annotate(as_text=Cast("content", TextField())).filter(as_text__icontains=slug)
    return list(holding.values_list("pk", flat=True))
