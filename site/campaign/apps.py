"""The campaign app: page types, site settings, help lines."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CampaignConfig(AppConfig):
    name = "campaign"
    verbose_name = "Campaign"

    def ready(self) -> None:
        from campaign import furniture, moved, new_editions, quoting, roles, unquoting
        from stories import quoted
        from stories.public import edition

        edition.furnish(furniture.NAME, furniture.make)
        edition.furnish(moved.NAME, moved.make)
        new_editions.watch()
        moved.watch()
        unquoting.watch()
        quoted.look_by("pages", quoting.pages)
        post_migrate.connect(roles.lay, sender=self)
