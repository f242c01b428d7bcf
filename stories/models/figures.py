"""Totals of counted answers, and the figures that are released of them."""

from typing import Any, NoReturn

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


class Frozen(TypeError):
    """A release is never changed and never taken back: whoever kept the first one could compare the two."""


class ReleasedAnswers(models.Model):
    """The tables of one release, frozen; `checksum` is the SHA-256 of `tables` as canonical JSON.

    `tables` is {"release": "2026-Q4", "quarters": ["2026-Q3", …], "since": {"knew_law": "2026-Q4", …}, "numbers":
    {"knew_law": {"knew_law": 235, "knew_law.some": 20, "knew_law.at-once": "few", …}, …}}: the quarters it is made of,
    since which release each table stands as it does, and its numbers as shown.
    """

    release = models.CharField(primary_key=True, max_length=7)  # 2026-Q4
    tables = models.JSONField()
    checksum = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "released answers"

    def __str__(self) -> str:
        return f"Answers of {self.release}"

    def save(self, *args: object, **options: Any) -> None:
        """Store it once; raises `Frozen` the second time."""
        if not self._state.adding:
            raise Frozen("A release is never changed.")
        super().save(*args, **{**options, "force_insert": True})

    def delete(self, *args: object, **options: object) -> NoReturn:
        raise Frozen("A release is never deleted.")


class ReleasedFigures(models.Model):
    """One quarter. Counting it anew later would let two releases be compared, and so tell of single people."""

    quarter = models.CharField(primary_key=True, max_length=7)
    figures = models.JSONField()

    class Meta:
        verbose_name_plural = "released figures"

    def __str__(self) -> str:
        return f"Figures of {self.quarter}"
