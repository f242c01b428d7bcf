"""What somebody of ours looks at again after a while, for the world that it speaks of changes."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q


class Checked(models.Model):
    """Says in `last_checked` when somebody last looked, and has an `order`."""

    # How long a look holds.
    checked_for: ClassVar[timedelta]
    # Which rows readers see: nobody is asked to look at the others again.
    seen: ClassVar[Q] = Q()
    is_shown = True

    class Meta:
        abstract = True

    @classmethod
    def due(cls, today: date) -> list[Self]:
        """What readers see and nobody has looked at for so long, the longest unchecked first."""
        late = cls._default_manager.filter(cls.seen, last_checked__lte=today - cls.checked_for)
        return list(late.order_by("last_checked", "order"))

    def is_due(self, today: date) -> bool:
        """True where readers see it, and nobody has looked at it for so long."""
        day: date | None = self.last_checked  # type: ignore[attr-defined]
        return self.is_shown and day is not None and today - day >= self.checked_for
