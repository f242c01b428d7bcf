"""Where the files stand: each at one address for every language, because what is in them is English."""

from django.urls import path

from stories.public.open_data import views

urlpatterns = [
    path("stories.json", views.stories_json, name="stories-json"),
    path("stories.csv", views.stories_csv, name="stories-csv"),
    path("stories.atom", views.stories_atom, name="stories-atom"),
    path("open-data/heard-<slug:quarter>.zip", views.quarter, name="quarter"),
    path("open-data/openapi.json", views.described, name="openapi"),
]
