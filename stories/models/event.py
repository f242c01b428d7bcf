"""What happened to a submission, in a word: never the words themselves."""

from django.db import models

from stories.models.submission import Submission, moderator_field

# What figures are made of. One comparison for each: through IN, SQLite doesn't see that the index holds what is asked.
IS_FIGURE = (
    models.Q(deed="agree")
    | models.Q(deed="count")
    | models.Q(deed="decline")
    | models.Q(deed="lapse")
    | models.Q(deed="withdraw")
    | models.Q(deed="differ")
)


class Event(models.Model):
    """One deed. A contributor's keeps the week (`at` is empty), a moderator's the minute."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="events")
    deed = models.CharField(max_length=20)
    reason = models.CharField(max_length=20, blank=True)
    by = moderator_field(null=True, blank=True, db_index=False)
    week = models.DateField()
    at = models.DateTimeField(null=True, blank=True)
    # Of a text that was put forward, {"replaced": {kind: how many}, "left": {kind: how many}}. An event stays when
    # the words are erased, so it holds kinds and counts and nothing of the words.
    counts = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["week"], condition=IS_FIGURE, name="event_figures")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(by__isnull=False) | models.Q(at__isnull=True),
                name="event_of_a_contributor_has_no_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deed} ({self.week})"
