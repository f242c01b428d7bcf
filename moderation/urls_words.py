"""Forms whose words outlive a log-out. They stand before Wagtail's own addresses, whose door would drop them."""

from django.urls import path

from moderation.views import decisions, reading, second_reading

urlpatterns = [
    path("admin/queue/<uuid:pk>/save/", reading.save, name="room_save"),
    path("admin/queue/<uuid:pk>/send-back/", second_reading.send_back, name="room_send_back"),
    path("admin/queue/<uuid:pk>/decide/<slug:slug>/", decisions.decide_keeping_words, name="room_decide"),
]
