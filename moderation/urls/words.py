"""Forms whose words outlive a log-out. They stand before Wagtail's own addresses, whose door would drop them."""

from django.urls import path

from moderation.views.lists import take_downs
from moderation.views.office import letters, words
from moderation.views.room import decisions, first_look, reading, second_reading

urlpatterns = [
    path("admin/queue/<uuid:pk>/save/", reading.save, name="room_save"),
    path("admin/queue/<uuid:pk>/first-look/", first_look.look, name="room_first_look"),
    path("admin/queue/<uuid:pk>/first-look/<slug:slug>/", first_look.write, name="room_first_look_message"),
    path("admin/queue/<uuid:pk>/rang/", first_look.note_call, name="room_rang"),
    path("admin/first-look/<slug:slug>/", words.edit_risk_words, name="room_risk_words_edit"),
    path("admin/queue/<uuid:pk>/put-forward/", reading.put_forward, name="room_put_forward"),
    path("admin/queue/<uuid:pk>/agree/", second_reading.agree, name="room_agree"),
    path("admin/queue/<uuid:pk>/send-back/", second_reading.send_back, name="room_send_back"),
    path("admin/queue/<uuid:pk>/decide/<slug:slug>/", decisions.decide_keeping_words, name="room_decide"),
    path("admin/objections/write-down/", take_downs.record_objection, name="room_object"),
    path("admin/answers/letters/new/", letters.record_letter, name="room_letter_new"),
    path("admin/take-downs/<uuid:pk>/settle/", take_downs.settle_request, name="room_settle"),
]
