"""The stories app: what is told, how it is kept, and what the public reads."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoriesConfig(AppConfig):
    name = "stories"
    verbose_name = "Stories"

    def ready(self) -> None:
        from stories import starting
        from stories.public import furnishing

        post_migrate.connect(starting.lay, sender=self)
        furnishing.furnish(self)
