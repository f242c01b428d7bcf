"""What somebody can ask for beside the reading page."""

from django.urls import path

from moderation.views.room import as_public, comparing

urlpatterns = [
    path("queue/<uuid:pk>/changes/", comparing.compare, name="room_compare"),
    path("queue/<uuid:pk>/as-public/", as_public.as_public, name="room_as_public"),
]
