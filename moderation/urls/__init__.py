"""The addresses of the moderators' room, under /admin/."""

from moderation.urls import care, people, reading, record, room, vault

urlpatterns = [
    *room.urlpatterns,
    *record.urlpatterns,
    *people.urlpatterns,
    *care.urlpatterns,
    *reading.urlpatterns,
    *vault.urlpatterns,
]
