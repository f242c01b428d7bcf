"""The project as an app, so that its template tags and checks are found."""

from django.apps import AppConfig


class HeardConfig(AppConfig):
    name = "heard"

    def ready(self) -> None:
        from heard import checks  # noqa: F401
