"""The ticked answers that a contributor let us count: coarse rows that lead back to nobody."""

import uuid

from django.db import models


class CountedAnswers(models.Model):
    """One contributor's countable answers: a quarter and slugs, no link, no force, no order that tells."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    quarter = models.CharField(max_length=7)
    answers = models.JSONField()

    class Meta:
        verbose_name_plural = "counted answers"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Counted in {self.quarter}"
