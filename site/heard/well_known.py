"""The small files that machines look for: robots.txt, security.txt (RFC 9116) and, beside them, the sitemap's."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from heard import sitemap
from stories.core import addresses, lifecycle
from stories.figures import releases

# Where somebody was, or what only their own code opens.
NOT_FOR_ROBOTS = ("/tell/form/", "/return/", "/leave/")
_SOON = timedelta(days=30)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    codes = [code for code, _name in settings.LANGUAGES]
    kept_out = [f"Disallow: {addresses.path_in_language(each, code)}" for code in codes for each in NOT_FOR_ROBOTS]
    lines = ("User-agent: *", *kept_out, "", f"Sitemap: {settings.BASE_URL}{sitemap.INDEX}")
    return _text(lines)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness, and until when somebody promised to read it."""
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {releases.security_contact_ends():%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: en, cy",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    )
    return _text(lines)


def contact_ends_soon() -> bool:
    """True where security.txt is about to run out, so that nobody would trust it: `/healthz` says so."""
    return releases.security_contact_ends() - lifecycle.today() < _SOON


def _text(lines: tuple[str, ...]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security, name="security-txt"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-pages.xml", sitemap.pages, name="sitemap-pages"),
    path("sitemap-stories-<int:number>.xml", sitemap.stories, name="sitemap-stories"),
]
