"""The lists, the submission that somebody opens, and what is done once for the whole site."""

from django.urls import path

from moderation.views.lists import batch, flood, objections, queue, take_downs
from moderation.views.office import forces, risk_words, usual_wait
from moderation.views.room import comparing, decisions, reading, second_reading

urlpatterns = [
    path("queue/", queue.QueueView.as_view(), name="room_queue"),
    path("queue/<uuid:pk>/", reading.read, name="room_read"),
    path("queue/<uuid:pk>/claim/", queue.claim, name="room_claim"),
    path("queue/<uuid:pk>/hand-on/", queue.hand_on, name="room_hand_on"),
    path("queue/<uuid:pk>/take-over/", queue.take_over, name="room_take_over"),
    path("queue/<uuid:pk>/give-up/", decisions.drop, name="room_drop"),
    path("stories/<uuid:pk>/correct/", decisions.correct, name="room_correct"),
    path("queue/<uuid:pk>/second/", second_reading.read_second, name="room_second"),
    path("queue/<uuid:pk>/unfold/", second_reading.unfold, name="room_unfold"),
    path("queue/flood/decline/", flood.decline_flood, name="room_decline_flood"),
    path("queue/flood/put-back/", flood.put_flood_back, name="room_put_flood_back"),
    path("queue/<slug:lane>/", queue.QueueView.as_view(), name="room_lane"),
    path("queue/<slug:lane>/results/", queue.QueueView.as_view(results_only=True), name="room_lane_results"),
    path("take-downs/", take_downs.TakeDownsView.as_view(), name="room_take_downs"),
    path("take-downs/<uuid:pk>/", take_downs.take_down_request, name="room_take_down"),
    path("take-downs/<uuid:pk>/take-down/", take_downs.take_down_first, name="room_take_down_first"),
    path("take-downs/<uuid:pk>/withhold/", take_downs.withhold, name="room_withhold"),
    path("objections/<uuid:pk>/", objections.objection, name="room_objection"),
    path("objections/<uuid:pk>/first-look/", objections.look_first, name="room_objection_look"),
    path("objections/<uuid:pk>/agree/", objections.agree, name="room_objection_agree"),
    path("objections/<uuid:pk>/send-back/", objections.send_back, name="room_objection_send_back"),
    path("batch/", batch.batch, name="room_batch"),
    path("usual-wait/", usual_wait.set_usual_wait, name="room_usual_wait"),
    path("first-look/", risk_words.index, name="room_risk_words"),
    path("queue/<uuid:pk>/changes/", comparing.compare, name="room_compare"),
    path("queue/<uuid:pk>/as-public/", comparing.as_public, name="room_as_public"),
    path("answers/", forces.index, name="room_forces"),
    path("answers/letters/<uuid:pk>/", forces.show_letter, name="room_letter"),
    path("answers/letters/<uuid:pk>/take-out/", forces.take_out_letter, name="room_letter_take_out"),
]
