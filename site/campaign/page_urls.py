"""Where the editors' pages answer: Wagtail's own, without its log-in and password screens for visitors."""

from django.urls import path, re_path
from wagtail.urls import serve_pattern
from wagtail.views import serve

from campaign.actions import pictures
from campaign.asks.views import ask, ask_list
from campaign.page_pictures import picture
from campaign.searching.views import search

urlpatterns = [
    path("asks/", ask_list, name="asks"),
    path("asks/<slug:slug>/", ask, name="ask"),
    path("search/", search, name="search"),
    # Before the pictures of an action, of which none is called so.
    re_path(r"^(?P<path>(?:[\w-]+/)*)share\.png$", picture, name="page-picture"),
    path("actions/<slug:slug>/<slug:name>.png", pictures.picture, name="action-picture"),
    re_path(serve_pattern, serve, name="wagtail_serve"),
]
