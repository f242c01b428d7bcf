"""The addresses of the moderators' room, under /admin/."""

from moderation.urls import care, people, room

urlpatterns = [
    *room.urlpatterns,
    *people.urlpatterns,
    *care.urlpatterns,
]
