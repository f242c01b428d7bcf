"""The mark that tells the demo's database from a real one, so that each mode refuses the other's."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone

from stories.models import LastRun, QueueKey, Submission

NAME = "demo"


def is_marked() -> bool:
    return LastRun.objects.filter(name=NAME).exists()


def mark_as_demo() -> None:
    LastRun.objects.update_or_create(name=NAME, defaults={"at": timezone.now()})


def why_not_this_database() -> str | None:
    """Say why this process must leave its database alone, or None."""
    if is_marked():
        return None if settings.DEMO else "the demo made this database; a real site begins with an empty one."
    if settings.DEMO and any(model.objects.exists() for model in (Submission, QueueKey, get_user_model())):
        leaves_alone = "This database wasn't made by the demo, so the demo leaves it alone."
        return f"{leaves_alone} Point DATABASE_URL or DATA_DIR elsewhere."
    return None
