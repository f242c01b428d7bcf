"""The addresses of the moderators' room, under /admin/."""

from moderation.urls import care, forces, people, room

urlpatterns = [
    *room.urlpatterns,
    *people.urlpatterns,
    *care.urlpatterns,
    *forces.urlpatterns,
]
