"""What people answered, as it was made public: rounded, hidden, checked, and never changed."""

from django.db import models


class ReleasedAnswers(models.Model):
    """The tables of one release, frozen; `checksum` is the SHA-256 of `tables` as canonical JSON."""

    release = models.CharField(primary_key=True, max_length=7)  # 2026-Q4
    tables = models.JSONField()
    checksum = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "released answers"

    def __str__(self) -> str:
        return f"Answers of {self.release}"
