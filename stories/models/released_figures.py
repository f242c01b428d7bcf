"""The transparency figures of a quarter as they were made public: rounded, hidden, and never counted again."""

from django.db import models


class ReleasedFigures(models.Model):
    """One quarter. Counting it anew later would let two releases be compared, and so tell of single people."""

    quarter = models.CharField(primary_key=True, max_length=7)
    figures = models.JSONField()

    class Meta:
        verbose_name_plural = "released figures"

    def __str__(self) -> str:
        return f"Figures of {self.quarter}"
