"""The ticked answers that contributors let us count: totals alone, never what one person answered."""

from django.db import models


class CountedAnswers(models.Model):
    """The totals of a quarter: how many people, and how often each answer or published pair of answers was given.

    One row for everybody: rows for each person, or for each answer, would stand in the order of the decisions.
    `totals` is {"dignity": 12, "dignity.no": 3, "knew_law dignity": 9, "knew_law.some dignity.no": 2}: how many
    answered a question or a pair at all, which is what percentages are of, and how many answered so.
    """

    quarter = models.CharField(primary_key=True, max_length=7)
    people = models.PositiveIntegerField(default=0)
    totals = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "counted answers"

    def __str__(self) -> str:
        return f"Counted in {self.quarter}"
