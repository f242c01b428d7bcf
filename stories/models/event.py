"""What happened to a submission, in a word: never the words themselves."""

from django.db import models

from stories.models.submission import Submission, moderator_field, random_number

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
    """One deed. A contributor's keeps the week (`day` is empty), a moderator's the day.

    `number` counts within a submission, and no column orders the deeds of two.
    """

    id = models.BigAutoField(primary_key=True, default=random_number)
    # The constraint below begins with it, and is its index.
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="events", db_index=False)
    number = models.PositiveIntegerField(default=1)
    deed = models.CharField(max_length=20)
    reason = models.CharField(max_length=20, blank=True)
    by = moderator_field(null=True, blank=True, db_index=False)
    week = models.DateField()
    day = models.DateField(null=True, blank=True)
    # Of a text that was put forward, {"replaced": {kind: how many}, "left": {kind: how many}}. An event stays when
    # the words are erased, so it holds kinds and counts and nothing of the words.
    counts = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["week"], condition=IS_FIGURE, name="event_figures")]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_event_for_each_number"),
            models.CheckConstraint(
                condition=models.Q(by__isnull=False) | models.Q(day__isnull=True),
                name="event_of_a_contributor_has_no_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deed} ({self.week})"
