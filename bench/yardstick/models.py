"""One row for one account, in the clear, with a column for each question of ours."""

from typing import Any

from django.db import models

from stories.intake import questions

YEAR = 2026


def choices(question: questions.Question) -> list[tuple[str, str]]:
    return [(option.slug, option.words) for option in questions.question_options(question, this_year=YEAR)]


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


class ShortAccount(models.Model):
    """The least that such a form can ask."""

    account = models.TextField()
    force = models.CharField(max_length=50)
    outcome = models.CharField(max_length=50)
    status = models.CharField(max_length=20, default="new")
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Short account {self.pk}"


for _question in questions.ASKED:
    Account.add_to_class(_question.name, _column(_question))
