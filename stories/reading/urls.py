"""The addresses of what the public reads of stories."""

from django.urls import path

from stories.figures import views as figures
from stories.reading import views
from stories.reading.export import views as open_data

urlpatterns = [
    path("stories/", views.story_list, name="stories"),
    path("stories/<slug:slug>/", views.story, name="story"),
    path("stories/<slug:slug>/share.png", views.picture, name="share-picture"),
    path("stories/<slug:slug>/quote-<slug:name>.png", views.picture, name="quote-picture"),
    path("wall/", views.wall, name="wall"),
    path("forces/", views.force_list, name="forces"),
    path("forces/<slug:force_id>/", views.force, name="force"),
    path("what-should-change/", views.what_should_change, name="what-should-change"),
    path("what-we-hear/", figures.what_we_hear, name="what-we-hear"),
    path("what-we-hear/<slug:name>/", figures.figure, name="figure"),
    *(path(f"what-we-hear/<slug:name>.{kind}", figures.figure_file, {"kind": kind}) for kind in ("csv", "png", "svg")),
    path("open-data/", open_data.about, name="open-data"),
    path("open-data/fields/", open_data.about_fields, name="open-data-fields"),
]
