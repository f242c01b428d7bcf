"""A page for each story, the page that lists them, and one row in the clear for each account that is told."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from stories.intake import questions

YEAR = 2026
A_PAGE = 20


def choices(question: questions.Question) -> list[tuple[str, str]]:
    return [(option.slug, option.words) for option in questions.question_options(question, this_year=YEAR)]


ASKED = {question.name: question for question in questions.ASKED}
FORCES, OUTCOMES = choices(ASKED["force"]), choices(ASKED["outcome"])


class StoryIndexPage(Page):
    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        asked = {name: request.GET[name] for name in ("force", "outcome") if request.GET.get(name)}
        stories = StoryPage.objects.child_of(self).live().filter(**asked).order_by("-first_published_at")
        page = Paginator(stories, A_PAGE).get_page(request.GET.get("page"))
        return super().get_context(request) | {"stories": page, "asked": asked, "forces": FORCES, "outcomes": OUTCOMES}


class StoryPage(Page):
    body = RichTextField()
    force = models.CharField(max_length=50, choices=FORCES)
    outcome = models.CharField(max_length=50, choices=OUTCOMES)
    month = models.DateField()

    search_fields = [
        *Page.search_fields,
        index.SearchField("body"),
        index.FilterField("force"),
        index.FilterField("outcome"),
    ]


def _column(question: questions.Question) -> models.Field:
    needed: dict[str, Any] = {"blank": not question.needed, "verbose_name": question.words}
    if question.kind == "text":
        return models.TextField(max_length=question.limit, **needed)
    if question.kind == "tick":
        return models.BooleanField(default=False, **needed)
    if question.kind == "many":
        return models.JSONField(default=list, **needed)
    return models.CharField(max_length=40, choices=choices(question), **needed)


class Account(models.Model):
    status = models.CharField(max_length=20, default="new")
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Account {self.pk}"


for _question in ASKED.values():
    Account.add_to_class(_question.name, _column(_question))
