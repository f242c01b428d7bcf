"""The addresses of care, of learning the room, and of taking back what isn't sent yet."""

from django.urls import path

from moderation.views.room import decisions, practice
from moderation.views.team import wellbeing

urlpatterns = [
    path("care/", wellbeing.look_after_yourself, name="room_care"),
    path("care/budget/", wellbeing.set_budget, name="room_care_budget"),
    path("care/paused/", wellbeing.had_a_pause, name="room_care_paused"),
    path("room/mail/", wellbeing.set_daily_mail, name="room_mail"),
    path("practice/", practice.learn, name="room_practice"),
    path("practice/begin/", practice.begin, name="room_practice_begin"),
    path("practice/second/", practice.read_second, name="room_practice_second"),
    path("practice/done/", practice.done, name="room_practice_done"),
    path("queue/<uuid:pk>/not-this-one/", wellbeing.put_aside, name="room_put_aside"),
    path("queue/<uuid:pk>/know-them/", wellbeing.know_them, name="room_know_them"),
    path("queue/<uuid:pk>/out-of-aside/", wellbeing.take_out_again, name="room_out_of_aside"),
    path("queue/<uuid:pk>/take-back/", decisions.take_back, name="room_take_back"),
]
