"""The moderation app: what trusted people do with a submission until it is a story."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = "Moderation"

    def ready(self) -> None:
        from moderation import claims, conflict_of_interest, deeds, triggers
        from moderation.conversation import ready_words
        from moderation.log import record
        from moderation.people import inviting, rights, sessions
        from moderation.responses import going_along, lapsing
        from moderation.safekeeping import leaving

        # After each migration, because SQLite rebuilds a table by copying it, and triggers are lost.
        post_migrate.connect(triggers.create_triggers, sender=self)
        post_migrate.connect(deeds.create_groups, sender=self)
        post_migrate.connect(ready_words.create_defaults, sender=self)
        leaving.watch()
        inviting.watch()
        sessions.watch()
        rights.watch()
        record.watch()
        claims.watch()
        conflict_of_interest.watch()
        lapsing.watch()
        going_along.watch()


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's app for people, with our screens (`moderation.people`)."""

    group_viewset = "moderation.people.groups_admin.NamedGroupViewSet"
    user_viewset = "moderation.people.people_admin.PersonViewSet"
