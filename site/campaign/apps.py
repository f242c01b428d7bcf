"""The campaign app: page types, site settings, help lines."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CampaignConfig(AppConfig):
    name = "campaign"
    verbose_name = "Campaign"

    def ready(self) -> None:
        from campaign import builders, furniture, new_editions, redirects, roles
        from campaign.blocks.asks import PRESSING_ACTIONS
        from campaign.quotes import quoting, unquoting
        from stories import quoted
        from stories.public import asks, edition, offences
        from stories.telling import retention

        edition.furnish(furniture.NAME, builders.build_furniture)
        edition.furnish(offences.NAME, builders.build_offences)
        edition.furnish(asks.NAME, builders.build_asks)
        edition.furnish(PRESSING_ACTIONS, builders.build_actions)
        new_editions.connect_receivers()
        redirects.connect_receivers()
        unquoting.watch()
        retention.scrub_too(unquoting.tables())
        quoted.look_by("pages", quoting.pages)
        quoted.look_by("asks", quoting.asks)
        post_migrate.connect(roles.set_up_groups, sender=self)
