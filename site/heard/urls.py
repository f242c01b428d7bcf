"""Every address of the site; a process that serves only the public has no admin's."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from campaign import urls as campaign_urls
from heard import health

handler400 = "heard.errors.bad_request"
handler403 = "heard.errors.forbidden"
handler404 = "heard.errors.not_found"
handler500 = "heard.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = []
if settings.SERVE_ADMIN:
    urlpatterns += [path("", include("moderation.urls")), path("admin/", include("wagtail.admin.urls"))]
urlpatterns += health.urlpatterns
urlpatterns += campaign_urls.media_urlpatterns
if settings.SERVE_PUBLIC:
    urlpatterns += [path("", include("heard.well_known")), path("", include("stories.reading.export.urls"))]
    urlpatterns += campaign_urls.file_urlpatterns
    # English at /, Welsh at /cy/; the address alone says the language.
    urlpatterns += i18n_patterns(
        path("", include("stories.intake.urls")),
        path("", include("stories.reading.urls")),
        path("", include("campaign.urls")),
        prefix_default_language=False,
    )
