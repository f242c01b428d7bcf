"""The campaign app: page types, site settings, help lines."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CampaignConfig(AppConfig):
    name = "campaign"
    verbose_name = "Campaign"

    def ready(self) -> None:
        # The signals of redirects are connected where they are defined.
        from campaign import redirects, roles, site_chrome, snapshots  # noqa: F401
        from campaign.quotes import quoting_pages
        from stories.core import snapshot, takedown
        from stories.intake import retention
        from stories.reading import ask_progress, offences, patterns

        snapshot.register_builder(site_chrome.NAME, snapshots.build_furniture, hangs_on_stories=False)
        snapshot.register_builder(offences.NAME, snapshots.build_offences, hangs_on_stories=False)
        snapshot.register_builder(ask_progress.NAME, snapshots.build_asks, hangs_on_stories=False)
        snapshot.register_builder(ask_progress.ACTIONS, snapshots.build_actions, hangs_on_stories=False)
        snapshot.register_builder(patterns.NAME, snapshots.build_patterns)
        snapshots.connect_receivers()
        retention.scrub_too(quoting_pages.tables())
        takedown.register_quotes(quoting_pages.quoting_rows)
        post_migrate.connect(roles.set_up_groups, sender=self)
