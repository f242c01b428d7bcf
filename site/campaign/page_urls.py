"""Where the editors' pages answer: Wagtail's own, without its log-in and password screens for visitors."""

from django.urls import re_path
from wagtail.urls import serve_pattern
from wagtail.views import serve

urlpatterns = [re_path(serve_pattern, serve, name="wagtail_serve")]
