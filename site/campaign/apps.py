"""The campaign app: page types, site settings, help lines."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CampaignConfig(AppConfig):
    name = "campaign"
    verbose_name = "Campaign"

    def ready(self) -> None:
        from campaign import asked, furniture, law, moved, new_editions, pressing, quoting, roles, unquoting
        from stories import quoted
        from stories.public import asks, edition, offences

        edition.furnish(furniture.NAME, furniture.make)
        edition.furnish(moved.NAME, moved.make)
        edition.furnish(offences.NAME, law.make)
        edition.furnish(asks.NAME, asked.make)
        edition.furnish(pressing.NAME, pressing.make)
        new_editions.watch()
        moved.watch()
        unquoting.watch()
        quoted.look_by("pages", quoting.pages)
        quoted.look_by("asks", quoting.asks)
        post_migrate.connect(roles.lay, sender=self)
