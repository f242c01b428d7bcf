"""The append-only log of deeds, each row chained to the one before it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.submission import moderator_field, random_number


class LogEntry(models.Model):
    """Who did what kind of deed to which item on which day; never a word of it.

    In which minute it says of what is done to no submission. Those to submissions of one day stand in an order of
    chance, after all others of that day.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    deed = models.CharField(max_length=40)
    # The id or slug of what it was done to, or a person's name in the room; empty where there is none.
    item = models.CharField(max_length=64, blank=True)
    by = moderator_field(null=True, blank=True)
    day = models.DateField()
    at = models.DateTimeField(null=True)
    # Hex of the hash over the row before and this one.
    chained = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        ordering = ["number"]
        indexes = [models.Index(fields=["deed", "number"], name="log_by_deed")]

    def __str__(self) -> str:
        return f"{self.number} {self.deed}"


class PendingLogEntry(models.Model):
    """What the log is given once its day is over: in the chain at once, its place would tell the minute."""

    id = models.BigAutoField(primary_key=True, default=random_number)
    deed = models.CharField(max_length=40)
    item = models.CharField(max_length=64, blank=True)
    by = moderator_field(null=True, blank=True)
    day = models.DateField()

    class Meta:
        # By chance, which is what it is for.
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.deed} ({self.day})"


class LogHead(models.Model):
    """Where the log ends: one row, so that a missing last row is seen, and a lock for who writes the next."""

    number = models.PositiveBigIntegerField(default=0)
    chained = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"The log ends with {self.number}"
