"""Deeds that leave no event and mustn't hold a minute; see `moderation.log.audit_log`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.submission import moderator_field, random_number


class LogEntry(models.Model):
    """Who unlocked, or did what to which story, on which day: in the order of the keys, which is chance."""

    id = models.BigAutoField(primary_key=True, default=random_number)
    deed = models.CharField(max_length=40)
    # A chance id, or a person's name in the room.
    item = models.CharField(max_length=64, blank=True)
    by = moderator_field(null=True, blank=True)
    day = models.DateField()

    class Meta:
        db_table = "moderation_pendinglogentry"
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.deed} ({self.day})"
