"""What somebody can ask for beside the reading page."""

from django.urls import path

from moderation.views.room import comparing, liking

urlpatterns = [
    path("queue/<uuid:pk>/changes/", comparing.compare, name="room_compare"),
    path("queue/<uuid:pk>/as-public/", comparing.as_public, name="room_as_public"),
    path("room/liking/", liking.like, name="room_like"),
    path("room/mail/", liking.mail, name="room_mail"),
    path("room/shortcuts/", liking.list_shortcuts, name="room_shortcuts"),
]
