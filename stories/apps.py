"""The stories app: what is told, how it is kept, and what the public reads."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoriesConfig(AppConfig):
    name = "stories"
    verbose_name = "Stories"

    def ready(self) -> None:
        from stories import defaults
        from stories.core import takedown
        from stories.figures import releases
        from stories.intake import questions, retention
        from stories.reading import receivers
        from stories.reading.search import store

        post_migrate.connect(defaults.create_defaults, sender=self)
        post_migrate.connect(releases.renew_security_contact, sender=self)
        questions.furnish_figures()
        takedown.removal_committed.connect(lambda **_: retention.scrub_database(), weak=False, dispatch_uid="scrub")
        retention.ran.connect(store.tidy_search, dispatch_uid="search-after-the-clock")
        receivers.register_builders(self)
