"""The addresses of the people of the room, for Wagtail's hook `register_admin_urls`."""

from django.urls import path

from moderation.views.people import invitations, people, person

urlpatterns = [
    path("people/", people.people, name="room_people"),
    path("people/invite/", invitations.invite, name="room_invite"),
    path("people/invitations/", invitations.invitations, name="room_invitations"),
    path("people/invitations/<uuid:pk>/stop/", invitations.stop, name="room_stop_invitation"),
    path("people/what-to-do/", person.what_to_do, name="room_what_to_do"),
    path("people/rights/<int:pk>/stop/", person.stop_right, name="room_stop_right"),
    path("people/<int:pk>/", person.person, name="room_person"),
    path("people/<int:pk>/end-sessions/", person.end_sessions, name="room_end_sessions"),
    path("people/<int:pk>/reset-second-step/", person.reset_second_factor, name="room_reset_second_factor"),
    path("people/<int:pk>/leave/", person.leave, name="room_leave"),
    path("people/<int:pk>/bring-back/", person.bring_back, name="room_bring_back"),
]
