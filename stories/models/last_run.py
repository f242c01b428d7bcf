"""When a work that comes again was last done, so that its silence is noticed."""

from django.db import models


class LastRun(models.Model):
    """The last whole run of a command that a timer calls, or the month in which somebody last promised something."""

    name = models.CharField(primary_key=True, max_length=30)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.at:%Y-%m-%d %H:%M}"
