"""A bare view, a form and its end, a search and the figures; all else is Wagtail's."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtail_admin_urls

from yardstick import views

urlpatterns = [
    path("hello/", views.hello),
    path("tell/", views.tell),
    path("thanks/", views.thanks, name="thanks"),
    path("search/", views.search),
    path("figures/", views.figures),
    path("admin/", include(wagtail_admin_urls)),
    path("", include(wagtail_urls)),
]
