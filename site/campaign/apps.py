"""The campaign app: page types, site settings, help lines."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CampaignConfig(AppConfig):
    name = "campaign"
    verbose_name = "Campaign"

    def ready(self) -> None:
        from campaign import receivers, redirects, roles, site_chrome, snapshot_builders
        from campaign.blocks.asks import PRESSING_ACTIONS
        from campaign.quotes import quoting, unquoting
        from stories.core import snapshot, takedown
        from stories.intake import retention
        from stories.reading import ask_progress, offences

        snapshot.register_builder(site_chrome.NAME, snapshot_builders.build_furniture)
        snapshot.register_builder(offences.NAME, snapshot_builders.build_offences)
        snapshot.register_builder(ask_progress.NAME, snapshot_builders.build_asks)
        snapshot.register_builder(PRESSING_ACTIONS, snapshot_builders.build_actions)
        receivers.connect_receivers()
        redirects.connect_receivers()
        unquoting.connect_receivers()
        retention.scrub_too(unquoting.tables())
        takedown.register_quotes("pages", quoting.quoting_pages)
        takedown.register_quotes("asks", quoting.quoting_asks)
        post_migrate.connect(roles.set_up_groups, sender=self)
