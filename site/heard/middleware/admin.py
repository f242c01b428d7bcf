"""Sessions, people and messages for the admin alone: the public side never sees a cookie."""

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages import get_messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from moderation.team import second_factor

ADMIN_PATH = "/admin/"


def is_preview(request: HttpRequest) -> bool:
    """True for the request that Wagtail makes up to preview a page: it runs at the page's public path."""
    return getattr(request, "is_dummy", False)


def is_admin(request: HttpRequest) -> bool:
    return settings.SERVE_ADMIN and (request.path_info.startswith(ADMIN_PATH) or is_preview(request))


def for_templates(request: HttpRequest) -> dict[str, object]:
    """Give the admin's templates what Django's own processors would; the public ones get nothing."""
    if not is_admin(request) or not hasattr(request, "session"):
        return {}
    return {"user": request.user, "messages": get_messages(request), "is_demo": settings.DEMO}


class _ForAdmin(MiddlewareMixin):
    """Run a middleware for the admin's pages only."""

    get_response: Callable[[HttpRequest], HttpResponse]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        run = super().__call__ if is_admin(request) else self.get_response
        return cast(HttpResponse, run(request))


class SessionsForAdmin(_ForAdmin, SessionMiddleware):
    """Django's sessions, under /admin/."""


class PeopleForAdmin(_ForAdmin, AuthenticationMiddleware):
    """Django's log-in, under /admin/."""


class MessagesForAdmin(_ForAdmin, MessageMiddleware):
    """Django's messages, under /admin/: the cookie that carries them there goes to no public page."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer: HttpResponse = super().process_response(request, response)
        if cookie := answer.cookies.get(CookieStorage.cookie_name):
            cookie["path"] = settings.SESSION_COOKIE_PATH
        return answer


class SecondFactorForAdmin(_ForAdmin):
    """Turn whoever has only typed a password away to the log-in's second step; its rules are `second_factor`'s."""

    def process_view(self, request: HttpRequest, view: Callable[..., object], args: object, kwargs: object) -> object:
        is_screen = is_admin(request) and not is_preview(request)
        return second_factor.second_step_redirect(request, view) if is_screen else None


class ButtonsForAdmin(_ForAdmin):
    """Lead whoever opens the address of a button to the page it stands on.

    Pressed after a log-in ended, it leads by the log-in to its own address, which takes no GET and answers nothing.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        is_button = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET"
        if not is_button or is_preview(request) or request.user.is_anonymous:
            return response
        messages.warning(request, _("Nothing was done: your log-in had ended. Press it again."))
        above = request.path_info.rstrip("/").rpartition("/")[0] + "/"
        # The nearest address that is one of the admin's own, not its catch-all.
        while above != ADMIN_PATH and not resolve(above).url_name:
            above = above.rstrip("/").rpartition("/")[0] + "/"
        return redirect(above)
