"""What people answered, as it was made public: rounded, hidden, checked, and never changed."""

from typing import Any

from django.db import models


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

    def save(self, *args: Any, **options: Any) -> None:
        """Store it once; raises `Frozen` the second time."""
        if not self._state.adding:
            raise Frozen("A release is never changed.")
        super().save(*args, **{**options, "force_insert": True})

    def delete(self, *args: Any, **options: Any) -> Any:
        raise Frozen("A release is never deleted.")
