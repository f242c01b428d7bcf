"""The moderation app: what trusted people do with a submission until it is a story."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = "Moderation"

    def ready(self) -> None:
        from moderation import answers, asides, claims, fences, roles
        from moderation.conversation import ready_words
        from moderation.log import record
        from moderation.people import inviting, rights, sessions
        from moderation.safekeeping import leaving

        # After each migration, because SQLite rebuilds a table by copying it, and triggers are lost.
        post_migrate.connect(fences.raise_them, sender=self)
        post_migrate.connect(roles.lay, sender=self)
        post_migrate.connect(ready_words.lay, sender=self)
        post_migrate.connect(answers.create_workflow, sender=self)
        leaving.watch()
        inviting.watch()
        sessions.watch()
        rights.watch()
        record.watch()
        claims.watch()
        asides.watch()
        answers.watch()


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's app for people, with our screens (`moderation.people`)."""

    group_viewset = "moderation.people.groups_admin.NamedGroupViewSet"
    user_viewset = "moderation.people.people_admin.PersonViewSet"
