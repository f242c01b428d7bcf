"""The headers of every answer: one strict set for the public, a looser one for the admin."""

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django_permissions_policy import PermissionsPolicyMiddleware

from heard.middleware import GetResponse, Middleware, page_cache
from heard.middleware.admin import is_admin, is_preview
from heard.middleware.public import carries_words
from stories.core.addresses import is_onion

# What holds for a page; a file that is part of one asks nothing of them, and they are a kilobyte for each.
_FOR_PAGES = (
    *("Content-Security-Policy", "Permissions-Policy", "X-Frame-Options"),
    *("Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy"),
)
# A file whose name changes with its content is never asked for again.
_FOR_ASKING_AGAIN = ("ETag", "Last-Modified")


class HeadersMiddleware(Middleware):
    """Stands outermost, so that cached pages, static files and error pages pass through it too."""

    def __init__(self, get_response: GetResponse) -> None:
        super().__init__(get_response)
        self.admin_permissions = PermissionsPolicyMiddleware.compute_header_value(
            settings.ADMIN_PERMISSIONS_POLICY, name="ADMIN_PERMISSIONS_POLICY"
        )
        # django-csp's words for four kinds of page, made once: the library makes them anew for each answer.
        admin = settings.ADMIN_CONTENT_SECURITY_POLICY
        self.public = build_policy()
        self.preview = build_policy(replace={"frame-ancestors": ["'self'"]})
        self.admin = build_policy(replace=admin)
        self.editors = build_policy(replace=admin, update={"script-src": ["'unsafe-inline'"]})

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A preview is an answer within an answer, and has its own already.
        response.headers.setdefault("Content-Security-Policy", self._policy_of(request))
        # Open data alone says otherwise, because it is there for other sites too.
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if is_preview(request):
            # It shows what the public gets, inside the editor's frame.
            response["X-Frame-Options"], response["Cache-Control"] = "SAMEORIGIN", "no-store"
            response["Cross-Origin-Embedder-Policy"] = "require-corp"
        elif is_admin(request):
            # Without a referrer Django's CSRF check would refuse every form of the admin.
            response["Referrer-Policy"], response["Cache-Control"] = "same-origin", "no-store"
            response["Permissions-Policy"] = self.admin_permissions
            response.setdefault("X-Frame-Options", "SAMEORIGIN")
        else:
            _for_public(request, response)
            _lighten(request, response)
        # Two years of https only, but never on an onion, which has its own encryption and no certificate.
        del response["Strict-Transport-Security"]
        if settings.SECURE_HSTS_SECONDS and not is_onion(request):
            # Django adds this only where it knows the request as secure; behind a proxy it may not.
            https_alone = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
            response["Strict-Transport-Security"] = https_alone
        return response

    def _policy_of(self, request: HttpRequest) -> str:
        if is_preview(request):
            return self.preview
        if not is_admin(request):
            return self.public
        return self.editors if request.path_info.startswith(settings.ADMIN_INLINE_SCRIPTS) else self.admin


def _for_public(request: HttpRequest, response: HttpResponse) -> None:
    response["X-Frame-Options"] = settings.X_FRAME_OPTIONS
    response["Cross-Origin-Embedder-Policy"] = "require-corp"
    leads_on_with_words = response.has_header("Location") and "?" in response["Location"]
    is_wrong = request.method not in ("GET", "HEAD") or response.status_code >= 400
    # A browser or proxy that kept the answer could show somebody's words, or an old error.
    if is_wrong or leads_on_with_words or carries_words(request.path_info):
        response["Cache-Control"] = "no-store"
        return
    response.setdefault("Cache-Control", page_cache.FOR_EVERYBODY)
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if settings.ONION_HOST and is_page and not is_onion(request):
        response["Onion-Location"] = f"http://{settings.ONION_HOST}{request.get_full_path()}"


def _lighten(request: HttpRequest, response: HttpResponse) -> None:
    """Leave out what says nothing about a style, a script, a font or a picture of ours."""
    if request.path_info.startswith(settings.STATIC_URL) and response.status_code == 200:
        is_for_good = "immutable" in response.headers.get("Cache-Control", "")
        for name in (*_FOR_PAGES, *(_FOR_ASKING_AGAIN if is_for_good else ())):
            del response[name]
