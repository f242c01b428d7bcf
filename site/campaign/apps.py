"""The campaign app: page types, site settings, help lines."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CampaignConfig(AppConfig):
    name = "campaign"
    verbose_name = "Campaign"

    def ready(self) -> None:
        from campaign import furniture, new_editions, public_furniture, redirects, roles
        from campaign.actions import public_actions
        from campaign.asks import pressing, public_asks
        from campaign.law import public_offences
        from campaign.quotes import quoting, unquoting
        from stories import quoted
        from stories.public import asks, edition, offences
        from stories.telling import erasing

        edition.furnish(furniture.NAME, public_furniture.make)
        edition.furnish(offences.NAME, public_offences.make)
        edition.furnish(asks.NAME, public_asks.make)
        edition.furnish(pressing.NAME, public_actions.make)
        new_editions.watch()
        redirects.connect_receivers()
        unquoting.watch()
        erasing.scrub_too(unquoting.tables())
        quoted.look_by("pages", quoting.pages)
        quoted.look_by("asks", quoting.asks)
        post_migrate.connect(roles.lay, sender=self)
