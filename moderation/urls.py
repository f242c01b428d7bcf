"""The addresses of the moderators' room, under /admin/."""

from django.urls import path

from moderation import urls_vault
from moderation.views import batch, flood, people, queue, reading, second_reading, take_downs, usual_wait

urlpatterns = [
    path("queue/", queue.QueueView.as_view(), name="room_queue"),
    path("queue/<uuid:pk>/", reading.read, name="room_read"),
    path("queue/<uuid:pk>/claim/", queue.claim, name="room_claim"),
    path("queue/<uuid:pk>/hand-on/", queue.hand_on, name="room_hand_on"),
    path("queue/<uuid:pk>/put-forward/", reading.put_forward, name="room_put_forward"),
    path("queue/<uuid:pk>/second/", second_reading.read_second, name="room_second"),
    path("queue/<uuid:pk>/agree/", second_reading.agree, name="room_agree"),
    path("queue/flood/decline/", flood.decline_flood, name="room_decline_flood"),
    path("queue/flood/put-back/", flood.put_flood_back, name="room_put_flood_back"),
    path("queue/<slug:lane>/", queue.QueueView.as_view(), name="room_lane"),
    path("take-downs/", take_downs.TakeDownsView.as_view(), name="room_take_downs"),
    path("take-downs/<uuid:pk>/", take_downs.take_down_request, name="room_take_down"),
    path("take-downs/<uuid:pk>/settle/", take_downs.settle, name="room_settle"),
    path("batch/", batch.batch, name="room_batch"),
    path("usual-wait/", usual_wait.set_usual_wait, name="room_usual_wait"),
    path("people/", people.people, name="room_people"),
    *urls_vault.urlpatterns,
]
