"""Wagtail's admin without its documents, its exports as they are, the words of its mails, and the demo's line on it."""

from typing import ClassVar

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin import mail as wagtail_mail
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.api.v2.router import WagtailAPIRouter

from heard import overview
from moderation.team import mails
from stories.core import rendering


class NoDocuments:
    """Every page of the admin names the address of the documents' list; ours is empty, for we keep no documents."""

    # No model is represented here.
    model = type(None)

    @staticmethod
    def listing(request: HttpRequest) -> JsonResponse:
        return JsonResponse({"meta": {"total_count": 0}, "items": []})

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", cls.listing, name="listing")]


class PagesToRead(PagesAdminAPIViewSet):
    """The lists of pages that Wagtail's own screens ask for, and nothing else.

    What it could do to a page there it does without asking what its screens ask first, such as whether the page has
    to stay.
    """

    actions: ClassVar[dict[str, object]] = {}


@hooks.register("construct_admin_api")
def register_endpoints(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", PagesToRead)
    router.register_endpoint("documents", NoDocuments)


@hooks.register("insert_global_admin_css")
def looks_of_the_demo() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin_demo.css")) if settings.DEMO else ""


# Each cell of each export of Wagtail's screens comes out of this method, for which Wagtail has no hook.
_cell_of_wagtail = SpreadsheetExportMixin.preprocess_field_value


def _cell_that_nothing_runs(view: SpreadsheetExportMixin, field: str, value: object, export_format: str) -> object:
    return rendering.safe_cell(_cell_of_wagtail(view, field, value, export_format))


SpreadsheetExportMixin.preprocess_field_value = _cell_that_nothing_runs


def _mail_without_words(subject: str, message: str, recipients: list[str], *args: object, **kwargs: object) -> int:
    """Say in place of a mail of Wagtail's that something waits: titles, names and comments stay on the site."""
    words = f"Something happened to a page that you work on.\n\n{settings.DESK_URL}{reverse('wagtailadmin_home')}\n"
    return mails.send_mails(recipients, subject="Something waits", words=words)[0]


# All that Wagtail mails goes through it.
wagtail_mail.send_mail = _mail_without_words

# After the moderators' room has put Wagtail's own away.
hooks.register("construct_homepage_panels", overview.add_panel, order=200)
