"""The campaign app: page types, site settings, help lines."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CampaignConfig(AppConfig):
    name = "campaign"
    verbose_name = "Campaign"

    def ready(self) -> None:
        from campaign import furniture, new_editions, public_furniture, roles
        from campaign.actions import public_actions
        from campaign.asks import pressing, public_asks
        from campaign.law import public_offences
        from campaign.quotes import quoting, unquoting
        from campaign.redirecting import moved
        from campaign.site_words import speaking
        from stories import other_words, quoted
        from stories.public import asks, edition, offences
        from stories.telling import retention

        edition.furnish(furniture.NAME, public_furniture.make)
        edition.furnish(moved.NAME, moved.make)
        edition.furnish(offences.NAME, public_offences.make)
        edition.furnish(asks.NAME, public_asks.make)
        edition.furnish(pressing.NAME, public_actions.make)
        edition.furnish(speaking.NAME, speaking.make)
        other_words.stand_in_front()
        new_editions.watch()
        moved.watch()
        unquoting.watch()
        retention.scrub_too(unquoting.tables())
        quoted.look_by("pages", quoting.pages)
        quoted.look_by("asks", quoting.asks)
        post_migrate.connect(roles.lay, sender=self)
