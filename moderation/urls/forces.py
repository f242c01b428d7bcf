"""The addresses of letters to forces; their answers are snippets, and the forms with words stand in `urls.words`."""

from django.urls import path

from moderation.views.office import forces

urlpatterns = [
    path("answers/", forces.index, name="room_forces"),
    path("answers/letters/<uuid:pk>/", forces.show_letter, name="room_letter"),
    path("answers/letters/<uuid:pk>/take-out/", forces.take_out_letter, name="room_letter_take_out"),
]
