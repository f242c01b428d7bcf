"""The rules of every public request: nobody is logged in, no upload is taken, no word is lost on the way in."""

import re
from contextlib import suppress
from functools import partial
from typing import NoReturn

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
    UnreadablePostError,
)
from django.middleware.common import CommonMiddleware as DjangosCommonMiddleware
from django.urls import is_valid_path
from django.utils import translation

from heard.middleware import Middleware
from heard.middleware.admin import ADMIN_PATH, is_admin
from stories.core import addresses

# The pages on which somebody tells, comes back, takes down or leaves, in any language.
_QUIET = re.compile(r"^(/[a-z]{2})?/(tell|return|take-down|leave|healthz)(/|$)")


def carries_words(path: str) -> bool:
    """True for a path whose page may hold a contributor's words, or show that somebody was there."""
    return bool(_QUIET.match(path))


def most_bytes(method: str, path: str) -> int:
    """Return how many bytes of a body are read for this method at this path; 0 where nothing takes one."""
    is_for_admin = settings.SERVE_ADMIN and path.startswith(ADMIN_PATH)
    if method in ("GET", "HEAD") or not (addresses.holds_form(path) or is_for_admin):
        return 0
    # Past what Django takes, so that the page can give the words back and say that they were too many.
    return 2 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE


class LanguageMiddleware(Middleware):
    """Speak the language of the address, and be silent again before the thread's next visitor.

    The address alone decides: no cookie, no header of the browser, so one page is the same for everybody and a cache
    may keep it.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(addresses.language_of(request.path_info)):
            return self.get_response(request)


class CommonMiddleware(DjangosCommonMiddleware):
    """Django's own, adding a lost slash without losing what was posted."""

    # At 301 a browser turns a POST into an empty GET, and the words are gone; at 308 it doesn't.
    response_redirect_class = partial(HttpResponsePermanentRedirect, preserve_request=True)  # type: ignore[assignment]


class DropFiles(FileUploadHandler):
    """Let every file of a form run into nothing.

    With an empty list of handlers Django takes those of the settings, and a large part lands in the temporary folder.
    """

    def new_file(self, *args: object, **kwargs: object) -> NoReturn:
        raise SkipFile


class PublicDoorMiddleware(Middleware):
    """Stands before every public view; the admin's requests pass by."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_admin(request):
            return self.get_response(request)
        request.user = AnonymousUser()
        request.upload_handlers = [DropFiles(request)]
        if request.method not in ("GET", "HEAD") and not most_bytes(request.method or "", request.path_info):
            # Where no form stands it is answered at once, with none of the body read.
            if not is_valid_path(request.path_info):
                raise Http404
            return HttpResponseNotAllowed(["GET", "HEAD"])
        # Read once, whole, so that whatever fails later can still give the words back.
        with suppress(RequestDataTooBig, UnreadablePostError):
            request.body  # noqa: B018
        return self.get_response(request)
