"""Single rows that the site keeps about itself."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """The one row: `number` names the edition, `made` holds what every public page shares."""

    number = models.PositiveBigIntegerField(default=1)
    made = models.JSONField(default=dict)
    # The edition up to which the marked sets followed the stories; what an older release changed, they missed.
    followed = models.PositiveBigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="edition_is_one_row")]

    def __str__(self) -> str:
        return f"Edition {self.number}"


class MarkedSet(models.Model):
    """The live stories that carry a mark: bit n of `places`, from the lowest of its first byte, is the n-th story's."""

    mark = models.CharField(primary_key=True, max_length=100)
    places = models.BinaryField()
    changed_in = models.PositiveBigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.mark


class LastRun(models.Model):
    """The last whole run of a command that a timer calls, or the month in which somebody last promised something."""

    name = models.CharField(primary_key=True, max_length=30)
    at = models.DateTimeField()

    @classmethod
    def begins_a_day(cls, name: str, using: str = "default") -> bool:
        """True for whoever asks first on a day, which is noted."""
        runs, now = cls.objects.using(using), timezone.now()
        _run, is_new = runs.get_or_create(name=name, defaults={"at": now})
        return is_new or bool(runs.filter(name=name, at__date__lt=timezone.localdate()).update(at=now))

    def __str__(self) -> str:
        return f"{self.name}: {self.at:%Y-%m-%d %H:%M}"


class PepperCheck(models.Model):
    """The one row: a keyed check value of the pepper that the codes are made with, so that another one is noticed."""

    value = models.BinaryField(max_length=16)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="pepper_check_is_one_row")]

    def __str__(self) -> str:
        return "The check of the pepper"


class UsualWait(models.Model):
    """The one row that coordinators set; it holds no free text, so nothing can be promised in it."""

    class Pace(models.TextChoices):
        NORMAL = "normal", _("Normal: we say what the queue says")
        SLOW = "slow", _("Slow: we say four weeks or more")
        AWAY = "away", _("Away: nobody reads at the moment")

    pace = models.CharField(_("how it goes"), max_length=6, choices=Pace, default=Pace.NORMAL)
    back_on = models.DateField(
        _("back on"),
        null=True,
        blank=True,
        help_text=_("For “away” alone. From this day on it is normal again by itself."),
    )

    class Meta:
        verbose_name = _("usual wait")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="usual_wait_is_one_row"),
            models.CheckConstraint(condition=Q(pace__in=("normal", "slow", "away")), name="usual_wait_is_known"),
        ]

    def __str__(self) -> str:
        return self.get_pace_display()
