"""What every answer tells the browser: one strict set for the public, a looser one for the admin."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django_permissions_policy import PermissionsPolicyMiddleware

from heard.admin_door import is_admin, is_preview
from heard.public_door import carries_words, is_onion

REVALIDATE = "public, max-age=0, must-revalidate"
SAFE = ("GET", "HEAD")


class ContentPolicyMiddleware(CSPMiddleware):
    """django-csp, with the admin's own directives and previews that the editor may frame."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if is_preview(request):
            parts.replace = {"frame-ancestors": ["'self'"]}
        elif is_admin(request):
            parts.replace = settings.ADMIN_CONTENT_SECURITY_POLICY
            if request.path_info.startswith(settings.ADMIN_INLINE_SCRIPTS):
                parts.update = {"script-src": ["'unsafe-inline'"]}
        return parts


class HeadersMiddleware:
    """Stands outermost, so that cached pages, static files and error pages pass through it too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin_permissions = PermissionsPolicyMiddleware.compute_header_value(
            settings.ADMIN_PERMISSIONS_POLICY, name="ADMIN_PERMISSIONS_POLICY"
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if is_preview(request):
            _as_framed(response)
        elif is_admin(request):
            _for_admin(response)
            response["Permissions-Policy"] = self.admin_permissions
        else:
            _for_public(request, response)
        _force_https(request, response)
        return response


def _as_framed(response: HttpResponse) -> None:
    """A preview shows what the public gets, inside the editor's frame."""
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cross-Origin-Embedder-Policy"] = "require-corp"
    response["Cache-Control"] = "no-store"


def _for_admin(response: HttpResponse) -> None:
    # Without a referrer Django's CSRF check would refuse every form of the admin.
    response["Referrer-Policy"] = "same-origin"
    response.setdefault("X-Frame-Options", "SAMEORIGIN")
    response["Cache-Control"] = "no-store"


def _for_public(request: HttpRequest, response: HttpResponse) -> None:
    response["X-Frame-Options"] = settings.X_FRAME_OPTIONS
    response["Cross-Origin-Embedder-Policy"] = "require-corp"
    if _must_not_stay(request, response):
        response["Cache-Control"] = "no-store"
    else:
        response.setdefault("Cache-Control", REVALIDATE)
        _name_the_onion(request, response)


def _must_not_stay(request: HttpRequest, response: HttpResponse) -> bool:
    """True where a browser or proxy that kept the answer could show somebody's words, or an old error."""
    return request.method not in SAFE or response.status_code >= 400 or carries_words(request.path_info)


def _name_the_onion(request: HttpRequest, response: HttpResponse) -> None:
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if settings.ONION_HOST and is_page and not is_onion(request):
        response["Onion-Location"] = f"http://{settings.ONION_HOST}{request.get_full_path()}"


def _force_https(request: HttpRequest, response: HttpResponse) -> None:
    """Two years of https only, but never on an onion, which has its own encryption and no certificate."""
    if is_onion(request) or not settings.SECURE_HSTS_SECONDS:
        del response["Strict-Transport-Security"]
        return
    # Django adds this only where it knows the request as secure; behind a proxy it may not.
    response["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
