"""The number that changes whenever anything public changes, and what is made once for it."""

from django.db import models


class Edition(models.Model):
    """The one row: `number` names the edition, `made` holds what every public page shares."""

    number = models.PositiveBigIntegerField(default=1)
    made = models.JSONField(default=dict)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="edition_is_one_row")]

    def __str__(self) -> str:
        return f"Edition {self.number}"
