"""The addresses of letters to forces and of their answers; the forms with words stand in `urls.words`."""

from django.urls import path

from moderation.views.office import answers, forces, letters

urlpatterns = [
    path("answers/", forces.index, name="room_forces"),
    path("answers/letters/<uuid:pk>/", letters.show, name="room_letter"),
    path("answers/letters/<uuid:pk>/take-out/", letters.take_out, name="room_letter_take_out"),
    path("answers/<uuid:pk>/", answers.read, name="room_response"),
    path("answers/<uuid:pk>/agree/", answers.agree, name="room_response_agree"),
    path("answers/<uuid:pk>/send-back/", answers.send_back, name="room_response_send_back"),
    path("answers/<uuid:pk>/drop/", answers.drop, name="room_response_drop"),
    path("answers/<uuid:pk>/take-down/", answers.take_down, name="room_response_take_down"),
]
