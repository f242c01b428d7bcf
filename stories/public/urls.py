"""The addresses of what the public reads of stories."""

from django.urls import path

from stories.public import views

urlpatterns = [
    path("stories/", views.story_list, name="stories"),
    path("stories/<slug:slug>/", views.story, name="story"),
    path("forces/", views.force_list, name="forces"),
    path("forces/<slug:force_id>/", views.force, name="force"),
]
