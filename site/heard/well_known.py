"""Two small files that machines look for: robots.txt and security.txt (RFC 9116)."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from stories import lifecycle

_ROBOTS = """User-agent: *
Disallow: /tell/form/
Disallow: /return/
Disallow: /leave/
Disallow: /cy/tell/form/
Disallow: /cy/return/
Disallow: /cy/leave/
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return _text(_ROBOTS)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness; good until the end of the next half year, so that it tells no day."""
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {_expires(lifecycle.today()):%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: en, cy",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    )
    return _text("\n".join(lines) + "\n")


def _expires(today: date) -> date:
    """The first day of the half year after the next: six to twelve months away."""
    return date(today.year + 1, 1 if today.month <= 6 else 7, 1)


def _text(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security, name="security-txt"),
]
