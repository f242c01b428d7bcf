"""The moderation app: what trusted people do with a submission until it is a story."""

from allauth.account.apps import AccountConfig
from django.apps import AppConfig
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = "Moderation"

    def ready(self) -> None:
        # Some have receivers, which connect themselves.
        from moderation import claims, conflict_of_interest, ready_words, triggers  # noqa: F401
        from moderation.forces import answers
        from moderation.team import invitations, permissions, rights, wellbeing  # noqa: F401
        from stories.core import snapshot
        from stories.intake import other_languages

        snapshot.register_builder(other_languages.BUILDER, wellbeing.build_languages_read, hangs_on_stories=False)
        # After each migration, because SQLite rebuilds a table by copying it, and triggers are lost.
        post_migrate.connect(triggers.create_triggers, sender=self)
        for create in (permissions.create_groups, ready_words.create_defaults, answers.create_workflow):
            post_migrate.connect(create, sender=self)


class AllauthAccountConfig(AccountConfig):  # type: ignore[misc]
    """allauth's tables, which its second factor imports; none of its pages, and so none of its middleware."""

    def ready(self) -> None:
        from allauth.account import checks  # noqa: F401 - they register themselves


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's app for people, with our screens (`moderation.team`)."""

    group_viewset = "moderation.team.people_admin.NamedGroupViewSet"
    user_viewset = "moderation.team.people_admin.PersonViewSet"
