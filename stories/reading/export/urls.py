"""The addresses of the files: one for every language, because what is in them is English."""

from django.urls import path

from stories.reading.export import feeds, views
from stories.reading.export.fields import RECORDS

urlpatterns = [
    path("stories.json", views.stories_json, name="stories-json"),
    path("stories.csv", views.stories_csv, name="stories-csv"),
    path("stories.atom", views.stories_atom, name="stories-atom"),
    path("answers.atom", feeds.answers_atom, name="answers-atom"),
    path("forces/<slug:force_id>/answers.atom", feeds.answers_atom, name="force-answers-atom"),
    path("asks.atom", feeds.asks_atom, name="asks-atom"),
    path("asks/<slug:slug>.atom", feeds.asks_atom, name="ask-atom"),
    *(path(f"{name}.json", views.records_json, {"name": name}, name=f"{name}-json") for name in RECORDS),
    *(path(f"{name}.csv", views.records_csv, {"name": name}, name=f"{name}-csv") for name in RECORDS),
    path("open-data/heard-<slug:quarter>.zip", views.quarter_zip, name="quarter"),
    path("open-data/openapi.json", views.openapi, name="openapi"),
]
