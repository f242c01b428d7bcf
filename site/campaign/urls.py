"""The addresses of the campaign: its pages in each language, and its files at one address for every language."""

from django.urls import path, re_path
from django.views.generic import RedirectView
from wagtail.urls import serve_pattern
from wagtail.views import serve

from campaign import share_pictures, views

# The admin shows small pictures too, on its own host. Nothing else in that folder is given out.
media_urlpatterns = [re_path(r"^media/images/(?P<name>[\w-][\w.-]*)$", views.picture, name="picture")]
# What is in these is English.
file_urlpatterns = [
    path("news.atom", views.news_atom, name="news-atom"),
    # The button of a page that was begun before.
    path("for-press/heard-press-kit.zip", RedirectView.as_view(url="/for-press/")),
]
# The editors' pages are Wagtail's own, without its log-in and password screens for visitors.
urlpatterns = [
    path("asks/", views.ask_list, name="asks"),
    path("asks/<slug:slug>/", views.ask, name="ask"),
    path("forces/<slug:force_id>/sheet/", views.force_sheet, name="force-sheet"),
    path("search/", views.search, name="search"),
    # Before the pictures of an action, of which none is called so.
    re_path(r"^(?P<path>(?:[\w-]+/)*)share\.png$", share_pictures.page_picture, name="page-picture"),
    path("actions/<slug:slug>/<slug:name>.png", share_pictures.action_picture, name="action-picture"),
    re_path(serve_pattern, serve, name="wagtail_serve"),
]
